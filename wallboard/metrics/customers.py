"""The customer asset: who came, who left, what they were worth, and whether that is growth."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pandas as pd
from sqlalchemy import Connection, case, func, select

from wallboard.metrics.facts import first_day, sums
from wallboard.metrics.frames import COMPLETE, INCOMPLETE, LEFT_CENSORED, MEASURED, NOT_MEASURED, tidy
from wallboard.metrics.reasons import lost_reasons as lost_reasons
from wallboard.metrics.reasons import lost_words as lost_words
from wallboard.metrics.scope import Period, Scope, full_months, month_before
from wallboard.metrics.scope import months as last_months
from wallboard.metrics.shared import is_sharing, shared
from wallboard.store.schema import buyer_month, customer_day, customer_month

_CENT = 0.005
_DAY, _YEAR = timedelta(days=1), timedelta(days=365)
_WIDE = (25, 61)
"""As many months are measured where measures are shared: what the panels ask for, the running month included."""

_KINDS = ("new", "won back", "lost", "changed")


@dataclass
class _Flow:
    """What came and went in one period, on top of what was there."""

    opening: int = 0
    opening_value: float = 0.0
    unknown: int = 0
    customers: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_KINDS, 0))
    value: dict[str, float] = field(default_factory=lambda: dict.fromkeys(_KINDS, 0.0))
    moved: int = 0

    @property
    def closing(self) -> int:
        return self.opening + self.net

    @property
    def closing_value(self) -> float:
        return self.opening_value + self.won_less_lost + self.value["changed"]

    @property
    def net(self) -> int:
        return self.customers["new"] + self.customers["won back"] - self.customers["lost"]

    @property
    def won_less_lost(self) -> float:
        return self.value["new"] + self.value["won back"] - self.value["lost"]


@shared
def customer_flow(connection: Connection, scope: Scope, months: int = 24) -> pd.DataFrame:
    """Opening + new + won back − lost = closing, in customers and in value, month by month.

    Money is on one basis (column basis). A price or volume change of customers who stayed is `changed_value` and is no
    growth under the rule 'contracts'; `net_value` is then new + won back − lost, under 'orders' closing − opening.
    `net_value` is None unless value_state is measured. value_state: measured, left-censored (rule 'orders': the month starts
    before the first fact + 365 days, when a sum of the last 365 days can only rise), not measured (no value is known).
    `holds` is True where the closing number is the customers active at the month's end, counted from contracts or purchases
    by themselves (customer_month); of a running month, the opening number is looked at. A month without such a count, among
    months that have one, does not hold; neither does a number below zero.
    `value_unknown` counts those who came or went with no known value. state: complete, incomplete (still running),
    left-censored (rule 'orders': too early to tell new from returning customers), not measured (before the first fact).

    Grain: one row per calendar month, oldest first; the last one may be incomplete.
    Columns: period_start, period_end, period_name, opening, new, won_back, lost, closing, net, opening_value, new_value,
    won_back_value, lost_value, changed_value, closing_value, net_value, value_state, value_unknown, holds, state, basis
    """
    wide = next((n for n in _WIDE if n > months), months) if is_sharing() else months
    if wide > months:
        return customer_flow(connection, scope, months=wide).tail(months).reset_index(drop=True)
    periods = last_months(scope, months)
    first = first_day(connection, customer_day, scope)
    flows = _flows(connection, scope, periods)
    active = _active(connection, scope, periods) if first else {}
    return tidy((_flow_row(scope, p, flows[p], active, first) for p in periods), customer_flow)


def _flows(connection: Connection, scope: Scope, periods: list[Period]) -> dict[Period, _Flow]:
    before = Period(date.min, periods[0].start - timedelta(days=1), "", True)
    flows = {period: _Flow() for period in (before, *periods)}
    of = ("customers", "value", "value_unknown")
    for period, row in sums(connection, customer_day, scope, list(flows), ["kind"], of):
        flow = flows[period]
        flow.customers[row.kind], flow.value[row.kind] = int(row.customers), float(row.value)
        flow.unknown += int(row.value_unknown)
        flow.moved += int(row.customers) if row.kind != "changed" else 0
    for earlier, flow in pairwise(flows.values()):
        flow.opening, flow.opening_value = earlier.closing, earlier.closing_value
    return flows


def _active(connection: Connection, scope: Scope, periods: list[Period]) -> dict[date, int | None]:
    """Customers active at the end of each month and of the one before, counted without the ledger; None where that is missing."""
    mine = customer_month.c.perimeter.in_(scope.perimeters)
    first, last = connection.execute(select(func.min(customer_month.c.month), func.max(customer_month.c.month)).where(mine)).one()
    before = (periods[0].start - _DAY).replace(day=1)
    wanted = mine, customer_month.c.month.between(min(before, last or before), periods[-1].end)
    query = select(customer_month.c.month, func.sum(customer_month.c.active)).where(*wanted).group_by(customer_month.c.month)
    counted: dict[date, int] = {row[0]: int(row[1]) for row in connection.execute(query)}
    if first is None:
        return {}
    months = [before, *(period.start for period in periods)]
    return {month: counted.get(min(month, last)) if month >= first else 0 for month in months}


def _flow_row(scope: Scope, period: Period, flow: _Flow, active: dict[date, int | None], first: date | None) -> dict[str, Any]:
    state = _state(scope, period, first)
    contracts = scope.rule == "contracts"
    numbers: dict[str, Any] = {
        "opening": flow.opening,
        "new": flow.customers["new"],
        "won_back": flow.customers["won back"],
        "lost": flow.customers["lost"],
        "closing": flow.closing,
        "net": flow.net,
        "opening_value": flow.opening_value,
        "new_value": flow.value["new"],
        "won_back_value": flow.value["won back"],
        "lost_value": flow.value["lost"],
        "changed_value": flow.value["changed"],
        "closing_value": flow.closing_value,
        "net_value": flow.won_less_lost if contracts else flow.closing_value - flow.opening_value,
        "value_unknown": flow.unknown,
        "holds": _holds(period, flow, active),
    }
    value_state = _value_state(scope, period, flow, first)
    if state == NOT_MEASURED:
        numbers = dict.fromkeys(numbers)
    if value_state != MEASURED:
        numbers["net_value"] = None
    named = {"period_start": period.start, "period_end": period.end, "period_name": period.name, "value_state": value_state}
    return {**named, **numbers, "state": state, "basis": "annual recurring" if contracts else "trailing 12m revenue"}


def _holds(period: Period, flow: _Flow, active: dict[date, int | None]) -> bool:
    at = period.start if period.complete else (period.start - _DAY).replace(day=1)
    counted = active.get(at) == (flow.closing if period.complete else flow.opening)
    return counted and flow.closing >= 0 and (flow.closing > 0 or abs(flow.closing_value) < 1)


def _state(scope: Scope, period: Period, first: date | None) -> str:
    if first is None or period.end < first:
        return NOT_MEASURED
    if not period.complete:
        return INCOMPLETE
    censored = scope.rule == "orders" and period.start < first + timedelta(days=scope.lapse_days)
    return LEFT_CENSORED if censored else COMPLETE


def _value_state(scope: Scope, period: Period, flow: _Flow, first: date | None) -> str:
    if first is None or period.end < first or (flow.unknown and flow.unknown == flow.moved):
        return NOT_MEASURED
    return LEFT_CENSORED if scope.rule == "orders" and period.start < first + _YEAR else MEASURED


def growth_verdict(connection: Connection, scope: Scope) -> pd.DataFrame:
    """Did we earn the right to customer growth in the last complete month?

    Customers and value both up: 'yes'; both not up: 'no' (no change is no growth); one of them: 'not yet', and `fell` names
    the one that did not grow. 'not measured' where the month cannot be judged (column state) or its change in value is not
    known (value_state, as in customer_flow); the numbers that are known stay.

    Grain: one row.
    Columns: period_start, period_name, verdict, fell, net_customers, net_value, opening, new, won_back, lost, closing,
    opening_value, closing_value, changed_value, value_state, value_unknown, holds, basis, state
    """
    month = month_before(scope)
    flow = customer_flow(connection, scope, months=2)
    row: dict[Any, Any] = flow[flow["period_start"] == month.start].iloc[0].to_dict()
    customers, value = row.pop("net"), row["net_value"]
    verdict, fell = _verdict(customers, value) if row["state"] == COMPLETE else (NOT_MEASURED, "")
    kept = {key: row[key] for key in row if key not in ("period_end", "new_value", "won_back_value", "lost_value")}
    return tidy([{**kept, "verdict": verdict, "fell": fell, "net_customers": customers}], growth_verdict)


def _verdict(customers: int, value: float | None) -> tuple[str, str]:
    if value is None:
        return NOT_MEASURED, ""
    more, richer = customers > 0, value > _CENT
    if more and richer:
        return "yes", ""
    if not more and not richer:
        return "no", "customers and value"
    return "not yet", "value" if more else "customers"


def active_buyers(connection: Connection, scope: Scope, months: int = 13) -> pd.DataFrame:
    """How many different customers bought, in the last complete months.

    Customers are distinct within a perimeter; `first_seen` are those who had never bought before, which cannot be told
    in the months that state calls left-censored. A month without a row is a zero while purchases are heard of after it.
    state: measured, left-censored, incomplete (the newest purchase lies inside the month, before its last day: the rest may
    be missing), not measured (before the first purchase, or after the newest: the source is silent).

    Grain: one row per complete calendar month, oldest first.
    Columns: month, period_name, customers, orders, value, first_seen, state
    """
    table = buyer_month
    mine = table.c.perimeter.in_(scope.perimeters)
    periods = full_months(scope, months)
    first = connection.execute(select(func.min(table.c.month)).where(mine)).scalar()
    newest = _newest_purchase(connection, scope, periods[-1].end)
    of = ("customers", "orders", "value", "first_seen")
    query = select(table.c.month, *(func.sum(table.c[name]).label(name) for name in of)).where(
        mine, table.c.month >= periods[0].start, table.c.month <= periods[-1].end
    )
    found = {row.month: dict(zip(of, row[1:], strict=True)) for row in connection.execute(query.group_by(table.c.month))}
    return tidy((_buyers(scope, p, found.get(p.start), first, newest) for p in periods), active_buyers)


def _newest_purchase(connection: Connection, scope: Scope, end: date) -> date:
    """The newest day up to `end` on which somebody bought; `end` itself where somebody has bought since."""
    b = buyer_month.c
    since = (b.month > end) & (b.first_day <= scope.last_day)
    newest = func.max(case((since, end), (b.month <= end, b.last_day)))
    found: date | None = connection.execute(select(newest).where(b.perimeter.in_(scope.perimeters))).scalar()
    return found or date.min


def _buyers(scope: Scope, period: Period, found: dict[str, Any] | None, first: date | None, newest: date) -> dict[str, Any]:
    numbers: dict[str, Any] = found or {"customers": 0, "orders": 0, "value": 0.0, "first_seen": 0}
    state = MEASURED
    if first is None or period.start < first or period.start > newest:
        numbers, state = dict.fromkeys(numbers), NOT_MEASURED
    elif newest < period.end:
        state = INCOMPLETE
    elif period.start < first + timedelta(days=scope.lapse_days):
        state = LEFT_CENSORED
    return {"month": period.start, "period_name": period.name, **numbers, "state": state}
