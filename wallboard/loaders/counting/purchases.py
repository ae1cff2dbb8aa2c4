"""Purchases as facts are made of them: of real customers, in the room's money; from memory where a load brought them all."""

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, func, select

from wallboard.loaders.counting.aliases import aliases, merged
from wallboard.loaders.counting.declared import Change
from wallboard.loaders.counting.money import converted, in_room_money
from wallboard.loaders.counting.portions import Customers
from wallboard.settings import Room
from wallboard.store.portions import in_portions
from wallboard.store.schema import customer, purchase
from wallboard.store.write import read_frame

MANY = 20_000
"""Beyond so many customers it is quicker to read everybody's purchases."""

_P = purchase.c
WHO = ["customer", "perimeter"]


def real(column: Any) -> ColumnElement[bool]:
    """The customer in `column` is no test account."""
    outside: ColumnElement[bool] = column.not_in(select(customer.c.customer).where(customer.c.test_account))
    return outside


def brought(change: Change) -> pd.DataFrame | None:
    """All purchases, where this load has brought all there are: customer, perimeter, day, order_key, value."""
    return change.once("purchases", _brought) if change.written.first and change.table is purchase else None


def _brought(change: Change) -> pd.DataFrame:
    connection, written, room = change.connection, change.written, change.room
    lines = written.new[[*WHO, "day", "order_key"]]
    lines = lines.assign(value=converted(connection, room, written.new["amount"], written.new["currency"]))
    tests = connection.scalars(select(customer.c.customer).where(customer.c.test_account)).all()
    lines = lines[~lines["customer"].isin(tests)]
    lines = lines.assign(customer=merged(lines["customer"], aliases(connection)))
    return lines.astype(dict.fromkeys((*WHO, "order_key"), "category"))


def purchase_days(
    connection: Connection,
    lines: pd.DataFrame | None,
    touched: list[str] | Customers | None,
    room: Room,
    since: date | None = None,
) -> pd.DataFrame:
    """What each customer bought by day: customer, perimeter, day, value, and how many lines have none (unpriced)."""
    if lines is not None:
        unpriced = lines["value"].isna().astype("int64")
        grouped = lines.assign(unpriced=unpriced).groupby([*WHO, "day"], observed=True, as_index=False)
        return grouped[["value", "unpriced"]].sum().astype(dict.fromkeys(WHO, "str"))
    amount = in_room_money(connection, room, _P.amount, _P.currency)
    sums_of = (func.sum(amount).label("value"), (func.count() - func.count(amount)).label("unpriced"))
    by = (_P.customer, _P.perimeter, _P.day)
    chosen = select(*by, *sums_of).where(real(_P.customer)).group_by(*by)
    if since is not None:
        chosen = chosen.where(_P.day >= since)
    if isinstance(touched, Customers):
        chosen = chosen.where(touched.are(_P.customer))
    if touched is None or isinstance(touched, Customers):
        purchases = read_frame(connection, chosen)
    else:
        purchases = pd.concat([read_frame(connection, chosen.where(_P.customer.in_(some))) for some in in_portions(touched)])
    known = aliases(connection)
    if not known:
        return purchases
    purchases = purchases.assign(customer=merged(purchases["customer"], known))
    return purchases.groupby([*WHO, "day"], as_index=False).agg(value=("value", summed), unpriced=("unpriced", "sum"))


def summed(values: "pd.Series[Any]") -> object:
    """The sum of what is known; missing where nothing is."""
    return values.sum(min_count=1)
