"""Steps in the life of an issue, a session or a commitment: one row each, in order, each by somebody."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, String, insert, select

from wallboard.errors import Changed, NotFound, RuleRefused
from wallboard.lifecycle.history import AnyStep, History, RecordStep
from wallboard.lifecycle.kinds import Kinds
from wallboard.lifecycle.life import Life
from wallboard.records.acting import Acting, checked
from wallboard.store.lives import lives
from wallboard.store.schema import ISSUE_STEPS, issue
from wallboard.store.schema.steps import Steps


class MovedOn(Changed):
    """Somebody else has taken a step meanwhile; `since` are the steps that the person has not seen, `seq` is the newest."""

    def __init__(self, what: str, history: History[AnyStep], seen: int, kinds: Kinds) -> None:
        self.since: Sequence[RecordStep] = history.since(seen)
        self.seq, self.kinds = history.seq, kinds
        meanwhile = f"has changed since you looked: {'; '.join(map(_sentence, self.since))}."
        why = meanwhile if self.since else "is not as you saw it."
        super().__init__(what, why, "Look at it, and decide again: nothing of yours is lost.")


def _sentence(step: RecordStep) -> str:
    return f"{step.by}: {step.kind}" + (f", “{step.words[:80]}”" if step.words else "")


def life(connection: Connection, number: int) -> Life:
    """The life of an issue; raises NotFound."""
    history = lives(connection, [number]).get(number)
    if history is None and connection.scalar(select(issue.c.id).where(issue.c.id == number)) is None:
        raise NotFound("issue", f"there is no number {number}.", "Choose one from the list.")
    return history or Life()


def unmoved(connection: Connection, number: int, seen: int) -> Life:
    """The life of an issue that stands at step `seen`; raises Changed, with what has happened since, where it does not."""
    history = life(connection, number)
    as_seen(history, seen, "this issue", ISSUE_STEPS.kinds)
    return history


def as_seen(history: History[AnyStep], seen: int, what: str, kinds: Kinds) -> None:
    """Raises MovedOn where a record stands no more at the step that a person has seen."""
    if history.seq != seen:
        raise MovedOn(what, history, seen, kinds)


def take(act: Acting, number: int, kind: str, seen: int, refers: int | None = None, **says: object) -> int:
    """Take one step of an issue; `seen` is the newest step that the person has seen. Returns the new step's number.

    Refers to the step that makes it possible, the newest of its kind where none is named. Raises Changed where somebody has moved
    the issue since, with what changed; RuleRefused with the sentence of the rule.
    """
    history = unmoved(act.connection, number, seen)
    perimeter = act.connection.scalar(select(issue.c.perimeter).where(issue.c.id == number))
    return write_step(act, ISSUE_STEPS, number, history, kind, act.day(perimeter or ""), refers, status=history.status, **says)


def write_step(
    act: Acting,
    steps: Steps,
    number: int,
    history: History[AnyStep],
    kind: str,
    day: date,
    refers: int | None = None,
    status: str | None = None,
    **says: Any,
) -> int:
    """Add a step to the history of a record, and audit it; `status` is how the record stood before. Returns the step's number."""
    before = _before(steps.kinds, history, kind, refers)
    texts = {name for name in says if isinstance(steps.table.c[name].type, String)}
    values: dict[str, Any] = {name: checked(name, says[name]) if name in texts else value for name, value in says.items()}
    if before is not None:
        values |= {"refers": before.seq, "refers_kind": before.kind, "refers_at": before.at}
    row = {steps.record: number, "seq": history.seq + 1, "kind": kind, "at": act.at, "day": day, "actor": act.actor}
    act.connection.execute(insert(steps.table).values(**row, **values))
    became = {name: value for name, value in (row | values).items() if value is not None}
    act.audited(steps.table.name, number, kind, {"status": status, "seq": history.seq} if history.steps else None, became)
    return history.seq + 1


def _before(kinds: Kinds, history: History[AnyStep], kind: str, refers: int | None) -> AnyStep | None:
    """The step that this one refers to; raises RuleRefused where there is none."""
    if kind not in kinds:
        raise RuleRefused("step", f"'{kind}' is not known.", "")
    follows = kinds[kind].follows
    if follows is None:
        return None
    named = (step for step in history.of(follows) if step.seq == refers)
    before = history.newest(follows) if refers is None else next(named, None)
    if before is None:
        raise RuleRefused("the room", kinds[follows].missing, "")
    return before
