"""How any fact by day is brought up to date: the days a load has touched are counted again, others stay."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, Table, delete, insert, literal_column, true

NOT_SAID: Any = literal_column("''")
"""An empty text, written out: PostgreSQL takes two parameters for two different groupings."""

MANY = 500
"""Beyond so many days it is quicker to count everything again."""

Within = Callable[[Any], ColumnElement[bool]]
"""Gives the condition that a column of days lies among the touched ones."""


def recount(connection: Connection, fact: Table, days: Iterable[date], *counted: Callable[[Within], Select[Any]]) -> None:
    """Replace the rows of `fact` on `days` by what each of `counted` selects for them, its columns named as the fact's."""
    touched = sorted(days)
    if not touched:
        return
    within = _anywhere if len(touched) > MANY else _among(touched)
    connection.execute(delete(fact).where(within(next(iter(fact.primary_key.columns)))))
    for count in counted:
        statement = count(within)
        connection.execute(insert(fact).from_select([c.name for c in statement.selected_columns], statement))


def dates(values: "pd.Series[Any]") -> set[date]:
    """The days in a column of days."""
    return {value.date() for value in pd.to_datetime(values)}


def _anywhere(_column: object) -> ColumnElement[bool]:
    return true()


def _among(touched: list[date]) -> Within:
    return lambda column: column.in_(touched)
