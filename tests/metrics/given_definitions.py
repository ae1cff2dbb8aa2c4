"""Definitions, targets and actions in words, as the loaders would have written them."""

from datetime import date
from typing import Any

from sqlalchemy import Connection

from tests.metrics import given
from wallboard.store import schema


def people(connection: Connection, **names: str) -> None:
    """People by key."""
    given.loaded(connection, schema.employee, *({"employee": key, "name": name, "function": None} for key, name in names.items()))


def defined(connection: Connection, metric: str, version: int, valid_from: date, **fields: Any) -> None:
    """One version of one figure; a priority, unless told otherwise."""
    plain = {"name": None, "definition": None, "formula": None, "owner": None, "owner_body": None, "priority": True}
    row = {"metric": metric, "version": version, "valid_from": valid_from, **plain, **fields}
    given.loaded(connection, schema.metric_definition, row)


def aimed(connection: Connection, metric: str, applies_to: str, valid_from: date, value: float) -> None:
    """A target; '' is the whole company."""
    row = {"metric": metric, "applies_to": applies_to, "valid_from": valid_from, "value": value, "set_by": None}
    given.loaded(connection, schema.target, row)


def done(connection: Connection, subject: str, since: date, what: str, **fields: Any) -> None:
    """Something that is done about a figure."""
    plain = dict.fromkeys(
        ("perimeter", "stage", "why", "quotation", "owner", "due_on", "done_on", "outcome", "presented_on", "value", "basis")
    )
    row = {"about": "metric", "subject": subject, "since": since, "what": what, "currency": "EUR", **plain, **fields}
    given.loaded(connection, schema.action, row)
