"""What failures of ours cost: the contacts that they caused, at what each of them costs us, and the customers' time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pandas as pd
from sqlalchemy import ColumnElement, Connection, false, or_, select

from wallboard.metrics.availability import VOICES, coverage
from wallboard.metrics.facts import sums
from wallboard.metrics.frames import tidy
from wallboard.metrics.scope import Period, Scope, full_months, span
from wallboard.metrics.stages import NOWHERE, stages_and_rest
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED
from wallboard.store.schema import contact_month, issue_type, touchpoint, unit_cost

PARTLY, NOT_COSTED = "partly costed", "not costed"
FAILURES, COMPLAINTS = "failures", "complaints"
_M = contact_month.c
_OF = ("contacts", "cost", "uncosted", "minutes", "untimed")


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

    def told(self, counted: str, *, measured: bool) -> dict[str, Any]:
        """The columns that all measures of this file share."""
        timed = self.contacts > self.untimed or not self.contacts
        numbers: dict[str, Any] = {
            "failures": self.contacts,
            "cost": None if self.state == NOT_COSTED else self.cost,
            "uncosted": self.uncosted,
            "customer_hours": self.minutes / 60 if timed else None,
            "untimed": self.untimed,
            "unclassified": self.unclassified,
        }
        state = self.state if measured else NOT_MEASURED
        return {**(numbers if measured else dict.fromkeys(numbers)), "counted": counted, "state": state}


def failure_cost(connection: Connection, scope: Scope, months: int = 12) -> pd.DataFrame:
    """What contacts cost that a failure of ours has caused, month by month.

    A failure is a contact about an issue type with the demand 'failure'; where no type says its demand yet, every complaint
    counts (column counted: failures, complaints). Each is costed at the unit cost of its day; those without one are
    `uncosted` and in no sum. `unclassified` are complaints without a demand, in none of the other numbers. `customer_hours`
    is the time it took the customers, None where no minutes are known; `untimed` are without. state: measured, partly costed,
    not costed (cost is None), no cases, not measured (nothing heard yet).

    Grain: one row per complete calendar month, oldest first.
    Columns: month, period_name, failures, cost, uncosted, customer_hours, untimed, unclassified, counted, state
    """
    periods = full_months(scope, months)
    counted, bills = _bills(connection, scope, periods, None)
    known = coverage(connection, scope, VOICES)
    rows = []
    for period in periods:
        told = bills.get((period.start, NOWHERE), _Bill()).told(counted, measured=known.of(period))
        rows.append({"month": period.start, "period_name": period.name, **told})
    return tidy(rows, failure_cost)


def failure_places(
    connection: Connection, scope: Scope, months: int = 3, by: Literal["stage", "touchpoint", "issue_type"] = "stage"
) -> pd.DataFrame:
    """What failures cost in the last complete months, by stage, touchpoint or issue type (option by), as in failure_cost.

    Stages come in the customer's order, all of them; touchpoints and types with the most failures first, only those with any.
    What belongs to none is the last row (key '', 'unattributed'), always there. The rows sum to failure_cost.

    Grain: one row per stage (touchpoint, issue type), then unattributed.
    Columns: key, name, seq, failures, cost, uncosted, customer_hours, untimed, unclassified, counted, period_start, period_end,
    state
    """
    period = span(full_months(scope, months))
    counted, found = _bills(connection, scope, [period], by)
    bills = {key: bill for (_, key), bill in found.items()}
    measured = coverage(connection, scope, VOICES).of(period)
    rows = []
    for seq, (key, name) in enumerate(_places(connection, bills, by), 1):
        told = bills.get(key, _Bill()).told(counted, measured=measured)
        dated = {"period_start": period.start, "period_end": period.end}
        rows.append({"key": key, "name": name, "seq": seq, **dated, **told})
    return tidy(rows, failure_places)


def _places(connection: Connection, bills: Mapping[str, _Bill], by: str) -> list[tuple[str, str]]:
    everywhere = stages_and_rest(connection)
    if by == "stage":
        return [(one.key, one.name) for one in everywhere]
    key, name = (
        (touchpoint.c.touchpoint, touchpoint.c.name) if by == "touchpoint" else (issue_type.c.issue_type, issue_type.c.wording)
    )
    names = {row[0]: row[1] for row in connection.execute(select(key, name))}
    some = sorted((one for one in bills if one in names), key=lambda one: (-bills[one].contacts, names[one]))
    return [*((one, names[one]) for one in some if bills[one].contacts), (NOWHERE, everywhere[-1].name)]


def _bills(
    connection: Connection, scope: Scope, periods: list[Period], by: str | None
) -> tuple[str, dict[tuple[date, str], _Bill]]:
    """By first day of the period and key: what the failures in it sum to, and how many complaints nobody has classified."""
    counted, caused, unsaid = _demand(connection)
    found: dict[tuple[date, str], _Bill] = {}
    keys = [] if by is None else [by]
    known = _known(connection, by)
    for condition, failed in ((caused, True), (unsaid, False)):
        for period, row in sums(connection, contact_month, scope, periods, keys, _OF, condition, when="month"):
            if row.contacts is None:
                continue
            key = getattr(row, by) if by and getattr(row, by) in known else NOWHERE
            bill = found.setdefault((period.start, key), _Bill())
            if failed:
                bill.add(row)
            else:
                bill.unclassified += int(row.contacts)
    return counted, found


def _known(connection: Connection, by: str | None) -> frozenset[str]:
    if by is None:
        return frozenset()
    if by == "stage":
        return frozenset(one.key for one in stages_and_rest(connection))
    return frozenset(connection.scalars(select(touchpoint.c.touchpoint if by == "touchpoint" else issue_type.c.issue_type)))


def _demand(connection: Connection) -> tuple[str, ColumnElement[bool], ColumnElement[bool]]:
    """What counts as a failure, and what is an unclassified complaint; without any demand said, each complaint is a failure."""
    said = {row[0]: row[1] for row in connection.execute(select(issue_type.c.issue_type, issue_type.c.demand))}
    plain = [key for key, demand in said.items() if demand != "unclassified"]
    if not plain:
        return COMPLAINTS, _M.complaint.is_(True), false()
    failing = [key for key in plain if said[key] == "failure"]
    return FAILURES, _M.issue_type.in_(failing), _M.complaint.is_(True) & _M.issue_type.not_in(plain)


def unit_costs(connection: Connection, scope: Scope) -> pd.DataFrame:
    """What one contact of each kind costs at the end of the last complete month: the basis of the cost of failure.

    Grain: one row per activity and perimeter (None: everywhere), each the newest that was valid then, dearest first.
    Columns: activity, perimeter, amount, currency, customer_minutes, valid_from, basis
    """
    u = unit_cost.c
    end = full_months(scope, 1)[0].end
    here = or_(u.perimeter.is_(None), u.perimeter.in_(scope.perimeters))
    newest: dict[tuple[str, str | None], Any] = {}
    for row in connection.execute(select(unit_cost).where(here, u.valid_from <= end).order_by(u.valid_from, u.id)):
        newest[row.activity, row.perimeter] = row
    names = ("activity", "perimeter", "amount", "currency", "customer_minutes", "valid_from", "basis")
    ordered: Iterable[Any] = sorted(newest.values(), key=lambda row: (-row.amount, row.activity, row.perimeter or ""))
    return tidy(({name: getattr(row, name) for name in names} for row in ordered), unit_costs)
