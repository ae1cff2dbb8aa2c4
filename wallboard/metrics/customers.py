"""The customer asset: who came, who left, what they were worth, and whether that is growth."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Connection, case, func, select

from wallboard.metrics.facts import first_day, sums
from wallboard.metrics.frames import COMPLETE, INCOMPLETE, LEFT_CENSORED, MEASURED, NOT_MEASURED, documented, tidy
from wallboard.metrics.reasons import lost_reasons as lost_reasons
from wallboard.metrics.reasons import lost_words as lost_words
from wallboard.metrics.scope import Period, Scope, full_months, last_periods, month_before, month_of
from wallboard.metrics.shared import is_sharing, shared
from wallboard.store.schema import buyer_month, customer_day, customer_month, customer_movement

_CENT = 0.005
_DAY, _YEAR = timedelta(days=1), timedelta(days=365)
_WIDE = (25, 61)
"""As many months are measured where measures are shared: what the panels ask for, the running month included."""

_KINDS = ("new", "won back", "lost", "expansion", "contraction", "moved in", "moved out")


@dataclass
class _Flow:
    """What came and went in one period, on top of what was there."""

    opening: int = 0
    opening_value: float = 0.0
    unknown: int = 0
    customers: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_KINDS, 0))
    value: dict[str, float] = field(default_factory=lambda: dict.fromkeys(_KINDS, 0.0))
    turned: int = 0

    def add(self, kind: str, customers: int, value: float, unknown: int) -> None:
        """Count some customers; a change of value of either sign is an expansion or a contraction."""
        if kind == "changed":
            kind, value = ("expansion", value) if value >= 0 else ("contraction", -value)
        self.customers[kind] += customers
        self.value[kind] += value
        self.unknown += unknown
        self.turned += customers if kind in ("new", "won back", "lost") else 0

    @property
    def moved(self) -> int:
        """Customers who came from other groups less those who went to them; none where all groups are looked at."""
        return self.customers["moved in"] - self.customers["moved out"]

    @property
    def closing(self) -> int:
        return self.opening + self.net + self.moved

    @property
    def changed(self) -> float:
        return self.value["expansion"] - self.value["contraction"]

    @property
    def closing_value(self) -> float:
        return self.opening_value + self.won_less_lost + self.changed + self.value["moved in"] - self.value["moved out"]

    @property
    def net(self) -> int:
        return self.customers["new"] + self.customers["won back"] - self.customers["lost"]

    @property
    def won_less_lost(self) -> float:
        return self.value["new"] + self.value["won back"] - self.value["lost"]


@shared
def customer_flow(
    connection: Connection, scope: Scope, months: int = 24, unit: str = "month", group: str | None = None
) -> pd.DataFrame:
    """Opening + new + won back − lost = closing, in customers and in value, period by period.

    `unit` is month, quarter or year (of the room's fiscal year), `months` how many of them; flows are summed, opening and
    closing are the stock's. With `group` only its customers are counted, and those who changed group are `moved_in` and
    `moved_out`. Money is on one basis (column basis). A price or volume change of customers who stayed is `expansion_value` or
    `contraction_value` (each customer's changes in a month netted first), together `changed_value`; it is no growth under the
    rule 'contracts'; `net_value` is then new + won back − lost, under 'orders' closing − opening.
    `net_value` is None unless value_state is measured. value_state: measured, left-censored (rule 'orders': the period starts
    before the first fact + 365 days, when a sum of the last 365 days can only rise), not measured (no value is known).
    `holds` is True where opening and closing are the customers and the value at the ends of the period, counted from contracts
    or purchases by themselves (customer_month); of a running period, its opening. A period that was not counted does not hold.
    `value_unknown` counts those who came or went with no known value. state: complete, incomplete (still running),
    left-censored (rule 'orders': too early to tell new from returning customers), not measured (before the first fact).

    Grain: one row per calendar month (quarter, year), oldest first; the last one may be incomplete.
    Columns: period_start, period_end, period_name, opening, new, won_back, lost, moved_in, moved_out, closing, net,
    opening_value, new_value, won_back_value, lost_value, expansion_value, contraction_value, moved_in_value, moved_out_value,
    changed_value, closing_value, net_value, value_state, value_unknown, holds, state, basis
    """
    wide = next((n for n in _WIDE if n >= months), months) if is_sharing() and unit == "month" and group is None else months
    if wide > months:
        return customer_flow(connection, scope, months=wide).tail(months).reset_index(drop=True)
    periods = last_periods(scope, unit, months)
    first = first_day(connection, customer_day, scope)
    closings = _closings(connection, scope, [p.end for p in periods], periods[0].start, group) if first else {}
    flows = _flows(connection, scope, periods, group)
    there = closings.get(periods[0].start, (0, 0.0))
    for period, flow in flows.items():
        flow.opening, flow.opening_value = closings.get(period.start, there)
        there = flow.closing, flow.closing_value
    return tidy(
        (_flow_row(scope, p, flows[p], closings.get(p.end + _DAY if p.complete else p.start), first) for p in periods),
        customer_flow,
    )


def _flows(connection: Connection, scope: Scope, periods: list[Period], group: str | None) -> dict[Period, _Flow]:
    """What came and went: of whole months from the facts by month, of the running one from those by day."""
    flows = {period: _Flow() for period in periods}
    of = ("customers", "value", "value_unknown")
    running = month_of(scope, scope.last_day)
    cut = {p if p.complete else Period(p.start, running.start - _DAY, p.name, True): p for p in periods}
    whole = [p for p in cut if p.start <= p.end]
    if whole:
        mine = [] if group is None else [customer_movement.c.customer_group == group]
        for period, row in sums(connection, customer_movement, scope, whole, ["kind"], of, *mine, when="month"):
            flows[cut[period]].add(row.kind, int(row.customers), float(row.value), int(row.value_unknown))
    if not running.complete:
        mine = [] if group is None else [customer_day.c.customer_group == group]
        for _, row in sums(connection, customer_day, scope, [running], ["kind"], of, *mine):
            flows[periods[-1]].add(row.kind, int(row.customers), float(row.value), int(row.value_unknown))
    return flows


def _closings(
    connection: Connection, scope: Scope, ends: list[date], start: date, group: str | None
) -> dict[date, tuple[int, float]]:
    """Customers and value at the end of periods, counted without the ledger, by the day after; a missing month is not there."""
    m = customer_month.c
    mine = [m.perimeter.in_(scope.perimeters), *([] if group is None else [m.customer_group == group])]
    every = m.perimeter.in_(scope.perimeters)
    first, last = connection.execute(select(func.min(m.month), func.max(m.month)).where(every)).one()
    if first is None:
        return {}
    wanted = {start, *(end + _DAY for end in ends)}
    months = {after: min((after - _DAY).replace(day=1), last) for after in wanted}
    query = select(m.month, func.sum(m.active), func.sum(m.value)).where(*mine, m.month.in_(set(months.values())))
    counted = {row[0]: (int(row[1]), float(row[2])) for row in connection.execute(query.group_by(m.month))}
    known = set(connection.scalars(select(m.month).distinct().where(every, m.month.in_(set(months.values())))))
    found = {after: (0, 0.0) if month < first else counted.get(month, (0, 0.0)) for after, month in months.items()}
    return {after: one for after, one in found.items() if months[after] < first or months[after] in known}


def _flow_row(scope: Scope, period: Period, flow: _Flow, counted: tuple[int, float] | None, first: date | None) -> dict[str, Any]:
    state = _state(scope, period, first)
    contracts = scope.rule == "contracts"
    numbers: dict[str, Any] = {
        "opening": flow.opening,
        "new": flow.customers["new"],
        "won_back": flow.customers["won back"],
        "lost": flow.customers["lost"],
        "moved_in": flow.customers["moved in"],
        "moved_out": flow.customers["moved out"],
        "closing": flow.closing,
        "net": flow.net,
        "opening_value": flow.opening_value,
        "new_value": flow.value["new"],
        "won_back_value": flow.value["won back"],
        "lost_value": flow.value["lost"],
        "expansion_value": flow.value["expansion"],
        "contraction_value": flow.value["contraction"],
        "moved_in_value": flow.value["moved in"],
        "moved_out_value": flow.value["moved out"],
        "changed_value": flow.changed,
        "closing_value": flow.closing_value,
        "net_value": flow.won_less_lost if contracts else flow.closing_value - flow.opening_value,
        "value_unknown": flow.unknown,
        "holds": _holds(period, flow, counted),
    }
    value_state = _value_state(scope, period, flow, first)
    if state == NOT_MEASURED:
        numbers = dict.fromkeys(numbers)
    if value_state != MEASURED:
        numbers["net_value"] = None
    named = {"period_start": period.start, "period_end": period.end, "period_name": period.name, "value_state": value_state}
    return {**named, **numbers, "state": state, "basis": "annual recurring" if contracts else "trailing 12m revenue"}


def _holds(period: Period, flow: _Flow, counted: tuple[int, float] | None) -> bool:
    """Whether what was counted is what the flow comes to: at the end, or of a running period at its start."""
    if counted is None or flow.closing < 0:
        return False
    customers, value = (flow.closing, flow.closing_value) if period.complete else (flow.opening, flow.opening_value)
    return counted[0] == customers and abs(counted[1] - value) < max(1.0, abs(value) * 1e-6)


def _state(scope: Scope, period: Period, first: date | None) -> str:
    if first is None or period.end < first:
        return NOT_MEASURED
    if not period.complete:
        return INCOMPLETE
    censored = scope.rule == "orders" and period.start < first + timedelta(days=scope.lapse_days)
    return LEFT_CENSORED if censored else COMPLETE


def _value_state(scope: Scope, period: Period, flow: _Flow, first: date | None) -> str:
    if first is None or period.end < first or (flow.unknown and flow.unknown == flow.turned):
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
    kept = {key: row[key] for key in row if key in documented(growth_verdict).columns}
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


def active_buyers(connection: Connection, scope: Scope, months: int = 13, running: bool = False) -> pd.DataFrame:
    """How many different customers bought, in the last complete months.

    Customers are distinct within a perimeter; `first_seen` are those who had never bought before, which cannot be told
    in the months that state calls left-censored. A month without a row is a zero while purchases are heard of after it.
    state: measured, left-censored, incomplete (the newest purchase lies inside the month, before its last day: the rest may
    be missing), not measured (before the first purchase, or after the newest: the source is silent). With `running` the month
    that has begun follows, incomplete and without numbers, which would be those of a part of it.

    Grain: one row per complete calendar month, oldest first, and with `running` the one that has begun.
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
    rows = [_buyers(scope, p, found.get(p.start), first, newest) for p in periods]
    begun = month_of(scope, scope.last_day)
    if running and not begun.complete:
        rows.append({**dict.fromkeys(rows[-1]), "month": begun.start, "period_name": begun.name, "state": INCOMPLETE})
    return tidy(rows, active_buyers)


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
