"""Customers who do more, the same or less of a behaviour than before, month by month.

Everybody who is there at the month's end counts once: as more, same or less, or as new where there was no before. Who is
there and has no row did nothing, in a month for which anything of the behaviour was delivered; other months have no fact.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from sqlalchemy import Connection, delete, func, select

from wallboard.calendar import months_on
from wallboard.loaders.counting import grains
from wallboard.loaders.counting.census import Census, Done, Present
from wallboard.loaders.counting.changes import first_change
from wallboard.loaders.counting.declared import Change, Fact, Grain
from wallboard.settings import Room
from wallboard.store.portions import in_portions
from wallboard.store.schema import (
    behaviour,
    behaviour_month,
    customer,
    customer_alias,
    customer_behaviour,
    customer_event,
    membership,
)
from wallboard.store.write import Written, insert_rows

BACK = {"month before": 1, "same month last year": 12}
KINDS = ["growing", "stable", "declining", "new"]
_ROUNDING = 1e-12
"""Ten per cent more than 10 is 11, and not what binary fractions make of it."""
_KEPT = 16
_C, _F = customer_behaviour.c, behaviour_month.c

Pairs = set[tuple[str, date]]


class Rule(NamedTuple):
    """How many months back a behaviour is compared, and which share of change counts."""

    back: int
    grows_at: float


def _touched(change: Change) -> Pairs | None:
    connection, written = change.connection, change.written
    if change.table is customer_behaviour:
        return _brought(written, _rules(connection))
    if change.table is behaviour:
        return _delivered(connection, _redefined(written), None)
    since = first_change(connection, written, change.room)
    return None if since is None else _delivered(connection, _rules(connection), since) or None


def _rules(connection: Connection) -> dict[str, Rule]:
    return {row.behaviour: Rule(BACK[row.compared_with], row.grows_at) for row in connection.execute(select(behaviour))}


def _brought(written: Written, rules: dict[str, Rule]) -> Pairs:
    """The months of touched rows, and the later ones that are compared with them."""
    rows = written.touched_rows(["behaviour", "month"]).drop_duplicates()
    touched = {(name, month.date()) for name, month in rows.itertuples(index=False)}
    return touched | {(name, months_on(month, rules[name].back)) for name, month in touched}


def _redefined(written: Written) -> list[str]:
    """Behaviours that are counted by another rule than before; a name or a flag is none."""
    columns = ["behaviour", "grows_at", "compared_with"]
    now, was = pd.concat([written.new, written.changed])[columns], pd.concat([written.before, written.gone])[columns]
    both = now.merge(was.astype(now.dtypes), on=columns, how="outer", indicator=True)
    return sorted(set(both.loc[both["_merge"] != "both", "behaviour"]))


def _delivered(connection: Connection, names: Iterable[str], since: date | None) -> Pairs:
    """Every month for which anything of these behaviours was delivered, looked up one by one in the index."""
    pairs: Pairs = set()
    for name in names:
        after = select(func.min(_C.month)).where(_C.behaviour == name)
        month = connection.scalar(after if since is None else after.where(_C.month >= since.replace(day=1)))
        while month is not None:
            pairs.add((name, month))
            month = connection.scalar(after.where(_C.month > month))
    return pairs


def _batches(connection: Connection, _room: Room) -> Iterator[Pairs]:
    pairs = _delivered(connection, _rules(connection), None)
    months = sorted({month for _, month in pairs})
    return ({pair for pair in pairs if pair[1] in some} for some in in_portions(months, grains.MONTHS_AT_ONCE))


def _count(connection: Connection, _room: Room, pairs: Pairs) -> None:
    rules = _rules(connection)
    connection.execute(delete(behaviour_month).where(_F.behaviour.not_in(sorted(rules))))
    for name in {name for name, _ in pairs}:
        months = sorted(month for key, month in pairs if key == name)
        connection.execute(delete(behaviour_month).where(_F.behaviour == name, _F.month.in_(months)))
    if not pairs:
        return
    census = Census(connection)
    done = lru_cache(_KEPT)(census.done)
    for month in sorted({month for _, month in pairs}):
        present = census.present(month)
        for name, rule in rules.items():
            if (name, month) in pairs:
                now, before = done(name, month), done(name, months_on(month, -rule.back))
                rows = _counted(present, rule, now, before, census.there(months_on(month, -rule.back)))
                stamp = pd.Timestamp(month).as_unit("us")
                insert_rows(connection, behaviour_month, rows.assign(month=stamp), {"behaviour": name})


def _counted(present: Present, rule: Rule, now: Done, before: Done, was_there: Any) -> pd.DataFrame:
    """The fact's rows of one behaviour and month; none where it, or the month before it, was not delivered."""
    does = compared(now.values[present.numbers], before.values[present.numbers], rule.grows_at)
    kinds = np.where(was_there[present.numbers], does, "new")
    sums = {kind: np.bincount(present.places[kinds == kind], minlength=len(present.cells)) for kind in KINDS}
    rows = present.cells.assign(**sums)
    return rows[rows["perimeter"].isin(now.perimeters & before.perimeters)]


def compared(now: Any, before: Any, grows_at: float) -> Any:
    """'growing', 'declining' or 'stable' of each pair of values; from nothing to something is more, and to nothing less."""
    more = (now > before) & (now >= before * (1 + grows_at) * (1 - _ROUNDING))
    less = (now < before) & (now <= before * max(0.0, 1 - grows_at) * (1 + _ROUNDING))
    return np.select([more, less], ["growing", "declining"], "stable")


FACT = Fact(
    reads=(customer_behaviour, behaviour, customer_event, customer, customer_alias, membership),
    writes=(behaviour_month,),
    version=2,
    grain=Grain("behaviours and months", _touched, _batches),
    count=_count,
)
