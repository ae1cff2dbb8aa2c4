"""How many customers there were at a month's end, by perimeter and group: what shares of customers are divided by."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, func, select

from wallboard.store.schema import customer_month

_M = customer_month.c


def active_by_cell(
    connection: Connection, perimeters: Iterable[str], months: Iterable[date]
) -> dict[date, dict[tuple[str, str], int]]:
    """Customers at the end of each month, by perimeter and group; after the newest counted month nothing changes."""
    mine = _M.perimeter.in_(list(perimeters))
    newest = connection.scalar(select(func.max(_M.month)).where(mine))
    if newest is None:
        return {month: {} for month in months}
    counted = {month: min(month, newest) for month in months}
    query = select(_M.month, _M.perimeter, _M.customer_group, _M.active).where(mine, _M.month.in_(set(counted.values())))
    cells: dict[date, dict[tuple[str, str], int]] = {}
    for row in connection.execute(query):
        cells.setdefault(row.month, {})[row.perimeter, row.customer_group] = int(row.active)
    return {month: cells.get(there, {}) for month, there in counted.items()}
