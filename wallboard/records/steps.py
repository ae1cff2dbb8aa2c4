"""Steps in the life of an issue: one row each, in order, each by somebody; where the issue stands follows from them."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, insert, select

from wallboard.errors import Changed, NotFound, RuleRefused
from wallboard.lifecycle.life import Life, Step
from wallboard.lifecycle.steps import KINDS
from wallboard.records.acting import Acting, checked
from wallboard.store.lives import lives
from wallboard.store.schema import issue, issue_step

_TEXTS = ("words", "note", "implications", "how", "to_whom", "function")


def life(connection: Connection, number: int) -> Life:
    """The life of an issue; raises NotFound."""
    history = lives(connection, [number]).get(number)
    if history is None and connection.scalar(select(issue.c.id).where(issue.c.id == number)) is None:
        raise NotFound("issue", f"there is no number {number}.", "Choose one from the list.")
    return history or Life()


def unmoved(connection: Connection, number: int, seen: int) -> Life:
    """The life of an issue that stands at step `seen`; raises Changed, with what has happened since, where it does not."""
    history = life(connection, number)
    if history.seq != seen:
        raise Changed("this issue", _meanwhile(history.since(seen)), "Look at it, and decide again: nothing of yours is lost.")
    return history


def take(act: Acting, number: int, kind: str, seen: int, refers: int | None = None, **says: Any) -> int:
    """Take one step; `seen` is the newest step that the person has seen. Returns the new step's number.

    Refers to the step that makes it possible, the newest of its kind where none is named. Raises Changed where somebody has moved
    the issue since, with what changed; RuleRefused with the sentence of the rule.
    """
    history = unmoved(act.connection, number, seen)
    before = _before(history, kind, refers)
    perimeter = act.connection.scalar(select(issue.c.perimeter).where(issue.c.id == number))
    values: dict[str, Any] = {name: checked(name, says.get(name)) for name in _TEXTS}
    values |= {name: value for name, value in says.items() if name not in _TEXTS}
    if before is not None:
        values |= {"refers": before.seq, "refers_kind": before.kind, "refers_at": before.at}
    row = {"issue": number, "seq": seen + 1, "kind": kind, "at": act.at, "day": act.day(perimeter or ""), "actor": act.actor}
    act.connection.execute(insert(issue_step).values(**row, **values))
    became = {name: value for name, value in (row | values).items() if value is not None}
    act.audited("issue_step", number, kind, {"status": history.status, "seq": history.seq} if history.steps else None, became)
    return seen + 1


def _before(history: Life, kind: str, refers: int | None) -> Step | None:
    """The step that this one refers to; raises RuleRefused where there is none."""
    if kind not in KINDS:
        raise RuleRefused("step", f"'{kind}' is not known.", "")
    follows = KINDS[kind].follows
    if follows is None:
        return None
    named = (step for step in history.of(follows) if step.seq == refers)
    before = history.newest(follows) if refers is None else next(named, None)
    if before is None:
        raise RuleRefused("the room", KINDS[follows].missing, "")
    return before


def _meanwhile(steps: Sequence[Step]) -> str:
    return f"has changed since you looked: {'; '.join(_sentences(steps))}." if steps else "is not as you saw it."


def _sentences(steps: Sequence[Step]) -> Iterator[str]:
    for step in steps:
        yield f"{step.by}: {step.kind}" + (f", “{step.words[:80]}”" if step.words else "")
