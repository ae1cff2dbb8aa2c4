"""Visits by day, how prepared they were, and the jobs that began on it: fixed at the first visit, or somebody had to come again.

A visit without access is told apart and fixes nothing; a job begins with the first visit at which somebody was let in. Two
visits on one day are two visits.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd
from sqlalchemy import Connection, delete, select

from wallboard.loaders.counting.days import dates
from wallboard.loaders.counting.declared import Change, Everything, Fact, Grain
from wallboard.loaders.counting.grains import DAYS_AT_ONCE, distinct
from wallboard.settings import Room
from wallboard.store.portions import in_portions
from wallboard.store.schema import visit, visit_day
from wallboard.store.schema.touchpoints import RETURN_DAYS
from wallboard.store.write import insert_rows, read_frame

_V = visit.c
_CELL = ["day", "perimeter", "touchpoint"]
_OF_VISITS = ["visits", "no_access", "informed", "informed_known", "equipped", "equipped_known", "minutes", "timed"]
_OF_JOBS = ["jobs", "fixed_first", "returns"]


def _touched(change: Change) -> "set[date] | Everything | None":
    """The days of every visit for a job of which something was written, as they were and as they are."""
    days = dates(change.written.touched("day"))
    for jobs in in_portions(change.written.touched("job")):
        days |= set(change.connection.scalars(select(_V.day).distinct().where(_V.job.in_(jobs))))
    return days or None


def _batches(connection: Connection, _room: Room) -> Iterator[set[date]]:
    return map(set, in_portions(distinct(connection, _V.day), DAYS_AT_ONCE))


def _count(connection: Connection, _room: Room, days: set[date]) -> None:
    for some in in_portions(sorted(days), DAYS_AT_ONCE):
        connection.execute(delete(visit_day).where(visit_day.c.day.in_(some)))
        jobs = select(_V.job).where(_V.day.in_(some))
        columns = (_V.job, _V.day, _V.perimeter, _V.touchpoint, _V.started_at, _V.result)
        known = (_V.full_information, _V.right_tools, _V.customer_minutes, _V.id)
        visits = read_frame(connection, select(*columns, *known).where(_V.job.in_(jobs)))
        if len(visits):
            counts = counted(visits)
            insert_rows(connection, visit_day, counts[counts["day"].dt.date.isin(set(some))])


def counted(visits: pd.DataFrame) -> pd.DataFrame:
    """Visits of whole jobs, summed by day, perimeter and touchpoint; a job stands on the day of its first visit with access."""
    ordered = visits.sort_values(["started_at", "id"], kind="stable")
    there = ordered["result"] != "no access"
    plain = ordered.assign(visits=there, no_access=~there)
    for name, column in (("informed", "full_information"), ("equipped", "right_tools")):
        plain[name], plain[f"{name}_known"] = (
            (ordered[column].fillna(False).astype(bool) & there),
            ordered[column].notna() & there,
        )
    plain["minutes"], plain["timed"] = ordered["customer_minutes"].fillna(0.0), ordered["customer_minutes"].notna()
    first = ordered[there].drop_duplicates("job")
    begun = first.set_index("job")["day"].reindex(ordered.loc[there, "job"]).set_axis(ordered.index[there])
    soon = ordered.loc[there, "day"] <= begun + timedelta(days=RETURN_DAYS)
    again = ordered[there][soon].groupby("job").size().reindex(first["job"]).to_numpy() - 1
    jobs = first.assign(jobs=1, fixed_first=(again == 0) & (first["result"] == "fixed"), returns=again)
    numbers = [*_OF_VISITS, *_OF_JOBS]
    both = (plain.assign(**dict.fromkeys(_OF_JOBS, 0.0)), jobs.assign(**dict.fromkeys(_OF_VISITS, 0.0)))
    some = [part[[*_CELL, *numbers]].astype(dict.fromkeys(numbers, "float64")) for part in both if len(part)]
    frame = pd.concat(some, ignore_index=True)
    every = frame.groupby(_CELL, as_index=False)[numbers].sum()
    return every.astype({name: "float64" if name == "minutes" else "Int64" for name in numbers})


FACT = Fact(
    reads=(visit,),
    writes=(visit_day,),
    version=1,
    grain=Grain("days of jobs", _touched, _batches),
    count=_count,
)
