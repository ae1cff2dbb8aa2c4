"""The commonest grains: whole days of dated rows, and everything from a month on."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, and_, select

from wallboard.loaders.counting.days import dates
from wallboard.loaders.counting.declared import EVERYTHING, Change, Everything, Grain
from wallboard.settings import Room
from wallboard.store.portions import in_portions

DAYS_AT_ONCE = 250
"""So many days are counted together where a fact is counted as a whole."""

MONTHS_AT_ONCE = 12
"""So many months are counted together where a fact is counted as a whole."""

BEGINNING = date(1700, 1, 1)
"""Before all days."""


def by_day(*columns: Column[Any]) -> Grain[set[date]]:
    """Counted for the days in these columns of what it reads; where another table moves, everything is."""

    def touched(change: Change) -> "set[date] | Everything | None":
        days: set[date] = set()
        for column in columns:
            if column.table is change.table:
                days |= dates(change.written.touched(column.name))
            elif column.table in change.counted:
                moved = change.counted[column.table]
                if moved is None:
                    return EVERYTHING
                days |= moved
        known = {column.table for column in columns}
        if change.table not in known and not known & change.counted.keys():
            return EVERYTHING
        return days or None

    def batches(connection: Connection, _room: Room) -> Iterator[set[date]]:
        return map(set, in_portions(distinct(connection, *columns), DAYS_AT_ONCE))

    return Grain("days", touched, batches)


class Months(NamedTuple):
    """The months that begin on `since` or later, and before `until` where that is said."""

    since: date
    until: date | None = None

    def hold(self, day: Any) -> ColumnElement[bool]:
        """The day in a column lies in them."""
        return and_(day >= self.since, *([day < self.until] if self.until is not None else []))


def from_month(touched: Callable[[Change], date | None], column: Column[Any]) -> Grain[Months]:
    """Counted from the month of the first touched day on; as a whole, in portions of the months that stand in a column."""

    def since(change: Change) -> Months | None:
        first = touched(change)
        return None if first is None else Months(first)

    return Grain("months from one on", since, lambda connection, _room: portions_of_months(connection, column))


def portions_of_months(connection: Connection, column: Column[Any]) -> Iterator[Months]:
    """All months, in parts that each begin with one that stands in a column."""
    months = list(dict.fromkeys(day.replace(day=1) for day in distinct(connection, column)))
    starts = [BEGINNING, *months[MONTHS_AT_ONCE::MONTHS_AT_ONCE]]
    return map(Months, starts, [*starts[1:], None])


def distinct(connection: Connection, *columns: Column[Any]) -> list[Any]:
    """Every value that stands in any of these columns, in order."""
    values = {value for column in columns for value in connection.scalars(select(column).distinct())}
    return sorted(values - {None})
