"""Contacts that follow each other, causes, and voices of customers, as the load would have left them."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, insert

from tests.metrics.given import at, loaded
from wallboard.store import schema


def functions(connection: Connection) -> None:
    """Care meets customers, the store and the bank do not, the carrier is a supplier that does not."""
    rows = (("care", "Care", True, False), ("store", "Store", False, False), ("bank", "Bank", False, False),
            ("carrier", "Carrier", False, True))  # fmt: skip
    names = ("function", "name", "customer_facing", "outsourced")
    loaded(connection, schema.function, *(dict(zip(names, row, strict=True)) for row in rows))


def repeats(connection: Connection, day: date, issue_type: str, firsts: int, returned: int, again: int = 0, **other: Any) -> None:
    """What a day's contacts about a kind came to, counted with a window of seven days."""
    fields: dict[str, Any] = {"perimeter": "north", "window_days": 7, "unknown": 0, "merged": 0} | other
    counts = {"firsts": firsts, "returned": returned, "repeats": again, "contacts": firsts + again + fields["unknown"]}
    connection.execute(insert(schema.contact_repeat_day).values(day=day, issue_type=issue_type, **fields, **counts))


def traced(connection: Connection, month: date, handled_by: str, cause: str, contacts: int, **other: Any) -> None:
    """Contacts of a month that one function heard and one caused, each costing 5."""
    fields = {"perimeter": "north", "complaint": True, "cost": 5.0 * contacts, "uncosted": 0, "with_words": contacts}
    values = {"month": month, "handled_by": handled_by, "cause": cause, "contacts": contacts, **fields, **other}
    connection.execute(insert(schema.cause_month).values(**values))


def left(connection: Connection, month: date, cause: str, customers: int, value: float, unknown: int = 0, **other: Any) -> None:
    """Customers who left in a month soon after a complaint that a function had caused."""
    values = {"month": month, "perimeter": "north", "cause": cause, "customers": customers, "value": value, **other}
    connection.execute(insert(schema.cause_loss_month).values(value_unknown=unknown, **values))


def add_voices(connection: Connection, *rows: dict[str, Any]) -> None:
    """Voices with words."""
    plain = {
        "kind": "ticket", "channel": "phone", "perimeter": "north", "complaint": True, "customer": None, "stage": None,
        "touchpoint": None, "issue_type": None, "language": "en", "handled_by": None, "cause": None, "relayed_by": None,
    }  # fmt: skip
    loaded(connection, schema.voice, *({**plain, "occurred_at": at(row["day"]), **row} for row in rows))
