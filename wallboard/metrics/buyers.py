"""How many customers bought, month by month."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row, case, func, select

from wallboard.metrics.scope import Period, Scope, full_months, month_of
from wallboard.metrics.states import INCOMPLETE, LEFT_CENSORED, MEASURED, NOT_MEASURED
from wallboard.store.schema import buyer_month

_B = buyer_month.c


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyerMonth:
    """The customers who bought in one month, distinct within a perimeter; `value` is in the room's currency.

    `value` is that of the orders whose every line has an amount, `value_unknown` counts the others (value is None where all
    are). `first_seen` are those who had never bought before, which is not known in the months that state calls left-censored.
    A month without a row in the store is a zero while purchases are heard of after it.
    state: measured, left-censored, incomplete (the newest purchase lies inside the month, before its last day: the rest may
    be missing), not measured (before the first purchase, or after the newest: the source is silent).
    """

    month: date
    period_name: str
    customers: int | None = None
    orders: int | None = None
    value: float | None = None
    value_unknown: int | None = None
    first_seen: int | None = None
    state: str


def active_buyers(connection: Connection, scope: Scope, months: int = 13, running: bool = False) -> tuple[BuyerMonth, ...]:
    """How many different customers bought, in the last complete months.

    With `running` the month that has begun follows, incomplete and without numbers, which would be those of a part of it.

    Grain: one row per complete calendar month, oldest first, and with `running` the one that has begun.
    """
    mine = _B.perimeter.in_(scope.perimeters)
    periods = full_months(scope, months)
    first = connection.scalar(select(func.min(_B.month)).where(mine))
    newest = _newest_purchase(connection, scope, periods[-1].end)
    of = [func.sum(_B[name]).label(name) for name in ("customers", "orders", "value", "value_unknown", "first_seen")]
    query = select(_B.month, *of).where(mine, _B.month.between(periods[0].start, periods[-1].end)).group_by(_B.month)
    by_month = {row.month: row for row in connection.execute(query)}
    rows = [_buyers(scope, period, by_month.get(period.start), first, newest) for period in periods]
    begun = month_of(scope, scope.last_day)
    if running and not begun.complete:
        rows.append(BuyerMonth(month=begun.start, period_name=begun.name, state=INCOMPLETE))
    return tuple(rows)


def _newest_purchase(connection: Connection, scope: Scope, end: date) -> date:
    """The newest day up to `end` on which somebody bought; `end` itself where somebody has bought since."""
    since = (_B.month > end) & (_B.first_day <= scope.last_day)
    newest = func.max(case((since, end), (_B.month <= end, _B.last_day)))
    return connection.scalar(select(newest).where(_B.perimeter.in_(scope.perimeters))) or date.min


def _buyers(scope: Scope, period: Period, sums: Row[Any] | None, first: date | None, newest: date) -> BuyerMonth:
    if first is None or period.start < first or period.start > newest:
        return BuyerMonth(month=period.start, period_name=period.name, state=NOT_MEASURED)
    early = period.start < first + timedelta(days=scope.lapse_days)
    orders, unknown = (int(sums.orders), int(sums.value_unknown)) if sums else (0, 0)
    return BuyerMonth(
        month=period.start,
        period_name=period.name,
        customers=int(sums.customers) if sums else 0,
        orders=orders,
        value=None if orders and unknown >= orders else float(sums.value) if sums else 0.0,
        value_unknown=unknown,
        first_seen=int(sums.first_seen) if sums else 0,
        state=INCOMPLETE if newest < period.end else LEFT_CENSORED if early else MEASURED,
    )
