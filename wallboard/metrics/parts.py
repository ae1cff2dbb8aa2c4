"""The customer asset by its parts: who came and left in each perimeter and in each group, adding up in each of them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from wallboard.metrics.customers import customer_flow, whole_periods
from wallboard.metrics.rows import common_fields
from wallboard.metrics.scope import Scope, last_periods
from wallboard.store.schema import customer_month, customer_movement


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerPart:
    """The last complete month (quarter, year) of one perimeter or group; counts, money and states as in CustomerPeriod.

    `by` is group or perimeter. In a group, who came from another one or went to it is moved_in or moved_out, neither new nor
    lost, and `net` (closing − opening) counts them too. A group without a name holds the customers of whom no group is known.
    """

    part: str
    by: str
    period_start: date
    period_name: str
    opening: int
    new: int
    won_back: int
    lost: int
    moved_in: int
    moved_out: int
    closing: int
    net: int
    closing_day: date
    opening_value: float | None
    closing_value: float | None
    net_value: float | None
    value_state: str
    value_unknown: int
    closing_unknown: int
    undated: int
    holds: bool
    state: str
    basis: str


def customer_parts(connection: Connection, scope: Scope, by: str = "group", unit: str = "month") -> tuple[CustomerPart, ...]:
    """The last complete month (quarter, year) of each perimeter or each group, as in customer_flow; largest first.

    A part that nobody was in has no row.

    Grain: one row per perimeter, or per customer group.
    """
    rows = []
    for part in _parts(connection, scope, by, unit):
        if by == "perimeter":
            flow = customer_flow(connection, scope.only(part), months=2, unit=unit)
        else:
            flow = customer_flow(connection, scope, months=2, unit=unit, group=part)
        for last in whole_periods(flow)[-1:]:
            if last.opening or last.new or last.won_back or last.moved_in:
                rows.append(CustomerPart(part=part, by=by, **common_fields(last, CustomerPart)))
    return tuple(sorted(rows, key=lambda row: (-row.closing, row.part)))


def _parts(connection: Connection, scope: Scope, by: str, unit: str) -> list[str]:
    if by == "perimeter":
        return list(scope.perimeters)
    since = last_periods(scope, unit, 2)[0].start
    groups: set[str] = set()
    for table in (customer_movement, customer_month):
        mine = table.c.perimeter.in_(scope.perimeters), table.c.month >= since
        groups |= set(connection.scalars(select(table.c.customer_group).distinct().where(*mine)))
    newest = select(func.max(customer_month.c.month)).where(customer_month.c.perimeter.in_(scope.perimeters)).scalar_subquery()
    mine = customer_month.c.perimeter.in_(scope.perimeters), customer_month.c.month == newest
    return sorted(groups | set(connection.scalars(select(customer_month.c.customer_group).distinct().where(*mine))))
