"""Bond: of the few things that show how close customers are to us, who does more, the same and less of them than before."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, select

from wallboard.metrics.active import active_by_cell
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
class Bond:
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
class _Counts:
    """The customers of one perimeter by what they did."""

    growing: int = 0
    stable: int = 0
    declining: int = 0
    new: int = 0

    def __add__(self, other: "_Counts") -> "_Counts":
        return _Counts(
            self.growing + other.growing,
            self.stable + other.stable,
            self.declining + other.declining,
            self.new + other.new,
        )

    @property
    def all(self) -> int:
        """Everybody who was counted."""
        return self.growing + self.stable + self.declining + self.new

    @property
    def net(self) -> int:
        """Who does more, less who does less."""
        return self.growing - self.declining


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
        if period is None:
            return Bond(
                place=place, behaviour=row.behaviour, name=row.name, unit=row.unit, compared_with=row.compared_with,
                state=NOT_MEASURED,
            )  # fmt: skip
        counts, base = _counted(months[period.start], active[period.start])
        before = months.get(periods[periods.index(period) - 1].start)
        net_before = sum(cell.net for cell in before.values()) if before is not None else None
        return MeasuredBond(
            place=place,
            behaviour=row.behaviour,
            name=row.name,
            unit=row.unit,
            compared_with=row.compared_with,
            month=period.start,
            period_name=period.name,
            growing=counts.growing,
            stable=counts.stable,
            declining=counts.declining,
            new=counts.new,
            active=base.active,
            elsewhere=base.elsewhere,
            holds=base.holds,
            net=counts.net,
            net_before=net_before,
            net_change=None if net_before is None else counts.net - net_before,
            state=MEASURED if base.active else NO_CASES,
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
        if cells is None:
            return BondMonth(
                place=place, behaviour=row.behaviour, name=row.name, month=period.start, period_name=period.name,
                state=NOT_MEASURED,
            )  # fmt: skip
        counts, base = _counted(cells, active[period.start])
        return BondMonth(
            place=place,
            behaviour=row.behaviour,
            name=row.name,
            month=period.start,
            period_name=period.name,
            growing=counts.growing,
            stable=counts.stable,
            declining=counts.declining,
            new=counts.new,
            active=base.active,
            elsewhere=base.elsewhere,
            holds=base.holds,
            net=counts.net,
            state=MEASURED if base.active else NO_CASES,
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


@dataclass(frozen=True, slots=True)
class _Base:
    """Customers at the month's end where the behaviour was measured and elsewhere, and whether the counts add up to them."""

    active: int
    elsewhere: int
    holds: bool


def _counted(cells: _Cells, active: dict[tuple[str, str], int]) -> tuple[_Counts, _Base]:
    base: dict[str, int] = defaultdict(int)
    for (perimeter, _), customers in active.items():
        base[perimeter] += customers
    here = sum(base[perimeter] for perimeter in cells)
    holds = all(counts.all == base[perimeter] for perimeter, counts in cells.items())
    return sum(cells.values(), _Counts()), _Base(here, sum(base.values()) - here, holds)
