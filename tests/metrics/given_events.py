"""What happened, as the loaders and the console would have written it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert

from tests.metrics import given
from wallboard.store import schema

_ALL = dict.fromkeys(("perimeter", "stage", "touchpoint", "issue_type", "metric", "ends_on"))


def happened(connection: Connection, starts_on: date, words: str = "It happened", **fields: Any) -> None:
    """An event that a source brought; it concerns all, unless told otherwise."""
    given.loaded(connection, schema.event, {**_ALL, "kind": "release", "starts_on": starts_on, "words": words, **fields})


def recorded(connection: Connection, actor: int, at: datetime, starts_on: date, words: str = "We saw it", **fields: Any) -> int:
    """An event that somebody recorded at an instant; its number."""
    row = {**_ALL, "kind": "other", "at": at, "day": at.date(), "actor": actor, "starts_on": starts_on, "words": words, **fields}
    entry = schema.event_entry
    return int(connection.execute(insert(entry).values(**row).returning(entry.c.id)).scalar_one())


def withdrawn(connection: Connection, entry: int, actor: int, at: datetime) -> None:
    """An entry that was taken back."""
    row = {"entry": entry, "actor": actor, "at": at, "words": "It was another day."}
    connection.execute(insert(schema.event_withdrawal).values(**row))
