"""Bond: of the few things that show how close customers are to us, who does more, the same and less of them than before."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Row, func, select

from wallboard.metrics.active import active_by_cell
from wallboard.metrics.frames import tidy
from wallboard.metrics.scope import Period, Scope, full_months
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED
from wallboard.store.schema import behaviour, behaviour_month

MOST, FEWEST = 5, 3
"""So many behaviours are key: more are no longer few, fewer show too little of a bond."""

_KINDS = ("growing", "stable", "declining", "new")
_LOOK_BACK = 13
_B, _F = behaviour.c, behaviour_month.c

_Cells = dict[str, dict[str, int]]
"""The four counts of each perimeter that was measured."""


def flagged_behaviours(connection: Connection, scope: Scope) -> pd.DataFrame:
    """Which behaviours are flagged as key, in the order in which they were listed, and how many that are in all.

    state: measured (three to five), too few (one or two), too many (more than five: only the first five are `shown`).

    Grain: one row per flagged behaviour.
    Columns: place, behaviour, name, unit, compared_with, grows_at, flagged, shown, state
    """
    rows = _flagged(connection)
    state = "too many" if len(rows) > MOST else "too few" if len(rows) < FEWEST else MEASURED
    said = ({**_named(place, row), "grows_at": float(row.grows_at), "shown": place <= MOST} for place, row in enumerate(rows, 1))
    return tidy(({**one, "flagged": len(rows), "state": state} for one in said), flagged_behaviours)


def bond(connection: Connection, scope: Scope) -> pd.DataFrame:
    """How many customers do more, the same and less of each of the first five key behaviours, in its newest measured month.

    `growing`, `stable`, `declining` and `new` (no before to compare with) add up to the customers at the month's end
    (`active`), which are counted elsewhere: `holds` says whether they do. `elsewhere` are customers in perimeters where the
    behaviour was not measured in that month. `net` is growing less declining, `net_before` that of the month before (None
    where that was not measured), `net_change` the difference.
    The month is the newest complete one of the last thirteen with a fact. state: measured, no cases (nobody was there), not
    measured (no month was).

    Grain: one row per key behaviour, in the order in which they were listed.
    Columns: place, behaviour, name, unit, compared_with, month, period_name, growing, stable, declining, new, active,
    elsewhere, holds, net, net_before, net_change, state
    """
    periods = full_months(scope, _LOOK_BACK + 1)
    rows = _flagged(connection)[:MOST]
    facts = _facts(connection, scope, [row.behaviour for row in rows], periods)
    newest = {name: next((p for p in periods[:0:-1] if p.start in months), None) for name, months in facts.items()}
    active = active_by_cell(connection, scope.perimeters, {period.start for period in newest.values() if period})
    found = []
    for place, row in enumerate(rows, 1):
        period, months = newest.get(row.behaviour), facts.get(row.behaviour, {})
        if period is None:
            found.append({**_named(place, row), **dict.fromkeys(_COUNTED), "state": NOT_MEASURED})
            continue
        before = periods[periods.index(period) - 1]
        counts = _counted(months[period.start], active[period.start])
        was = _net(months[before.start]) if before.start in months else None
        compared = {"net_before": was, "net_change": None if was is None else counts["net"] - was}
        dated = {"month": period.start, "period_name": period.name}
        found.append({**_named(place, row), **dated, **counts, **compared, "state": MEASURED if counts["active"] else NO_CASES})
    return tidy(found, bond)


_COUNTED = (
    "month", "period_name", *_KINDS, "active", "elsewhere", "holds", "net", "net_before", "net_change",
)  # fmt: skip


def bond_trend(connection: Connection, scope: Scope, months: int = 13) -> pd.DataFrame:
    """The same counts month by month, for each of the first five key behaviours.

    state: measured, no cases (nobody was there), not measured (nothing of the behaviour was delivered for that month, or for
    the one with which it is compared).

    Grain: one row per key behaviour and complete calendar month, oldest month first.
    Columns: place, behaviour, name, month, period_name, growing, stable, declining, new, active, elsewhere, holds, net, state
    """
    periods = full_months(scope, months)
    rows = _flagged(connection)[:MOST]
    facts = _facts(connection, scope, [row.behaviour for row in rows], periods)
    active = active_by_cell(connection, scope.perimeters, [period.start for period in periods]) if facts else {}
    return tidy((_month(place, row, p, facts, active) for place, row in enumerate(rows, 1) for p in periods), bond_trend)


def _month(
    place: int,
    row: Row[Any],
    period: Period,
    facts: dict[str, dict[date, _Cells]],
    active: dict[date, dict[tuple[str, str], int]],
) -> dict[str, Any]:
    named = {"place": place, "behaviour": row.behaviour, "name": row.name, "month": period.start, "period_name": period.name}
    cells = facts.get(row.behaviour, {}).get(period.start)
    if cells is None:
        return {**named, **dict.fromkeys((*_KINDS, "active", "elsewhere", "holds", "net")), "state": NOT_MEASURED}
    counts = _counted(cells, active[period.start])
    return {**named, **counts, "state": MEASURED if counts["active"] else NO_CASES}


def _flagged(connection: Connection) -> list[Row[Any]]:
    of = (_B.behaviour, _B.name, _B.unit, _B.compared_with, _B.grows_at)
    return list(connection.execute(select(*of).where(_B.is_key).order_by(_B.id)))


def _named(place: int, row: Row[Any]) -> dict[str, Any]:
    return {"place": place} | {name: getattr(row, name) for name in ("behaviour", "name", "unit", "compared_with")}


def _facts(connection: Connection, scope: Scope, names: Iterable[str], periods: list[Period]) -> dict[str, dict[date, _Cells]]:
    """Behaviour to month to perimeter: what was counted there."""
    sums = [func.sum(_F[kind]).label(kind) for kind in _KINDS]
    by = (_F.behaviour, _F.month, _F.perimeter)
    mine = (_F.perimeter.in_(scope.perimeters), _F.behaviour.in_(list(names)))
    query = select(*by, *sums).where(*mine, _F.month.between(periods[0].start, periods[-1].start)).group_by(*by)
    found: dict[str, dict[date, _Cells]] = defaultdict(dict)
    for row in connection.execute(query):
        counts = {kind: int(getattr(row, kind)) for kind in _KINDS}
        found[row.behaviour].setdefault(row.month, {})[row.perimeter] = counts
    return found


def _counted(cells: _Cells, active: dict[tuple[str, str], int]) -> dict[str, Any]:
    base: dict[str, int] = defaultdict(int)
    for (perimeter, _), customers in active.items():
        base[perimeter] += customers
    counts = {kind: sum(one[kind] for one in cells.values()) for kind in _KINDS}
    holds = all(sum(one.values()) == base[perimeter] for perimeter, one in cells.items())
    here = sum(base[perimeter] for perimeter in cells)
    return {**counts, "active": here, "elsewhere": sum(base.values()) - here, "holds": holds, "net": _net(cells)}


def _net(cells: _Cells) -> int:
    return sum(one["growing"] - one["declining"] for one in cells.values())
