"""The commonest grains: whole days of dated rows, everything from a month on, and all at once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, select

from wallboard.loaders.counting.days import dates
from wallboard.loaders.counting.declared import EVERYTHING, Change, Everything, Grain
from wallboard.settings import Room

DAYS_AT_ONCE = 250
"""So many days are counted together where a fact is counted as a whole."""

BEGINNING = date(1700, 1, 1)
"""Before all days."""

T = TypeVar("T")


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


def whole(when: Callable[[Change], bool]) -> Grain[Everything]:
    """Counted all at once `when` a change can tell another story."""
    return Grain("whole", lambda change: EVERYTHING if when(change) else None, lambda _connection, _room: [EVERYTHING])


def from_month(touched: Callable[[Change], date | None]) -> Grain[date]:
    """Counted from the month of the first touched day on."""
    return Grain("months from one on", touched, lambda _connection, _room: [BEGINNING])


def distinct(connection: Connection, *columns: Column[Any]) -> list[Any]:
    """Every value that stands in any of these columns, in order."""
    values = {value for column in columns for value in connection.scalars(select(column).distinct())}
    return sorted(values - {None})


def in_portions(values: Iterable[T], size: int) -> Iterator[Sequence[T]]:
    """Values in lists of `size`, the last one shorter."""
    listed = list(values)
    return (listed[start : start + size] for start in range(0, len(listed), size))
