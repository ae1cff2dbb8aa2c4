"""What people do with an issue, from naming who answers for it until the customer has accepted the answer.

Every verb takes one step of the kind that wallboard.lifecycle.steps declares. Some do more than that: they stand here in full.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert

from wallboard.errors import RuleRefused
from wallboard.lifecycle.forms import Form
from wallboard.lifecycle.kinds import StepKind
from wallboard.lifecycle.steps import KINDS
from wallboard.records.acting import Acting, needed
from wallboard.records.jargon import Reading
from wallboard.records.steps import life, take, unmoved
from wallboard.store.schema import attendance, attendee, decided_on, impact


def take_form(act: Acting, kind: StepKind, issue: int, seen: int, form: Form, **beside: object) -> int:
    """Take a step that says what a form says, and what the room adds `beside`; returns the new step's number."""
    values = form.model_dump() | beside
    return take(act, issue, kind.kind, seen, values.pop("refers", None), **values)


@dataclass(frozen=True)
class Verb:
    """A verb that takes its step and does nothing else: called with the values of its form, in order or by name."""

    name: str

    def __call__(self, act: Acting, issue: int, seen: int, *values: Any, **fields: Any) -> int:
        """Take the step; `seen` is the newest step that the person has seen. Returns the new step's number."""
        kind = KINDS.verb(self.name)
        form = _form(kind)
        return take_form(act, kind, issue, seen, form.read(dict(zip(form.model_fields, values, strict=False)) | fields))


def _form(kind: StepKind) -> type[Form]:
    if kind.form is None:
        raise RuleRefused("step", f"'{kind.kind}' is taken along with another one.", "")
    return kind.form


own, join, plan, done = Verb("own"), Verb("join"), Verb("plan"), Verb("done")
alleviate, alleviated, limit = Verb("alleviate"), Verb("alleviated"), Verb("limit")
present, reopen, reverse = Verb("present"), Verb("reopen"), Verb("reverse")
name_cause, acknowledge = Verb("cause"), Verb("acknowledge")


def record_attendance(act: Acting, perimeter: str, present: tuple[int, ...]) -> int:
    """Record who is present in the room; returns the number of that attendance."""
    values = {"at": act.at, "day": act.day(perimeter), "perimeter": perimeter, "actor": act.actor}
    number = int(act.connection.execute(insert(attendance).values(**values).returning(attendance.c.id)).scalar_one())
    for user in sorted(set(present)):
        act.connection.execute(insert(attendee).values(attendance=number, user_id=user))
    act.audited("attendance", number, "opened", None, {**values, "present": sorted(set(present))})
    return number


def decide(
    act: Acting,
    issue: int,
    seen: int,
    words: str,
    implications: str,
    attendance: int,
    touched: dict[str, str],
    numbers: dict[str, tuple[float | None, str]] | None = None,
) -> int:
    """Golden rule 3: the room decides; `touched` says what it does at each touchpoint, `numbers` what was known then.

    For each affected function somebody with its mandate is present; the numbers are kept as they are now.
    """
    kind = KINDS.verb("decide")
    unmoved(act.connection, issue, seen)
    form = _form(kind).read({"words": words, "implications": implications})
    for touchpoint, effect in touched.items():
        wording = needed("what it does there", effect)
        act.connection.execute(insert(impact).values(issue=issue, seq=seen + 1, touchpoint=touchpoint, effect=wording))
    for metric, (value, shown) in (numbers or {}).items():
        act.connection.execute(insert(decided_on).values(issue=issue, seq=seen + 1, metric=metric, value=value, value_text=shown))
    return take_form(act, kind, issue, seen, form, attendance=attendance)


def answer(act: Acting, issue: int, seen: int, words: str, read: Reading, internal: str | None = None) -> int:
    """Golden rule 4: the answer in the customer's terms, and apart from it what we note for ourselves."""
    kind = KINDS.verb("answer")
    form = _form(kind).read({"words": words, "note": internal})
    return take_form(act, kind, issue, seen, form, jargon=len(read.hits), ease=read.ease)


def react(act: Acting, issue: int, seen: int, words: str, accepted: bool | None) -> int:
    """The customer's words to the answer, and yes or no: yes closes the issue, no reopens it."""
    values = _form(KINDS.verb("react")).read({"words": words, "accepted": accepted}).model_dump()
    if not values.pop("accepted"):
        return take(act, issue, "refused", seen, **values)
    return take(act, issue, "closed", take(act, issue, "accepted", seen, **values))


def escalate(act: Acting, issue: int, seen: int, level: int, words: str) -> int:
    """Move an issue to another level of the ladder, with the reason."""
    levels = len(act.settings.escalation)
    if not 1 <= level <= levels:
        raise RuleRefused("level", f"{level} does not exist.", f"The ladder has the levels 1 to {levels}.")
    if life(act.connection, issue).level == level:
        raise RuleRefused("level", f"it is at level {level} already.", "")
    kind = KINDS.verb("escalate")
    return take_form(act, kind, issue, seen, _form(kind).read({"level": level, "words": words}))
