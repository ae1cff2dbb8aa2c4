"""Contracts whose end was asked for, and what is done about customers."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection

from tests.metrics import given
from wallboard.loaders.counting.cohorts import cohorts
from wallboard.loaders.counting.events import read_events
from wallboard.loaders.facts.winbacks import returns
from wallboard.store import schema
from wallboard.store.write import insert_rows


def people(connection: Connection) -> None:
    """Two who answer for customers."""
    given.loaded(
        connection, schema.employee, *({"employee": key, "name": name} for key, name in (("bo", "Bo Lind"), ("cy", "Cy Moss")))
    )


def listed(connection: Connection, *rows: Mapping[str, Any]) -> None:
    """Customers as the CRM lists them."""
    plain = {"perimeter": "north", "name": None, "kind": "B2C", "test_account": False}
    given.loaded(connection, schema.customer, *({**plain, **row} for row in rows))


def contracts(connection: Connection, *rows: Mapping[str, Any]) -> None:
    """Contracts; at least a customer."""
    plain = {
        "contract": None, "perimeter": "north", "started_on": date(2025, 1, 1), "ended_on": None, "cancel_requested_on": None,
        "annual_value": 100.0, "currency": "EUR", "reason": None, "reason_source": None, "reason_words": None,
    }  # fmt: skip
    given.loaded(connection, schema.contract, *({**plain, **row} for row in rows))


def actions(connection: Connection, *rows: Mapping[str, Any]) -> None:
    """Actions about a customer; at least a subject, since when, and what."""
    plain = {
        "about": "customer", "perimeter": None, "why": None, "quotation": None, "owner": "bo", "due_on": None, "done_on": None,
        "outcome": None, "currency": "GBP",
    }  # fmt: skip
    given.loaded(connection, schema.action, *({**plain, **row} for row in rows))


def counted(connection: Connection) -> None:
    """The facts that the load makes of the ledger."""
    events, turns = read_events(connection), read_events(connection, "lost", "won back")
    for table, rows in ((schema.retention_month, cohorts(events)), (schema.winback_month, returns(turns))):
        connection.execute(table.delete())
        insert_rows(connection, table, rows)
