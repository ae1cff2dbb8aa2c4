"""Cases handed over by day, with how long they waited and how they came, each fact on the day on which it became known.

So an earlier day sees what was known then: a case that came back later has not come back yet.
"""

from datetime import date

import pandas as pd
from sqlalchemy import Connection, delete, select

from wallboard.loaders.counting.declared import Fact
from wallboard.loaders.counting.grains import by_day
from wallboard.loaders.places import with_days
from wallboard.settings import Room
from wallboard.store.portions import in_portions
from wallboard.store.schema import handoff, handoff_day, handoff_event
from wallboard.store.write import insert_rows, read_frame

_E = handoff_event.c
_CELL = ["day", "known_on", "perimeter", "handoff"]
_CAME, _TAKEN = ["handed", "complete", "complete_known"], ["taken", "wait_hours", "in_time"]
_COUNTS = [*_CAME, *_TAKEN, "late", "returned"]
AT_ONCE = 31
"""Days that are counted together, so that many years take no more memory than one month."""


def _count(connection: Connection, room: Room, days: set[date]) -> None:
    limits = connection.execute(select(handoff.c.handoff, handoff.c.max_wait_hours)).all()
    longest = pd.Series({row[0]: row[1] for row in limits}, dtype="float64")
    for some in in_portions(sorted(days), AT_ONCE):
        connection.execute(delete(handoff_day).where(handoff_day.c.day.in_(some)))
        columns = (_E.handoff, _E.perimeter, _E.day, _E.handed_at, _E.taken_at, _E.returned_at, _E.complete)
        cases = read_frame(connection, select(*columns).where(_E.day.in_(some)))
        if len(cases):
            insert_rows(connection, handoff_day, counted(cases, longest, room))


def counted(cases: pd.DataFrame, longest: "pd.Series[float]", room: Room) -> pd.DataFrame:
    """Cases (handoff, perimeter, day, handed_at, taken_at, returned_at, complete) summed by day and day of knowing.

    `longest` are the hours a case may wait, by handoff; late is known when they have passed, taken or not. Where a handoff
    says no longest wait, nothing is late and nothing in time.
    """
    hours = cases["handoff"].map(longest).astype("float64")
    due_at = (cases["handed_at"] + pd.to_timedelta(hours, unit="h")).astype(cases["handed_at"].dtype)
    known = with_days(cases.assign(due_at=due_at), room, taken_day="taken_at", returned_day="returned_at", due_day="due_at")
    waited = (known["taken_at"] - known["handed_at"]).dt.total_seconds() / 3600
    late = hours.notna() & ~(known["taken_at"] <= due_at)
    reported, whole = known["complete"].notna(), known["complete"].fillna(False).astype(bool)
    in_time = (known["taken_at"] <= due_at).astype(int)
    taken, returned = known["taken_at"].notna(), known["returned_at"].notna()
    parts = (
        (known.assign(known_on=known["day"], handed=1, complete=whole.astype(int), complete_known=reported.astype(int)), _CAME),
        (known.assign(known_on=known["taken_day"], taken=1, wait_hours=waited, in_time=in_time)[taken], _TAKEN),
        (known.assign(known_on=known["due_day"], late=1)[late], ["late"]),
        (known.assign(known_on=known["returned_day"], returned=1)[returned], ["returned"]),
    )
    own = [part.reindex(columns=[*_CELL, *counts]) for part, counts in parts]
    every = pd.concat(own, ignore_index=True).groupby(_CELL, as_index=False)[_COUNTS].sum()
    return every.astype({name: "float64" if name == "wait_hours" else "Int64" for name in _COUNTS})


FACT = Fact(
    reads=(handoff_event, handoff),
    writes=(handoff_day,),
    version=1,
    grain=by_day(_E.day),
    count=_count,
    rules=lambda settings: {key: settings.zone(key) for key in settings.leaves(None)},
)
