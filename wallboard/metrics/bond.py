"""Bond: of the few things that show how close customers are to us, who does more, the same and less of them than before."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, astuple, dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, select

from wallboard.metrics.active import active_by_cell
from wallboard.metrics.rows import Narrowed, Summed
from wallboard.metrics.scope import Period, Scope, full_months
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED
from wallboard.store.schema import behaviour, behaviour_month

MOST, FEWEST = 5, 3
"""So many behaviours are key: more are no longer few, fewer show too little of a bond."""

_KINDS = ("growing", "stable", "declining", "new")
_LOOK_BACK = 13
_B, _F = behaviour.c, behaviour_month.c


@dataclass(frozen=True, slots=True)
class FlaggedBehaviour:
    """One behaviour that is flagged as key, in the place in which it was listed; `flagged` is how many that are in all.

    Growing means more by at least `grows_at`, a share. state: measured (three to five), too few (one or two), too many (more than
    five: only the first five are `shown`).
    """

    place: int
    behaviour: str
    name: str
    unit: str
    compared_with: str
    grows_at: float
    flagged: int
    shown: bool
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond(Narrowed):
    """Customers by what they did of one key behaviour in `month`; a MeasuredBond, unless not measured.

    `growing`, `stable`, `declining` and `new` (no before to compare with) add up to the customers at the month's end
    (`active`), which are counted elsewhere: `holds` says whether they do. `elsewhere` are customers in perimeters where the
    behaviour was not measured in that month. `net` is growing less declining, `net_before` that of the month before (None
    where that was not measured), `net_change` the difference. state: measured, no cases (nobody was there), not measured (no
    month was).
    """

    place: int
    behaviour: str
    name: str
    unit: str
    compared_with: str
    month: date | None = None
    period_name: str | None = None
    growing: int | None = None
    stable: int | None = None
    declining: int | None = None
    new: int | None = None
    active: int | None = None
    elsewhere: int | None = None
    holds: bool | None = None
    net: int | None = None
    net_before: int | None = None
    net_change: int | None = None
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredBond(Bond):
    """A behaviour of which a month is known."""

    month: date
    period_name: str
    growing: int
    stable: int
    declining: int
    new: int
    active: int
    elsewhere: int
    holds: bool
    net: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BondMonth:
    """The counts of one key behaviour in one month, as in Bond; None where not measured.

    state: measured, no cases (nobody was there), not measured (nothing of the behaviour was delivered for that month, or for
    the one with which it is compared).
    """

    place: int
    behaviour: str
    name: str
    month: date
    period_name: str
    growing: int | None = None
    stable: int | None = None
    declining: int | None = None
    new: int | None = None
    active: int | None = None
    elsewhere: int | None = None
    holds: bool | None = None
    net: int | None = None
    state: str


@dataclass(frozen=True, slots=True)
class _Counts(Summed):
    """The customers of one perimeter by what they did."""

    growing: int = 0
    stable: int = 0
    declining: int = 0
    new: int = 0


_Cells = dict[str, _Counts]
"""The counts of each perimeter that was measured."""


def flagged_behaviours(connection: Connection, scope: Scope) -> tuple[FlaggedBehaviour, ...]:
    """Which behaviours are flagged as key, in the order in which they were listed, and how many that are in all.

    Grain: one row per flagged behaviour.
    """
    rows = _flagged(connection)
    state = "too many" if len(rows) > MOST else "too few" if len(rows) < FEWEST else MEASURED
    return tuple(
        FlaggedBehaviour(
            place, row.behaviour, row.name, row.unit, row.compared_with, float(row.grows_at), len(rows), place <= MOST, state
        )
        for place, row in enumerate(rows, 1)
    )


def bond(connection: Connection, scope: Scope) -> tuple[Bond, ...]:
    """How many customers do more, the same and less of each of the first five key behaviours, in its newest measured month.

    The month is the newest complete one of the last thirteen with a fact.

    Grain: one row per key behaviour, in the order in which they were listed.
    """
    periods = full_months(scope, _LOOK_BACK + 1)
    rows = _flagged(connection)[:MOST]
    facts = _facts(connection, scope, [row.behaviour for row in rows], periods)
    newest = {name: next((p for p in periods[:0:-1] if p.start in months), None) for name, months in facts.items()}
    active = active_by_cell(connection, scope.perimeters, {period.start for period in newest.values() if period})

    def newest_month(place: int, row: Any) -> Bond:
        period, months = newest.get(row.behaviour), facts.get(row.behaviour, {})
        names = ("behaviour", "name", "unit", "compared_with")
        named = {"place": place, **{name: getattr(row, name) for name in names}}
        if period is None:
            return Bond(**named, state=NOT_MEASURED)
        cells, before = months[period.start], months.get(periods[periods.index(period) - 1].start)
        net_before = None if before is None else _net(before)
        return MeasuredBond(
            **named,
            **_counted(cells, active[period.start]),
            month=period.start,
            period_name=period.name,
            net_before=net_before,
            net_change=None if net_before is None else _net(cells) - net_before,
        )

    return tuple(newest_month(place, row) for place, row in enumerate(rows, 1))


def bond_trend(connection: Connection, scope: Scope, months: int = 13) -> tuple[BondMonth, ...]:
    """The same counts month by month, for each of the first five key behaviours.

    Grain: one row per key behaviour and complete calendar month, oldest month first.
    """
    periods = full_months(scope, months)
    rows = _flagged(connection)[:MOST]
    facts = _facts(connection, scope, [row.behaviour for row in rows], periods)
    active = active_by_cell(connection, scope.perimeters, [period.start for period in periods]) if facts else {}

    def month(place: int, row: Any, period: Period) -> BondMonth:
        cells = facts.get(row.behaviour, {}).get(period.start)
        counts = {"state": NOT_MEASURED} if cells is None else _counted(cells, active[period.start])
        return BondMonth(
            place=place, behaviour=row.behaviour, name=row.name, month=period.start, period_name=period.name, **counts
        )

    return tuple(month(place, row, period) for place, row in enumerate(rows, 1) for period in periods)


def _flagged(connection: Connection) -> list[Row[Any]]:
    of = (_B.behaviour, _B.name, _B.unit, _B.compared_with, _B.grows_at)
    return list(connection.execute(select(*of).where(_B.is_key).order_by(_B.id)))


def _facts(connection: Connection, scope: Scope, names: Iterable[str], periods: list[Period]) -> dict[str, dict[date, _Cells]]:
    """Behaviour to month to perimeter: what was counted there."""
    sums = [func.sum(_F[kind]).label(kind) for kind in _KINDS]
    by = (_F.behaviour, _F.month, _F.perimeter)
    mine = (_F.perimeter.in_(scope.perimeters), _F.behaviour.in_(list(names)))
    query = select(*by, *sums).where(*mine, _F.month.between(periods[0].start, periods[-1].start)).group_by(*by)
    measured: dict[str, dict[date, _Cells]] = defaultdict(dict)
    for row in connection.execute(query):
        counts = _Counts(int(row.growing), int(row.stable), int(row.declining), int(row.new))
        measured[row.behaviour].setdefault(row.month, {})[row.perimeter] = counts
    return measured


def _counted(cells: _Cells, active: dict[tuple[str, str], int]) -> dict[str, Any]:
    """The columns of a month that was measured: its counts, and whether they are the customers at the end of each."""
    base: Counter[str] = Counter()
    for (perimeter, _), customers in active.items():
        base[perimeter] += customers
    here = sum(base[perimeter] for perimeter in cells)
    return {
        **asdict(sum(cells.values(), _Counts())),
        "active": here,
        "elsewhere": base.total() - here,
        "holds": all(sum(astuple(counts)) == base[perimeter] for perimeter, counts in cells.items()),
        "net": _net(cells),
        "state": MEASURED if here else NO_CASES,
    }


def _net(cells: _Cells) -> int:
    """Customers who do more, less those who do less."""
    return sum(counts.growing - counts.declining for counts in cells.values())
