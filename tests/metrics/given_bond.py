"""Behaviours, what was counted of them, referrals, and customers at a month's end: what loaders would have written."""

from datetime import date

from sqlalchemy import Connection, insert

from tests.metrics import given
from wallboard.store import schema


def behaviours(connection: Connection, *names: str, key: bool = True, compared_with: str = "month before") -> None:
    """Behaviours in the order of a list, called by their names in capitals."""
    plain = {"unit": "times", "is_key": key, "grows_at": 0.1, "compared_with": compared_with}
    given.loaded(connection, schema.behaviour, *({"behaviour": name, "name": name.capitalize(), **plain} for name in names))


def counted(
    connection: Connection,
    name: str,
    month: date,
    *counts: int,
    perimeter: str = "north",
    group: str = "",
    base: int | None = None,
) -> None:
    """Growing, stable, declining and new customers; and the active base, their sum unless told otherwise."""
    place = {"month": month, "perimeter": perimeter, "customer_group": group}
    kinds = dict(zip(("growing", "stable", "declining", "new"), counts, strict=True))
    connection.execute(insert(schema.behaviour_month).values(**place, behaviour=name, **kinds))
    active(connection, month, sum(counts) if base is None else base, perimeter=perimeter, group=group)


def active(connection: Connection, month: date, customers: int, perimeter: str = "north", group: str = "") -> None:
    """Customers at the end of a month, once for each cell."""
    table = schema.customer_month
    cell = {"month": month, "perimeter": perimeter, "customer_group": group}
    connection.execute(table.delete().where(*(table.c[name] == value for name, value in cell.items())))
    connection.execute(insert(table).values(**cell, active=customers, value=0.0, value_unknown=0))


def sent(
    connection: Connection, month: date, referrers: int, referred: int, converted: int, months: int = 12, group: str = "",
    perimeter: str = "north",
) -> None:  # fmt: skip
    """What came of referrals in a window."""
    place = {"month": month, "months": months, "perimeter": perimeter, "customer_group": group}
    counts = {"referrers": referrers, "referred": referred, "converted": converted, "value": converted * 100.0}
    connection.execute(insert(schema.referral_month).values(**place, **counts))
