"""Trying what customers must do: who, how long by the room's own clock, what went wrong, and whether it was given up."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select

from wallboard.errors import NotFound, RuleRefused
from wallboard.records.acting import Acting, checked
from wallboard.store.schema import attempt, task, user_account
from wallboard.store.schema.walk import OUTCOMES

LONGEST = timedelta(hours=12)
"""Whoever began longer ago has gone home in between."""

MOST = 100_000
"""Errors, or fields, of one attempt at most."""


_SLACK = timedelta(seconds=2)
"""A watch and a clock never quite agree."""


@dataclass(frozen=True)
class Tried:
    """How an attempt went; `filled` of `fields` are the fields of a form, or the steps that could be done."""

    outcome: str
    errors: int
    filled: int
    fields: int
    words: str | None = None


def begun(connection: Connection, task_key: str, actor: int, at: datetime) -> str:
    """What the browser keeps of the beginning and gives back at the end; only the room can write it."""
    return f"{at.isoformat()}|{_signed(connection, task_key, actor, at.isoformat())}"


def attempted(act: Acting, task_key: str, began: str, tried: Tried, took: float = 0.0) -> int:
    """Keep one attempt from its beginning until now; returns its number, the same one where it is kept already.

    `took` are the seconds by a watch of the server: in a room that is replayed as of an instant the clock stands still.
    Where the clock was set back meanwhile, it began now. Raises RuleRefused where the beginning is not one that the room has
    written for this person and task, or is too long ago.
    """
    if act.connection.execute(select(task.c.task).where(task.c.task == task_key)).first() is None:
        raise NotFound("task", f"'{task_key}' is not in the store.", "Choose another one.")
    started = _started(act, task_key, began)
    if act.at - started + _SLACK < timedelta(seconds=took):
        started = act.at - timedelta(seconds=took)
    there = (attempt.c.task == task_key, attempt.c.actor == act.actor, attempt.c.started_at == started)
    known = act.connection.scalar(select(attempt.c.id).where(*there))
    if known is not None:
        return int(known)
    values = {"task": task_key, "started_at": started, "ended_at": act.at, **_counted(tried)}
    number = act.connection.execute(insert(attempt).values(actor=act.actor, **values).returning(attempt.c.id)).scalar_one()
    act.audited("attempt", number, tried.outcome, None, values)
    return int(number)


def _counted(tried: Tried) -> dict[str, str | int | None]:
    if tried.outcome not in OUTCOMES:
        raise RuleRefused("how it ended", f"'{tried.outcome[:40]}' is none of {', '.join(OUTCOMES)}.", "Say which.")
    counts = {"errors": tried.errors, "filled": tried.filled, "fields": tried.fields}
    if not all(0 <= count <= MOST for count in counts.values()) or tried.filled > tried.fields:
        raise RuleRefused("the attempt", "its counts cannot be.", "Reload the page.")
    return {"outcome": tried.outcome, **counts, "words": checked("what it was like", tried.words)}


def _started(act: Acting, task_key: str, began: str) -> datetime:
    at, _, signed = began.partition("|")
    if act.actor is None or not hmac.compare_digest(signed.encode(), _signed(act.connection, task_key, act.actor, at).encode()):
        raise RuleRefused("the attempt", "the room did not see it begin for you.", "Sign in, then begin again.")
    started = min(datetime.fromisoformat(at), act.at)
    if act.at > started + LONGEST:
        raise RuleRefused("the attempt", "began more than 12 hours ago.", "Begin again.")
    return started


def _signed(connection: Connection, task_key: str, actor: int, at: str) -> str:
    """Signed with what no browser ever sees and a restart does not lose: the user's hashed password."""
    secret = connection.scalar(select(user_account.c.password).where(user_account.c.id == actor)) or ""
    return hmac.digest(secret.encode(), f"{task_key}|{actor}|{at}".encode(), "sha256").hex()
