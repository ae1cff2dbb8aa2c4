"""Steps in the life of an issue: one row each, in order, each by somebody; where the issue stands follows from them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from wallboard.errors import Changed, NotFound, RuleRefused
from wallboard.records.acting import Acting, checked
from wallboard.store import standing
from wallboard.store.schema import issue, issue_step, member
from wallboard.store.schema.issues import FOLLOWS

_SAID = ("words", "note", "implications", "how", "to_whom", "function")


@dataclass(frozen=True)
class Step:
    """One step as it stands in the store, with the name of whoever took it."""

    issue: int
    seq: int
    kind: str
    at: datetime
    day: date
    actor: int
    by: str
    refers: int | None
    words: str | None
    note: str | None
    implications: str | None
    member: int | None
    function: str | None
    due_on: date | None
    how: str | None
    to_whom: str | None
    level: int | None
    sitting: int | None
    jargon: int | None
    ease: float | None


@dataclass(frozen=True)
class Life:
    """All steps of one issue, oldest first."""

    steps: tuple[Step, ...]

    @property
    def seq(self) -> int:
        """The number of the newest step: what a person has seen when looking at it now."""
        return self.steps[-1].seq if self.steps else 0

    @property
    def status(self) -> str:
        """The kind of step at which it stands."""
        return standing.status(self.steps)

    @property
    def owner(self) -> int | None:
        """Who answers for it now."""
        owned = self.of("owned")
        return owned[-1].member if owned else None

    @property
    def level(self) -> int:
        """Where it is on the ladder of escalation."""
        moved = self.of("escalated")
        return moved[-1].level or 1 if moved else 1

    def of(self, *kinds: str) -> list[Step]:
        """The steps of some kinds."""
        return standing.of(self.steps, *kinds)

    def newest(self, *kinds: str) -> Step | None:
        """The newest step of some kinds that nothing has undone."""
        return standing.newest(self.steps, *kinds)

    @property
    def answer(self) -> Step | None:
        """The newest answer that the customer has not turned down and whose decision stands."""
        return standing.answer(self.steps)

    @property
    def shown(self) -> Step | None:
        """The step by which the customer was shown the standing answer."""
        return standing.shown(self.steps)

    def since(self, seq: int) -> list[Step]:
        """What has happened after a step."""
        return [step for step in self.steps if step.seq > seq]


def life(connection: Connection, number: int) -> Life:
    """The life of an issue; raises NotFound."""
    names = [column for column in Step.__dataclass_fields__ if column not in ("by",)]
    columns = [issue_step.c[name] for name in names]
    chosen = select(*columns, member.c.name.label("by")).join(member, member.c.id == issue_step.c.actor)
    rows = connection.execute(chosen.where(issue_step.c.issue == number).order_by(issue_step.c.seq)).mappings().all()
    if not rows and connection.scalar(select(issue.c.id).where(issue.c.id == number)) is None:
        raise NotFound("issue", f"there is no number {number}.", "Choose one of the list.")
    return Life(tuple(Step(**row) for row in rows))


def unmoved(connection: Connection, number: int, seen: int) -> Life:
    """The life of an issue that stands at step `seen`; raises Changed, with what has happened since, where it does not."""
    told = life(connection, number)
    if told.seq != seen:
        raise Changed("this issue", _meanwhile(told.since(seen)), "Look at it, and decide again: nothing of yours is lost.")
    return told


def take(act: Acting, number: int, kind: str, seen: int, refers: int | None = None, **says: Any) -> int:
    """Take one step; `seen` is the newest step that the person has seen. Returns the new step's number.

    Refers to the step that makes it possible, the newest of its kind where none is named. Raises Changed where somebody has moved
    the issue since, with what changed; RuleRefused with the sentence of the rule.
    """
    told = unmoved(act.connection, number, seen)
    before = _before(told, kind, refers)
    perimeter = act.connection.scalar(select(issue.c.perimeter).where(issue.c.id == number))
    values: dict[str, Any] = {name: checked(name, says.get(name)) for name in _SAID}
    values |= {name: value for name, value in says.items() if name not in _SAID}
    if before is not None:
        values |= {"refers": before.seq, "refers_kind": before.kind, "refers_at": before.at}
    row = {"issue": number, "seq": seen + 1, "kind": kind, "at": act.at, "day": act.day(perimeter or ""), "actor": act.actor}
    act.connection.execute(insert(issue_step).values(**row, **values))
    became = {name: value for name, value in (row | values).items() if value is not None}
    act.audited("issue_step", number, kind, {"status": told.status, "seq": told.seq} if told.steps else None, became)
    return seen + 1


def _before(told: Life, kind: str, refers: int | None) -> Step | None:
    """The step that this one refers to; raises RuleRefused where there is none."""
    if kind not in FOLLOWS:
        raise RuleRefused("step", f"'{kind}' is none.", "")
    if not FOLLOWS[kind]:
        return None
    if refers is None:
        found = told.newest(*FOLLOWS[kind])
    else:
        found = next((step for step in told.of(*FOLLOWS[kind]) if step.seq == refers), None)
    if found is None:
        raise RuleRefused("the room", _MISSING.get(FOLLOWS[kind][0], "something has to happen before."), "")
    return found


_MISSING = {
    "admitted": "the issue has not been admitted.",
    "owned": "nobody answers for it yet. Name one accountable person first.",
    "alleviation": "golden rule 2: say first what is done now to alleviate it, by whom and until when.",
    "decided": "golden rule 3: the room has not decided yet, or has reversed what it decided.",
    "answered": "there is no answer in the customer's words yet.",
    "presented": "golden rule 5: the customer has not been shown an answer yet.",
    "accepted": "golden rule 5: only the customer's acceptance closes an issue.",
    "closed": "it is not closed.",
    "action": "there is no such action.",
    "cause": "no cause has been named.",
}


def _meanwhile(steps: Sequence[Step]) -> str:
    return f"has changed since you looked: {'; '.join(_told(steps))}." if steps else "is not as you saw it."


def _told(steps: Sequence[Step]) -> Iterator[str]:
    for step in steps:
        yield f"{step.by}: {step.kind}" + (f", “{step.words[:80]}”" if step.words else "")
