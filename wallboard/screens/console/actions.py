"""What a form of the console does: every verb with the fields that it reads, and what the person is told afterwards."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import MappingProxyType

from wallboard.errors import RuleRefused
from wallboard.lifecycle.forms import Form
from wallboard.lifecycle.kinds import StepKind
from wallboard.lifecycle.steps import KINDS
from wallboard.records import verbs
from wallboard.records.acting import Acting, needed
from wallboard.records.attendances import attendance_of
from wallboard.records.issue_views import one_issue
from wallboard.records.jargon import read_answer
from wallboard.records.relay import judge
from wallboard.records.users import find, may
from wallboard.records.verbs import take_form
from wallboard.screens.console.known_numbers import known_now
from wallboard.screens.console.relaying import relayed
from wallboard.screens.console.sent import Sent


@dataclass(frozen=True)
class Done:
    """What was done, in a sentence, and where the person goes next; None for the same place."""

    message: str
    to: str | None = None


Action = Callable[[Acting, int, Sent], Done]
TakeForm = Callable[[Acting, StepKind, int, int, Form], int]
"""Takes a step of a record, by its number and the newest step that was seen."""


def step_action(kind: StepKind, form: type[Form], take_form: TakeForm, to: str | None = None) -> Action:
    """The step of a record itself, as its form says it; `to` is where the person goes next."""

    def take(act: Acting, number: int, sent: Sent) -> Done:
        take_form(act, kind, number, sent.seen, form.read(sent.fields))
        return Done(kind.done, to)

    return take


def step_actions(kinds: Iterable[StepKind], take_form: TakeForm, to: str | None = None) -> dict[str, Action]:
    """The actions of all kinds of step that have a form, by their verbs."""
    return {kind.verb: step_action(kind, kind.form, take_form, to) for kind in kinds if kind.form}


def _decide(act: Acting, issue: int, sent: Sent) -> Done:
    """The people who are in the room, their decision, and the numbers as they are at this moment."""
    view = one_issue(act.connection, issue)
    present = sent.numbers("present")
    if not present:
        raise RuleRefused("who is in the room", "nobody has been chosen.", "Tick everybody who is present.")
    numbers = known_now(act.connection, act.settings, act.day(view.perimeter), view)
    what, meant = sent.text("words") or "", sent.text("implications") or ""
    attendance = attendance_of(act, view.perimeter, present)
    verbs.decide(act, issue, sent.seen, what, meant, attendance, _touched(sent), numbers)
    return Done(KINDS["decided"].done)


def _touched(sent: Sent) -> dict[str, str]:
    """The touchpoints that were named, with what it does there."""
    effects: dict[str, str] = {}
    for row in sent.chosen("touchpoint"):
        place, effect = sent.short(f"touchpoint.{row}", "the touchpoint", 60), sent.text(f"effect.{row}")
        if place is None and effect is not None:
            raise RuleRefused("which touchpoint", "has not been chosen.", f"Choose where it does this: {effect[:60]}")
        if place is not None:
            effects[place] = effect or ""
    return effects


def _answer(act: Acting, issue: int, sent: Sent) -> Done:
    text = needed("the answer", sent.text("words"))
    read = read_answer(act.connection, text, act.settings.locale)
    verbs.answer(act, issue, sent.seen, text, read, sent.text("note"))
    return Done(KINDS["answered"].done)


def _react(act: Acting, issue: int, sent: Sent) -> Done:
    accepted = {"yes": True, "no": False}.get(sent.text("accepted") or "")
    verbs.react(act, issue, sent.seen, sent.text("words") or "", accepted)
    return Done(KINDS["accepted" if accepted else "refused"].done)


def _escalate(act: Acting, issue: int, sent: Sent) -> Done:
    verbs.escalate(act, issue, sent.seen, sent.number("level", "level"), sent.text("words") or "")
    return Done(KINDS["escalated"].done)


def _judge(act: Acting, intake: int, sent: Sent) -> Done:
    if not may(act.connection, find(act.connection, act.actor or 0), "judged"):
        raise RuleRefused("the room", "Only a facilitator, a leader or the president judges what was relayed.", "")
    made = judge(act, intake, sent.text("verdict") or "", sent.text("why"))
    return Done(f"Admitted as issue {made}.", f"/room/issue/{made}") if made else Done("The relayer sees what you said.")


def _relay(act: Acting, _none: int, sent: Sent) -> Done:
    number, verdict = relayed(act, sent)
    message = "The room will say what becomes of it." if verdict is None else "Kept and counted."
    return Done(f"Relayed. {message}", f"/room/relayed/{number}")


_IN_FULL: dict[str, Action] = {"decide": _decide, "answer": _answer, "react": _react, "escalate": _escalate}
"""Verbs that do more than take their step."""

_STEPS = {kind.verb: _IN_FULL.get(kind.verb) or step_action(kind, kind.form, take_form) for kind in KINDS if kind.form}

ACTIONS: MappingProxyType[str, Action] = MappingProxyType({**_STEPS, "judge": _judge, "relay": _relay})
"""Every verb of the console; `judge` is about an intake, `relay` about nothing yet, all others about an issue."""
