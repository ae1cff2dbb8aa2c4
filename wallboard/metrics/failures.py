"""What failures of ours cost: the contacts that they caused, at what each of them costs us, and the customers' time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypedDict

from sqlalchemy import ColumnElement, Connection, false, or_, select

from wallboard.metrics.availability import VOICES, coverage
from wallboard.metrics.facts import sums
from wallboard.metrics.scope import Period, Scope, full_months, span
from wallboard.metrics.stages import NOWHERE, stages_and_rest
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED
from wallboard.metrics.valued import known_sum
from wallboard.store.lookups import demands
from wallboard.store.schema import contact_month, issue_type, touchpoint, unit_cost

PARTLY, NOT_COSTED = "partly costed", "not costed"
FAILURES, COMPLAINTS = "failures", "complaints"
_M = contact_month.c
_OF = ("contacts", "cost", "uncosted", "minutes", "untimed")


@dataclass(frozen=True, slots=True)
class FailureMonth:
    """What contacts cost in one calendar month that a failure of ours has caused.

    A failure is a contact about an issue type with the demand 'failure'; where no type says its demand yet, every complaint
    counts (counted: failures, complaints). Each is costed at the unit cost of its day, in the room's currency; those without one
    are `uncosted` and in no sum. `unclassified` are complaints without a demand, in none of the other numbers. `customer_hours`
    is the time it took the customers, None where no minutes are known; `untimed` are without. state: measured, partly costed,
    not costed (cost is None), no cases, not measured (nothing heard yet: no numbers).
    """

    month: date
    period_name: str
    failures: int | None
    cost: float | None
    uncosted: int | None
    customer_hours: float | None
    untimed: int | None
    unclassified: int | None
    counted: str
    state: str


@dataclass(frozen=True, slots=True)
class FailurePlace:
    """What failures cost at one stage, touchpoint or about one issue type (`key`; '' none of them), as in FailureMonth."""

    key: str
    name: str
    seq: int
    failures: int | None
    cost: float | None
    uncosted: int | None
    customer_hours: float | None
    untimed: int | None
    unclassified: int | None
    counted: str
    period_start: date
    period_end: date
    state: str


@dataclass(frozen=True, slots=True)
class FailureSum:
    """What failures at several places come to; cost and customer_hours None where of none they are known."""

    failures: int
    cost: float | None
    uncosted: int
    customer_hours: float | None
    untimed: int
    unclassified: int

    @classmethod
    def of(cls, places: Sequence[FailurePlace]) -> "FailureSum":
        """All of them together."""
        return cls(
            failures=sum(row.failures or 0 for row in places),
            cost=known_sum(row.cost for row in places),
            uncosted=sum(row.uncosted or 0 for row in places),
            customer_hours=known_sum(row.customer_hours for row in places),
            untimed=sum(row.untimed or 0 for row in places),
            unclassified=sum(row.unclassified or 0 for row in places),
        )


@dataclass(frozen=True, slots=True)
class UnitCost:
    """What one contact of a kind (`activity`) costs us in `currency`, and a customer in minutes; perimeter None: everywhere."""

    activity: str
    perimeter: str | None
    amount: float
    currency: str
    customer_minutes: float | None
    valid_from: date
    basis: str | None


class _Numbers(TypedDict):
    failures: int | None
    cost: float | None
    uncosted: int | None
    customer_hours: float | None
    untimed: int | None
    unclassified: int | None
    counted: str
    state: str


@dataclass
class _Bill:
    """What some contacts sum to; `unclassified` are complaints of which nobody has said whether we caused them."""

    contacts: int = 0
    cost: float = 0.0
    uncosted: int = 0
    minutes: float = 0.0
    untimed: int = 0
    unclassified: int = 0

    def add(self, row: Any) -> None:
        self.contacts += int(row.contacts)
        self.cost += float(row.cost)
        self.uncosted += int(row.uncosted)
        self.minutes += float(row.minutes)
        self.untimed += int(row.untimed)

    @property
    def state(self) -> str:
        if not self.contacts:
            return NO_CASES
        if not self.uncosted:
            return MEASURED
        return NOT_COSTED if self.uncosted == self.contacts else PARTLY

    def numbers(self, counted: str, *, measured: bool) -> _Numbers:
        """The columns that all measures of this file share."""
        timed = self.contacts > self.untimed or not self.contacts
        return _Numbers(
            failures=self.contacts if measured else None,
            cost=self.cost if measured and self.state != NOT_COSTED else None,
            uncosted=self.uncosted if measured else None,
            customer_hours=self.minutes / 60 if measured and timed else None,
            untimed=self.untimed if measured else None,
            unclassified=self.unclassified if measured else None,
            counted=counted,
            state=self.state if measured else NOT_MEASURED,
        )


def failure_cost(connection: Connection, scope: Scope, months: int = 12) -> tuple[FailureMonth, ...]:
    """What contacts cost that a failure of ours has caused, month by month.

    Grain: one row per complete calendar month, oldest first.
    """
    periods = full_months(scope, months)
    counted, bills = _bills(connection, scope, periods, None)
    known = coverage(connection, scope, VOICES)

    def row(period: Period) -> FailureMonth:
        numbers = bills.get((period.start, NOWHERE), _Bill()).numbers(counted, measured=known.of(period))
        return FailureMonth(month=period.start, period_name=period.name, **numbers)

    return tuple(row(period) for period in periods)


def failure_places(
    connection: Connection, scope: Scope, months: int = 3, by: Literal["stage", "touchpoint", "issue_type"] = "stage"
) -> tuple[FailurePlace, ...]:
    """What failures cost in the last complete months, by stage, touchpoint or issue type (option by), as in failure_cost.

    Stages come in the customer's order, all of them; touchpoints and types with the most failures first, only those with any.
    What belongs to none is the last row (key '', 'unattributed'), always there. The rows sum to failure_cost.

    Grain: one row per stage (touchpoint, issue type), then unattributed.
    """
    period = span(full_months(scope, months))
    counted, by_period = _bills(connection, scope, [period], by)
    bills = {key: bill for (_, key), bill in by_period.items()}
    measured = coverage(connection, scope, VOICES).of(period)

    def row(seq: int, key: str, name: str) -> FailurePlace:
        numbers = bills.get(key, _Bill()).numbers(counted, measured=measured)
        return FailurePlace(key=key, name=name, seq=seq, period_start=period.start, period_end=period.end, **numbers)

    return tuple(row(seq, *place) for seq, place in enumerate(_places(connection, bills, by), 1))


def _places(connection: Connection, bills: Mapping[str, _Bill], by: str) -> list[tuple[str, str]]:
    everywhere = stages_and_rest(connection)
    if by == "stage":
        return [(row.key, row.name) for row in everywhere]
    key, name = (
        (touchpoint.c.touchpoint, touchpoint.c.name) if by == "touchpoint" else (issue_type.c.issue_type, issue_type.c.wording)
    )
    names = {row[0]: row[1] for row in connection.execute(select(key, name))}
    some = sorted((place for place in bills if place in names), key=lambda place: (-bills[place].contacts, names[place]))
    return [*((place, names[place]) for place in some if bills[place].contacts), (NOWHERE, everywhere[-1].name)]


def _bills(
    connection: Connection, scope: Scope, periods: list[Period], by: str | None
) -> tuple[str, dict[tuple[date, str], _Bill]]:
    """By first day of the period and key: what the failures in it sum to, and how many complaints nobody has classified."""
    counted, caused, unsaid = _demand(connection)
    bills: dict[tuple[date, str], _Bill] = {}
    keys = [] if by is None else [by]
    known = _known(connection, by)
    for condition, failed in ((caused, True), (unsaid, False)):
        for period, row in sums(connection, contact_month, scope, periods, keys, _OF, condition, when="month"):
            if row.contacts is None:
                continue
            key = getattr(row, by) if by and getattr(row, by) in known else NOWHERE
            bill = bills.setdefault((period.start, key), _Bill())
            if failed:
                bill.add(row)
            else:
                bill.unclassified += int(row.contacts)
    return counted, bills


def _known(connection: Connection, by: str | None) -> frozenset[str]:
    if by is None:
        return frozenset()
    if by == "stage":
        return frozenset(row.key for row in stages_and_rest(connection))
    return frozenset(connection.scalars(select(touchpoint.c.touchpoint if by == "touchpoint" else issue_type.c.issue_type)))


def _demand(connection: Connection) -> tuple[str, ColumnElement[bool], ColumnElement[bool]]:
    """What counts as a failure, and what is an unclassified complaint; without any demand said, each complaint is a failure."""
    demanded = demands(connection)
    plain = [key for key, demand in demanded.items() if demand != "unclassified"]
    if not plain:
        return COMPLAINTS, _M.complaint.is_(True), false()
    failing = [key for key in plain if demanded[key] == "failure"]
    return FAILURES, _M.issue_type.in_(failing), _M.complaint.is_(True) & _M.issue_type.not_in(plain)


def unit_costs(connection: Connection, scope: Scope) -> tuple[UnitCost, ...]:
    """What one contact of each kind costs at the end of the last complete month: the basis of the cost of failure.

    Grain: one row per activity and perimeter (None: everywhere), each the newest that was valid then, dearest first.
    """
    u = unit_cost.c
    end = full_months(scope, 1)[0].end
    here = or_(u.perimeter.is_(None), u.perimeter.in_(scope.perimeters))
    shown = u.activity, u.perimeter, u.amount, u.currency, u.customer_minutes, u.valid_from, u.basis
    rows = connection.execute(select(*shown).where(here, u.valid_from <= end).order_by(u.valid_from, u.id))
    newest = {(row.activity, row.perimeter): UnitCost(*row) for row in rows}
    return tuple(sorted(newest.values(), key=lambda row: (-row.amount, row.activity, row.perimeter or "")))
