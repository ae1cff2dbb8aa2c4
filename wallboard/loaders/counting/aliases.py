"""Customers who were kept under several numbers: merged ones count once, under the number they are kept under now."""

from collections.abc import Iterable

import pandas as pd
from sqlalchemy import Connection, select

from wallboard.store.schema import customer_alias
from wallboard.store.write import Written


def aliases(connection: Connection) -> dict[str, str]:
    """Old number to the number of today, through any chain of merges."""
    a = customer_alias.c
    direct = {row.alias: row.customer for row in connection.execute(select(a.alias, a.customer))}
    return {alias: _followed(alias, direct) for alias in direct}


def _followed(alias: str, direct: dict[str, str]) -> str:
    """The number at the end of a chain of merges; of numbers merged in a circle, the first by name."""
    seen = [alias]
    while (following := direct.get(seen[-1])) is not None:
        if following in seen:
            return min(seen[seen.index(following) :])
        seen.append(following)
    return seen[-1]


def merged(customers: "pd.Series[str]", known: dict[str, str]) -> "pd.Series[str]":
    """The customers under today's numbers."""
    return customers.map(lambda customer: known.get(customer, customer)).astype("str") if known else customers


def numbers_in(written: Written) -> set[str]:
    """The customers that a write speaks of, under the numbers that it names: merged ones under both."""
    return {customer for name in ("customer", "alias") if name in written.new for customer in written.touched(name)}


def everybody_of(connection: Connection, customers: Iterable[str]) -> list[str]:
    """The customers themselves with every number that they have or had."""
    known = aliases(connection)
    today = {known.get(customer, customer) for customer in customers}
    return sorted(today | {alias for alias, customer in known.items() if customer in today})
