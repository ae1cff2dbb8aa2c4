"""What customers must do, and attempts at it, as the loader and the room would have written them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from tests.metrics.given import loaded
from wallboard.store.schema import attempt, task, user_account

JUNE = datetime(2026, 6, 20, 10, tzinfo=UTC)


def steps(connection: Connection, key: str = "ask", touchpoint: str = "parcel", **fields: Any) -> None:
    """A task of two steps that took 212 customers 11 minutes."""
    timed = {"customer_seconds": 660.0, "customer_n": 212, "measured_on": date(2026, 5, 20)}
    plain = {"title": "Ask for your money back", "kind": "steps", "steps": "Ring\nWait", "path": None, "address": None}
    loaded(connection, task, {"task": key, "touchpoint": touchpoint, **plain, **timed, **fields})


def someone(connection: Connection, login: str = "ana") -> int:
    """A leader of the room."""
    known = connection.scalar(select(user_account.c.id).where(user_account.c.login == login))
    if known is not None:
        return int(known)
    fields = {"login": login, "name": login.title(), "role": "leader", "password": "", "added_at": JUNE - timedelta(days=90)}
    return int(connection.execute(insert(user_account).values(**fields).returning(user_account.c.id)).scalar_one())


def tried(
    connection: Connection, seconds: float, outcome: str = "done", key: str = "ask", ended: datetime = JUNE, **fields: Any
) -> None:
    """One attempt that ended at an instant."""
    counts = {"errors": 0, "filled": 1, "fields": 2, "words": None}
    times = {"started_at": ended - timedelta(seconds=seconds), "ended_at": ended}
    who = someone(connection, fields.pop("by", "ana"))
    connection.execute(insert(attempt).values(task=key, actor=who, outcome=outcome, **times, **{**counts, **fields}))
