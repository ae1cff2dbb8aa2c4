"""The customer asset: who came, who left, and what they were worth."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from wallboard.metrics.availability import CUSTOMERS, coverage
from wallboard.metrics.facts import sums
from wallboard.metrics.memo import in_memo, memoised
from wallboard.metrics.rows import Narrowed
from wallboard.metrics.scope import Period, Scope, last_periods, month_of
from wallboard.metrics.states import COMPLETE, IN_PART, INCOMPLETE, LEFT_CENSORED, MEASURED, NOT_MEASURED
from wallboard.metrics.valued import NOBODY, Valued
from wallboard.store.schema import customer_day, customer_month, customer_movement, undated_loss

_DAY, _YEAR = timedelta(days=1), timedelta(days=365)
_WIDE = (25, 61)
"""As many months are measured where measures are shared: what the panels ask for, the running month included."""

_KINDS = ("new", "won back", "lost", "expansion", "contraction", "revalued", "moved in", "moved out")
_SIGNS = {"new": 1, "won back": 1, "moved in": 1, "lost": -1, "moved out": -1}


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerPeriod(Narrowed):
    """Customers in and out of one month, quarter or year; a CountedPeriod, unless it was not measured.

    Opening + new + won_back + moved_in - lost - moved_out = closing, in customers; in value also + expansion - contraction +
    revalued. Opening and closing are the stock's at the end of the day before and of `period_end` (of a running period: of the
    last complete day, `closing_day`); `net` = closing - opening, `net_value` the same in value. `moved_in` and `moved_out`
    changed group. Money is in the room's currency, on one basis (`basis`). Customers who stayed and whose value changed are
    `expansion_value` or `contraction_value` (each customer's changes in a month netted first), together `changed_value`;
    `revalued_value` became known, less what became unknown, and is neither.
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
    """

    period_start: date
    period_end: date
    period_name: str
    closing_day: date
    opening: int | None = None
    new: int | None = None
    won_back: int | None = None
    lost: int | None = None
    moved_in: int | None = None
    moved_out: int | None = None
    closing: int | None = None
    net: int | None = None
    opening_value: float | None = None
    new_value: float | None = None
    won_back_value: float | None = None
    lost_value: float | None = None
    expansion_value: float | None = None
    contraction_value: float | None = None
    revalued_value: float | None = None
    moved_in_value: float | None = None
    moved_out_value: float | None = None
    changed_value: float | None = None
    closing_value: float | None = None
    net_value: float | None = None
    value_state: str
    value_unknown: int | None = None
    opening_unknown: int | None = None
    closing_unknown: int | None = None
    undated: int | None = None
    undated_value: float | None = None
    holds: bool | None = None
    state: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedPeriod(CustomerPeriod):
    """A period of which the customers are counted: complete, incomplete or left-censored."""

    opening: int
    new: int
    won_back: int
    lost: int
    moved_in: int
    moved_out: int
    closing: int
    net: int
    changed_value: float
    value_unknown: int
    opening_unknown: int
    closing_unknown: int
    undated: int
    undated_value: float
    holds: bool


def counted_periods(flow: Iterable[CustomerPeriod]) -> list[CountedPeriod]:
    """Those of the periods whose customers are counted."""
    return [period for period in flow if isinstance(period, CountedPeriod)]


def whole_periods(flow: Iterable[CustomerPeriod]) -> list[CountedPeriod]:
    """Those of the periods that are counted and over."""
    return [period for period in counted_periods(flow) if period.state != INCOMPLETE]


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
) -> tuple[CustomerPeriod, ...]:
    """Opening + new + won back + grown − shrunk − lost = closing, in customers and in value, period by period.

    `unit` is month, quarter or year (of the room's fiscal year), `months` how many of them; flows are summed. With `group` only
    its customers are counted.

    Grain: one row per calendar month (quarter, year), oldest first; the last one may be incomplete.
    """
    wide = next((n for n in _WIDE if n >= months), months) if in_memo() and unit == "month" and group is None else months
    if wide > months:
        return customer_flow(connection, scope, months=wide)[-months:]
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
    return tuple(
        _period(scope, p, flow, closings.get(p.end + _DAY if p.complete else p.start), first if known.of(p) else None)
        for p, flow in flows.items()
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
    return {
        after: NOBODY if month < first else counted.get(month, NOBODY)
        for after, month in months.items()
        if month < first or month in known
    }


def _period(scope: Scope, period: Period, flow: _Flow, counted: Valued | None, first: date | None) -> CustomerPeriod:
    state, value_state = _state(scope, period, first), _value_state(scope, period, flow, counted, first)
    basis = "annual recurring" if scope.rule == "contracts" else "trailing 12m revenue"
    closing_day = min(period.end, scope.last_day)
    if state == NOT_MEASURED:
        return CustomerPeriod(
            period_start=period.start, period_end=period.end, period_name=period.name, closing_day=closing_day,
            value_state=value_state, state=state, basis=basis,
        )  # fmt: skip
    closing = counted if counted and period.complete else flow.closing
    return CountedPeriod(
        period_start=period.start,
        period_end=period.end,
        period_name=period.name,
        closing_day=closing_day,
        opening=flow.opening.customers,
        new=flow.customers["new"],
        won_back=flow.customers["won back"],
        lost=flow.customers["lost"],
        moved_in=flow.customers["moved in"],
        moved_out=flow.customers["moved out"],
        closing=flow.closing.customers,
        net=flow.closing.customers - flow.opening.customers,
        opening_value=flow.opening.worth,
        new_value=flow.of("new").worth,
        won_back_value=flow.of("won back").worth,
        lost_value=flow.of("lost").worth,
        expansion_value=flow.of("expansion").worth,
        contraction_value=flow.of("contraction").worth,
        revalued_value=flow.of("revalued").worth,
        moved_in_value=flow.of("moved in").worth,
        moved_out_value=flow.of("moved out").worth,
        changed_value=flow.value["expansion"] - flow.value["contraction"],
        closing_value=replace(flow.closing, unknown=closing.unknown).worth,
        net_value=flow.closing.value - flow.opening.value if value_state in (MEASURED, IN_PART) else None,
        value_state=value_state,
        value_unknown=flow.turned.unknown,
        opening_unknown=flow.opening.unknown,
        closing_unknown=closing.unknown,
        undated=flow.undated,
        undated_value=flow.undated_value,
        holds=_holds(period, flow, counted),
        state=state,
        basis=basis,
    )


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
