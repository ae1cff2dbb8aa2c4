"""Contacts with their cost, unit costs, improvements and meetings, as the loaders would have written them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, insert, update

from tests.metrics.given import loaded, weeks_of_voices
from wallboard.store import schema


def reason_stages(connection: Connection, **stages: str) -> None:
    """The stage in which each reason lies."""
    for reason, stage in stages.items():
        connection.execute(update(schema.reason).where(schema.reason.c.reason == reason).values(stage=stage))


def contacts(connection: Connection, month: date, issue_type: str, number: int, each: float | None, **other: Any) -> None:
    """Contacts of a month, each costing `each`, or without a unit cost; ten minutes of the customer's time where costed."""
    plain = {"perimeter": "north", "stage": "", "touchpoint": "", "complaint": True}
    fields = {"contacts": number, "cost": (each or 0.0) * number, "uncosted": number if each is None else 0}
    minutes = {"minutes": 0.0 if each is None else 10.0 * number, "untimed": number if each is None else 0}
    values = {**plain, "month": month, "issue_type": issue_type, **fields, **minutes, **other}
    connection.execute(insert(schema.contact_month).values(**values))


def add_voices(connection: Connection, day: date, perimeter: str = "north") -> None:
    """The first thing anybody said, a complaint, and the newest, which is none."""
    places = {"stage": "", "touchpoint": "", "issue_type": "", "channel": "phone", "perimeter": perimeter}
    first, newest = {"day": day, "complaints": 1}, {"day": max(day, date(2026, 6, 29)), "complaints": 0}
    voices = [first, newest] if newest["day"] != day else [first]
    connection.execute(insert(schema.voice_day), [{**places, "voices": 1, "with_words": 0, **values} for values in voices])
    weeks_of_voices(connection)


def unit_costs(connection: Connection, *rows: Mapping[str, Any]) -> None:
    plain = {"perimeter": None, "currency": "EUR", "customer_minutes": None, "basis": "time sheets"}
    loaded(connection, schema.unit_cost, *({**plain, **row} for row in rows))


def improvements(connection: Connection, *rows: Mapping[str, Any]) -> None:
    """Improvements about a stage unless told otherwise, begun in January."""
    plain = {
        "about": "stage", "subject": "receive", "perimeter": None, "stage": None, "why": None, "quotation": None, "what": "Boxes",
        "owner": None, "since": date(2026, 1, 5), "due_on": None, "done_on": None, "outcome": None, "presented_on": None,
        "value": None, "currency": "EUR", "basis": None,
    }  # fmt: skip
    loaded(connection, schema.action, *({**plain, **row} for row in rows))


def meetings(connection: Connection, *days: tuple[date, date | None], **other: Any) -> None:
    """Planned on, held on."""
    plain = {"kind": "monthly", "perimeter": None} | other
    loaded(connection, schema.meeting, *({**plain, "planned_on": planned, "held_on": held} for planned, held in days))
