"""Counts a whole fact portion by portion of its customers, in memory that does not grow with them, and adds the portions up."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Generic, TypeVar

import pandas as pd
from sqlalchemy import Column, ColumnElement, Connection, and_, bindparam, func, or_, select

from wallboard.loaders.counting.aliases import aliases
from wallboard.loaders.counting.declared import EVERYTHING, Change, Grain
from wallboard.loaders.counting.ledger import UNIT
from wallboard.settings import Room
from wallboard.store.schema import customer_alias

CUSTOMERS_AT_ONCE = 50_000
"""So many customers are held in memory together where a fact is counted as a whole."""

T = TypeVar("T")


def nothing(_connection: Connection, _room: Room) -> None:
    """What portions need to know where each is counted by itself."""


@dataclass(frozen=True)
class Customers:
    """Those whose number of today comes after `after` and not after `until`, and under which numbers they were kept before."""

    after: str | None
    until: str | None
    before: tuple[str, ...] = ()
    collation: str | None = None

    def are(self, column: Any) -> ColumnElement[bool]:
        """The customer in `column` is one of them, under any number."""
        key = column.collate(self.collation) if self.collation else column
        bounds = [key > self.after] if self.after is not None else []
        bounds += [key <= self.until] if self.until is not None else []
        today: ColumnElement[bool] = and_(column.not_in(select(customer_alias.c.alias)), *bounds)
        if not self.before:
            return today
        merged: ColumnElement[bool] = column.in_(bindparam(None, list(self.before), expanding=True, literal_execute=True))
        return or_(today, merged)


@dataclass
class Portion(Generic[T]):
    """One portion of the customers; `common` is what every portion needs, made once, `last` says that no other one follows."""

    customers: Customers
    common: T
    last: bool
    _gathered: list[pd.DataFrame] = field(default_factory=list)

    def total(self, rows: pd.DataFrame, by: Sequence[str], *, exact: Sequence[str] = ()) -> pd.DataFrame | None:
        """Add a portion's sums by cell to those of the portions before; all of them where this is the last one, else None.

        `exact` columns are money in whole ten-thousandths, and stay so.
        """
        parts = [part for part in (*self._gathered, rows) if len(part)]
        if len(parts) > 1:
            sums = pd.concat(parts, ignore_index=True).groupby(list(by), as_index=False)[_sums(parts[0], by)].sum()
            parts = [sums.assign(**{name: (sums[name] * UNIT).round() / UNIT for name in exact})]
        self._gathered[:] = parts
        return (parts[0] if parts else rows) if self.last else None


def _sums(rows: pd.DataFrame, by: Sequence[str]) -> list[str]:
    return [name for name in rows.columns if name not in by]


def by_customers(
    column: Column[Any], when: Callable[[Change], bool], common: Callable[[Connection, Room], T]
) -> Grain[Portion[T]]:
    """Counted all at once `when` a change can tell another story, in portions of the customers in a column.

    `common` makes what every portion needs to know of all of them.
    """

    def batches(connection: Connection, room: Room) -> Iterator[Portion[T]]:
        needed = common(connection, room)
        portions, gathered = list(portioned(connection, column)), list[pd.DataFrame]()
        for number, customers in enumerate(portions, 1):
            yield Portion(customers, needed, number == len(portions), gathered)

    return Grain("portions of the customers", lambda change: EVERYTHING if when(change) else None, batches)


def portioned(connection: Connection, column: Column[Any]) -> Iterator[Customers]:
    """Everybody, so many of those in a column together as may be; merged customers with those whom they are now."""
    collation = "C" if connection.dialect.name == "postgresql" else None
    known = aliases(connection)
    bounds = [None, *_bounds(connection, column, collation), None]
    for after, until in pairwise(bounds):
        before = (
            alias for alias, today in known.items() if (after is None or today > after) and (until is None or today <= until)
        )
        yield Customers(after, until, tuple(sorted(before)), collation)


def _bounds(connection: Connection, column: Column[Any], collation: str | None) -> list[str]:
    """Every so manieth customer in the order of the letters' codes, which is Python's too."""
    each = select(column.label("customer")).where(column.is_not(None)).distinct().subquery()
    key = each.c.customer.collate(collation) if collation else each.c.customer
    numbered = select(each.c.customer, func.row_number().over(order_by=key).label("number")).subquery()
    chosen = select(numbered.c.customer).where(numbered.c.number % CUSTOMERS_AT_ONCE == 0).order_by(numbered.c.number)
    return list(connection.scalars(chosen))
