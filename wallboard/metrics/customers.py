"""The customer asset: who came, who left, and what they were worth."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Connection, case, func, select

from wallboard.metrics.availability import CUSTOMERS, coverage
from wallboard.metrics.facts import sums
from wallboard.metrics.frames import tidy
from wallboard.metrics.memo import in_memo, memoised
from wallboard.metrics.reasons import lost_reasons as lost_reasons
from wallboard.metrics.reasons import lost_words as lost_words
from wallboard.metrics.scope import Period, Scope, full_months, last_periods, month_of
from wallboard.metrics.states import COMPLETE, IN_PART, INCOMPLETE, LEFT_CENSORED, MEASURED, NOT_MEASURED
from wallboard.metrics.valued import NOBODY, Valued
from wallboard.store.schema import buyer_month, customer_day, customer_month, customer_movement, undated_loss

_DAY, _YEAR = timedelta(days=1), timedelta(days=365)
_WIDE = (25, 61)
"""As many months are measured where measures are shared: what the panels ask for, the running month included."""

_KINDS = ("new", "won back", "lost", "expansion", "contraction", "revalued", "moved in", "moved out")
_SIGNS = {"new": 1, "won back": 1, "moved in": 1, "lost": -1, "moved out": -1}


@dataclass
class _Flow:
    """What came and went in one period, on top of what was there."""

    opening: Valued = NOBODY
    customers: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_KINDS, 0))
    value: dict[str, float] = field(default_factory=lambda: dict.fromkeys(_KINDS, 0.0))
    unknown: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_KINDS, 0))
    undated: int = 0
    undated_value: float = 0.0

    def add(self, kind: str, customers: int, value: float, unknown: int) -> None:
        """Count some customers; a change of value of either sign is an expansion or a contraction."""
        if kind == "changed":
            kind, value = ("expansion", value) if value >= 0 else ("contraction", -value)
        self.customers[kind] += customers
        self.value[kind] += value
        self.unknown[kind] += unknown

    def of(self, kind: str) -> Valued:
        """Customers of one kind."""
        return Valued(self.customers[kind], self.value[kind], self.unknown[kind])

    @property
    def turned(self) -> Valued:
        """Who came or went."""
        return self.of("new") + self.of("won back") + self.of("lost")

    @property
    def closing(self) -> Valued:
        """Opening and what came, less what went: customers and value add up each by themselves."""
        people = self.opening.customers + sum(sign * self.customers[kind] for kind, sign in _SIGNS.items())
        value = self.opening.value + sum(sign * self.value[kind] for kind, sign in _SIGNS.items())
        value += self.value["expansion"] - self.value["contraction"] + self.value["revalued"]
        unknown = self.opening.unknown + sum(sign * self.unknown[kind] for kind, sign in _SIGNS.items())
        return Valued(people, value, max(0, unknown))


@memoised
def customer_flow(
    connection: Connection, scope: Scope, months: int = 24, unit: str = "month", group: str | None = None
) -> pd.DataFrame:
    """Opening + new + won back + grown − shrunk − lost = closing, in customers and in value, period by period.

    `unit` is month, quarter or year (of the room's fiscal year), `months` how many of them; flows are summed, opening and
    closing are the stock's, at the end of the day before and of `period_end` (of a running period: of the last complete day,
    `closing_day`). `net` = closing − opening, `net_value` the same in value. With `group` only its customers are counted, and
    those who changed group are `moved_in` and `moved_out`. Money is on one basis (column basis). Customers who stayed and whose
    value changed are `expansion_value` or `contraction_value` (each customer's changes in a month netted first), together
    `changed_value`; `revalued_value` became known, less what became unknown, and is neither.
    All sums of value are of what is known, and None where of nobody it is; `opening_unknown`, `closing_unknown`
    count customers of unknown value in the stock, `value_unknown` those among who came or went. value_state: measured, in part
    (some are unknown: the sums are of the others), left-censored (rule 'orders': the period starts before the first fact + 365
    days, when a sum of the last 365 days can only rise), not measured (of nobody in the stock, or of nobody who came or went, a
    value is known); `net_value` is None in the last two.
    `undated` are customers who came before the end of the period and have left on a day nobody wrote down (worth
    `undated_value`): they are in no other column.
    `holds` is True where opening and closing are the customers and the value at the ends of the period, counted from contracts
    or purchases by themselves (customer_month); of a running period, its opening. A period that was not counted does not hold.
    state: complete, incomplete (still running), left-censored (rule 'orders': too early to tell new from returning customers),
    not measured (before the first fact, or after what is loaded has stopped).

    Grain: one row per calendar month (quarter, year), oldest first; the last one may be incomplete.
    Columns: period_start, period_end, period_name, closing_day, opening, new, won_back, lost, moved_in, moved_out, closing, net,
    opening_value, new_value, won_back_value, lost_value, expansion_value, contraction_value, revalued_value, moved_in_value,
    moved_out_value, changed_value, closing_value, net_value, value_state, value_unknown, opening_unknown, closing_unknown,
    undated, undated_value, holds, state, basis
    """
    wide = next((n for n in _WIDE if n >= months), months) if in_memo() and unit == "month" and group is None else months
    if wide > months:
        return customer_flow(connection, scope, months=wide).tail(months).reset_index(drop=True)
    periods = last_periods(scope, unit, months)
    known = coverage(connection, scope, CUSTOMERS)
    first = known.begins
    closings = _closings(connection, scope, [p.end for p in periods], periods[0].start, group) if first else {}
    flows = _flows(connection, scope, periods, group)
    _left_undated(connection, scope, flows, group)
    there = closings.get(periods[0].start, NOBODY)
    for period, flow in flows.items():
        flow.opening = closings.get(period.start, there)
        there = flow.closing
    return tidy(
        (
            _flow_row(scope, p, flows[p], closings.get(p.end + _DAY if p.complete else p.start), first if known.of(p) else None)
            for p in periods
        ),
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


def _left_undated(connection: Connection, scope: Scope, flows: dict[Period, _Flow], group: str | None) -> None:
    """Who came before the end of each period and left on an unknown day."""
    u, periods = undated_loss.c, list(flows)
    mine = [] if group is None else [u.customer_group == group]
    people, value = connection.execute(
        select(func.coalesce(func.sum(u.customers), 0), func.coalesce(func.sum(u.value), 0.0)).where(
            u.perimeter.in_(scope.perimeters), u.day < periods[0].start, *mine
        )
    ).one()
    came = {
        p: row for p, row in sums(connection, undated_loss, scope, periods, [], ["customers", "value"], *mine) if row.customers
    }
    for period, flow in flows.items():
        people += int(came[period].customers) if period in came else 0
        value += float(came[period].value) if period in came else 0.0
        flow.undated, flow.undated_value = int(people), float(value)


def _closings(connection: Connection, scope: Scope, ends: list[date], start: date, group: str | None) -> dict[date, Valued]:
    """Customers and value at the end of periods, counted without the ledger, by the day after; a missing month is not there."""
    m = customer_month.c
    mine = [m.perimeter.in_(scope.perimeters), *([] if group is None else [m.customer_group == group])]
    every = m.perimeter.in_(scope.perimeters)
    first, last = connection.execute(select(func.min(m.month), func.max(m.month)).where(every)).one()
    if first is None:
        return {}
    wanted = {start, *(end + _DAY for end in ends)}
    months = {after: min((after - _DAY).replace(day=1), last) for after in wanted}
    query = select(m.month, func.sum(m.active), func.sum(m.value), func.sum(m.value_unknown)).where(
        *mine, m.month.in_(set(months.values()))
    )
    counted = {row[0]: Valued(int(row[1]), float(row[2]), int(row[3])) for row in connection.execute(query.group_by(m.month))}
    known = set(connection.scalars(select(m.month).distinct().where(every, m.month.in_(set(months.values())))))
    found = {after: NOBODY if month < first else counted.get(month, NOBODY) for after, month in months.items()}
    return {after: one for after, one in found.items() if months[after] < first or months[after] in known}


def _flow_row(scope: Scope, period: Period, flow: _Flow, counted: Valued | None, first: date | None) -> dict[str, Any]:
    state, value_state = _state(scope, period, first), _value_state(scope, period, flow, counted, first)
    closing = counted if counted and period.complete else flow.closing
    numbers: dict[str, Any] = {
        "opening": flow.opening.customers,
        **{name.replace(" ", "_"): flow.customers[name] for name in _SIGNS},
        "closing": flow.closing.customers,
        "net": flow.closing.customers - flow.opening.customers,
        "opening_value": flow.opening.worth,
        **{f"{name.replace(' ', '_')}_value": flow.of(name).worth for name in _KINDS},
        "changed_value": flow.value["expansion"] - flow.value["contraction"],
        "closing_value": replace(flow.closing, unknown=closing.unknown).worth,
        "net_value": flow.closing.value - flow.opening.value,
        "value_unknown": flow.turned.unknown,
        "opening_unknown": flow.opening.unknown,
        "closing_unknown": closing.unknown,
        "undated": flow.undated,
        "undated_value": flow.undated_value,
        "holds": _holds(period, flow, counted),
    }
    if state == NOT_MEASURED:
        numbers = dict.fromkeys(numbers)
    if value_state not in (MEASURED, IN_PART):
        numbers["net_value"] = None
    named = {"period_start": period.start, "period_end": period.end, "period_name": period.name, "value_state": value_state}
    named["closing_day"] = min(period.end, scope.last_day)
    basis = "annual recurring" if scope.rule == "contracts" else "trailing 12m revenue"
    return {**named, **numbers, "state": state, "basis": basis}


def _holds(period: Period, flow: _Flow, counted: Valued | None) -> bool:
    """Whether what was counted is what the flow comes to: at the end, or of a running period at its start."""
    if counted is None or flow.closing.customers < 0:
        return False
    there = flow.closing if period.complete else flow.opening
    return counted.customers == there.customers and abs(counted.value - there.value) < max(1.0, abs(there.value) * 1e-6)


def _state(scope: Scope, period: Period, first: date | None) -> str:
    if first is None or period.end < first:
        return NOT_MEASURED
    if not period.complete:
        return INCOMPLETE
    censored = scope.rule == "orders" and period.start < first + timedelta(days=scope.lapse_days)
    return LEFT_CENSORED if censored else COMPLETE


def _value_state(scope: Scope, period: Period, flow: _Flow, counted: Valued | None, first: date | None) -> str:
    if first is None or period.end < first or flow.turned.worth is None:
        return NOT_MEASURED
    ends = [flow.opening, counted if counted and period.complete else flow.closing]
    if any(stock.worth is None for stock in ends):
        return NOT_MEASURED
    if scope.rule == "orders" and period.start < first + _YEAR:
        return LEFT_CENSORED
    return IN_PART if flow.turned.unknown or any(stock.unknown for stock in ends) else MEASURED


def active_buyers(connection: Connection, scope: Scope, months: int = 13, running: bool = False) -> pd.DataFrame:
    """How many different customers bought, in the last complete months.

    `value` is that of the orders whose every line has an amount, `value_unknown` counts the others (value is None where all
    are). Customers are distinct within a perimeter; `first_seen` are those who had never bought before, which cannot be told
    in the months that state calls left-censored. A month without a row is a zero while purchases are heard of after it.
    state: measured, left-censored, incomplete (the newest purchase lies inside the month, before its last day: the rest may
    be missing), not measured (before the first purchase, or after the newest: the source is silent). With `running` the month
    that has begun follows, incomplete and without numbers, which would be those of a part of it.

    Grain: one row per complete calendar month, oldest first, and with `running` the one that has begun.
    Columns: month, period_name, customers, orders, value, value_unknown, first_seen, state
    """
    table = buyer_month
    mine = table.c.perimeter.in_(scope.perimeters)
    periods = full_months(scope, months)
    first = connection.execute(select(func.min(table.c.month)).where(mine)).scalar()
    newest = _newest_purchase(connection, scope, periods[-1].end)
    of = ("customers", "orders", "value", "value_unknown", "first_seen")
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
    numbers: dict[str, Any] = found or {"customers": 0, "orders": 0, "value": 0.0, "value_unknown": 0, "first_seen": 0}
    if numbers["orders"] and numbers["value_unknown"] >= numbers["orders"]:
        numbers = numbers | {"value": None}
    state = MEASURED
    if first is None or period.start < first or period.start > newest:
        numbers, state = dict.fromkeys(numbers), NOT_MEASURED
    elif newest < period.end:
        state = INCOMPLETE
    elif period.start < first + timedelta(days=scope.lapse_days):
        state = LEFT_CENSORED
    return {"month": period.start, "period_name": period.name, **numbers, "state": state}
