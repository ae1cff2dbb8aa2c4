"""Handoffs with daily facts, studies and their reviews, attendances, entries of the log: as load and room leave them."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from tests.metrics.given import at, loaded
from wallboard.store import schema

WAITS = {"shop-to-store": 12.0, "store-to-carrier": 24.0, "care-to-bank": None}


def functions(connection: Connection) -> None:
    """Those that hand on to each other, as far as they are not there yet."""
    there = set(connection.scalars(select(schema.function.c.function)))
    rows = (("shop", "Shop", True, False), ("store", "Store", False, False), ("carrier", "Carrier", True, True),
            ("care", "Care", True, False), ("bank", "Bank", False, False))  # fmt: skip
    names = ("function", "name", "customer_facing", "outsourced")
    loaded(connection, schema.function, *(dict(zip(names, row, strict=True)) for row in rows if row[0] not in there))


def handoffs(connection: Connection) -> None:
    """Shop to store at the site, store to carrier and care to bank at the parcel; the last one says no longest wait."""
    functions(connection)
    plain = {"needs": "the address", "what": "an order"}
    rows = (("shop-to-store", "site", "shop", "store"), ("store-to-carrier", "parcel", "store", "carrier"),
            ("care-to-bank", "hotline", "care", "bank"))  # fmt: skip
    named = [dict(zip(("handoff", "touchpoint", "from_function", "to_function"), row, strict=True)) for row in rows]
    loaded(connection, schema.handoff, *({**plain, **row, "max_wait_hours": WAITS[row["handoff"]]} for row in named))


def passed(connection: Connection, day: date, handoff: str, known_on: Any = None, **counts: Any) -> None:
    """What became known of a day's cases on one day (on the same, unless told otherwise)."""
    none = dict.fromkeys(("handed", "taken", "in_time", "late", "complete", "complete_known", "returned"), 0) | {
        "wait_hours": 0.0
    }
    where = {"day": day, "known_on": known_on or day, "perimeter": "north", "handoff": handoff}
    connection.execute(insert(schema.handoff_day).values(**none | where | counts))


def studies(connection: Connection, *rows: Mapping[str, Any]) -> None:
    plain = {"method": "Talks", "n": 12, "summary": "They wait for a word.", "stage": None}
    loaded(connection, schema.research, *({"title": row["study"].title(), **plain, **row} for row in rows))


def user(connection: Connection, login: str = "fay", role: str = "facilitator") -> int:
    """The number of a user, who is added where there is none of that name."""
    known = connection.scalar(select(schema.user_account.c.id).where(schema.user_account.c.login == login))
    if known is not None:
        return int(known)
    fields = {"login": login, "name": login.title(), "role": role, "password": "", "added_at": at(date(2025, 1, 1))}
    return int(connection.execute(insert(schema.user_account).values(**fields).returning(schema.user_account.c.id)).scalar_one())


def reviewed(connection: Connection, study: str, when: datetime, words: str = "We watch it.") -> None:
    fields = {"study": study, "at": when, "words": words, "actor": user(connection)}
    connection.execute(insert(schema.research_review).values(**fields))


def attendance(connection: Connection, day: date, perimeter: str = "north") -> None:
    """Somebody recorded who was present at noon of a day."""
    fields = {"at": at(day), "day": day, "perimeter": perimeter, "actor": user(connection)}
    connection.execute(insert(schema.attendance).values(**fields))


def wrote(connection: Connection, when: datetime, words: str, stage: str | None = None) -> None:
    fields = {"at": when, "day": when.date(), "words": words, "stage": stage, "actor": user(connection)}
    connection.execute(insert(schema.learning).values(**fields))


def tried(connection: Connection, when: datetime, outcome: str = "done", task: str = "return") -> None:
    """Somebody tried to send something back, at the parcel."""
    fields: dict[str, Any]
    known = connection.scalar(select(schema.task.c.task).where(schema.task.c.task == task))
    if known is None:
        fields = {"task": task, "touchpoint": "parcel", "title": "Send it back", "kind": "steps", "steps": "Find the form"}
        loaded(connection, schema.task, {**fields, "path": None, "address": None, "customer_seconds": 60.0, "customer_n": 9})
    fields = {"task": task, "started_at": when, "ended_at": when, "outcome": outcome, "errors": 0, "filled": 0, "fields": 0}
    connection.execute(insert(schema.attempt).values(**fields, actor=user(connection)))


def everything(connection: Connection, last: date) -> None:
    """Something of each, for the measures that must show something of a full store."""
    handoffs(connection)
    for handoff in WAITS:
        passed(connection, last.replace(day=3), handoff, handed=12, taken=11, wait_hours=40.0, in_time=9, late=3, returned=2)
    studies(connection, {"study": "talks", "finished_on": date(2026, 6, 1)}, {"study": "visits", "finished_on": last})
    reviewed(connection, "talks", at(date(2026, 6, 9)))
    attendance(connection, date(2026, 6, 8))
    wrote(connection, at(date(2026, 6, 10)), "They look for a knife first.", "receive")
    tried(connection, at(date(2026, 6, 11)), "gave up")


def later(connection: Connection, day: date, moment: datetime) -> None:
    """What becomes known after an instant: cases that came back, a study, a review, an attendance, a lesson, an attempt."""
    for handoff in WAITS:
        passed(connection, day - timedelta(days=20), handoff, day, returned=3, handed=1)
    studies(connection, {"study": f"after {day}", "finished_on": day})
    reviewed(connection, "visits", moment)
    attendance(connection, moment.date())
    wrote(connection, moment, "Learned later.")
    tried(connection, moment)
