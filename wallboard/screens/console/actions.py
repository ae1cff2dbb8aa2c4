"""What a form of the console does: every verb with the fields that it reads, and what the person is told afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

from wallboard.errors import RuleRefused
from wallboard.records import verbs
from wallboard.records.acting import Acting, needed
from wallboard.records.desk import one_issue
from wallboard.records.jargon import read_answer
from wallboard.records.members import find, may
from wallboard.records.relay import judge
from wallboard.records.sittings import sat
from wallboard.screens.console.figures import known_now
from wallboard.screens.console.relaying import relayed
from wallboard.screens.console.sent import Sent


@dataclass(frozen=True)
class Done:
    """What was done, in a sentence, and where the person goes next; None for the same place."""

    said: str
    to: str | None = None


Action = Callable[[Acting, int, Sent], Done]


def _own(act: Acting, issue: int, sent: Sent) -> Done:
    verbs.own(act, issue, sent.seen, sent.number("member", "who answers for it"))
    return Done("Written down: one person answers for it.")


def _join(act: Acting, issue: int, sent: Sent) -> Done:
    verbs.join(act, issue, sent.seen, sent.number("member", "who works on it"), sent.text("function"))
    return Done("Written down.")


def _alleviate(act: Acting, issue: int, sent: Sent) -> Done:
    who, until = sent.number("member", "who does it"), sent.day("due_on", "until when")
    verbs.alleviate(act, issue, sent.seen, sent.text("words") or "", who, until)
    return Done("Written down: this is done now.")


def _alleviated(act: Acting, issue: int, sent: Sent) -> Done:
    verbs.alleviated(act, issue, sent.seen, sent.text("note"))
    return Done("Written down: it has been alleviated.")


def _limit(act: Acting, issue: int, sent: Sent) -> Done:
    verbs.limit(act, issue, sent.seen, sent.text("words") or "")
    return Done("Written down, beside what is done now.")


def _plan(act: Acting, issue: int, sent: Sent) -> Done:
    who, until = sent.number("member", "who does it"), sent.day("due_on", "until when")
    verbs.plan(act, issue, sent.seen, sent.text("words") or "", who, until)
    return Done("Written down: the next step.")


def _done(act: Acting, issue: int, sent: Sent) -> Done:
    verbs.done(act, issue, sent.seen, sent.number("refers", "which step"), sent.text("note"))
    return Done("Written down: done.")


def _decide(act: Acting, issue: int, sent: Sent) -> Done:
    """The people who are in the room, their decision, and the numbers as they are at this moment."""
    told = one_issue(act.connection, issue)
    present = tuple(int(one) for one in sent.chosen("present") if one.isascii() and one.isdigit() and len(one) < 10)
    if not present:
        raise RuleRefused("who is in the room", "nobody has been chosen.", "Tick everybody who sits in the room.")
    figures = known_now(act.connection, act.settings, act.day(told.perimeter), told)
    what, meant = sent.text("words") or "", sent.text("implications") or ""
    sitting = sat(act, told.perimeter, present)
    verbs.decide(act, issue, sent.seen, what, meant, sitting, _touched(sent), figures)
    return Done("The room has decided.")


def _touched(sent: Sent) -> dict[str, str]:
    """The touchpoints that were named, with what it does there."""
    found: dict[str, str] = {}
    for row in sent.chosen("touchpoint"):
        place, effect = sent.short(f"touchpoint.{row}", "the touchpoint", 60), sent.text(f"effect.{row}")
        if place is None and effect is not None:
            raise RuleRefused("which touchpoint", "has not been chosen.", f"Choose where it does this: {effect[:60]}")
        if place is not None:
            found[place] = effect or ""
    return found


def _reverse(act: Acting, issue: int, sent: Sent) -> Done:
    verbs.reverse(act, issue, sent.seen, sent.number("refers", "which decision"), sent.text("words") or "")
    return Done("Taken back, with the reason; it stays in the room’s memory.")


def _answer(act: Acting, issue: int, sent: Sent) -> Done:
    text = sent.text("words") or ""
    needed("the answer", text)
    read = read_answer(act.connection, text, act.settings.locale)
    verbs.answer(act, issue, sent.seen, text, read, sent.text("note"))
    return Done("Written down: the answer, as the customer will read it.")


def _present(act: Acting, issue: int, sent: Sent) -> Done:
    verbs.present(act, issue, sent.seen, sent.text("how") or "", sent.text("to_whom") or "")
    return Done("Written down. Now it waits for the customer’s answer.")


def _react(act: Acting, issue: int, sent: Sent) -> Done:
    accepted = {"yes": True, "no": False}.get(sent.text("accepted") or "")
    verbs.react(act, issue, sent.seen, sent.text("words") or "", accepted)
    return Done("The customer has accepted it: it is over." if accepted else "Written down. It is open again.")


def _reopen(act: Acting, issue: int, sent: Sent) -> Done:
    verbs.reopen(act, issue, sent.seen, sent.text("words") or "")
    return Done("It is open again, in the customer’s words.")


def _escalate(act: Acting, issue: int, sent: Sent) -> Done:
    verbs.escalate(act, issue, sent.seen, sent.number("level", "level"), sent.text("words") or "")
    return Done("Moved on the ladder.")


def _cause(act: Acting, issue: int, sent: Sent) -> Done:
    verbs.name_cause(act, issue, sent.seen, sent.text("words") or "", sent.text("function") or "")
    return Done("Written down. The causing function has to acknowledge it.")


def _acknowledge(act: Acting, issue: int, sent: Sent) -> Done:
    verbs.acknowledge(act, issue, sent.seen, sent.number("refers", "which cause"))
    return Done("Acknowledged.")


def _judge(act: Acting, intake: int, sent: Sent) -> Done:
    if not may(act.connection, find(act.connection, act.actor or 0), "judged"):
        raise RuleRefused("the room", "Only a facilitator, a leader or the president judges what was relayed.", "")
    made = judge(act, intake, sent.text("verdict") or "", sent.text("why"))
    return Done(f"Admitted as issue {made}.", f"/room/issue/{made}") if made else Done("The relayer sees what you said.")


def _relay(act: Acting, _none: int, sent: Sent) -> Done:
    number, verdict = relayed(act, sent)
    said = "The room will say what becomes of it." if verdict is None else "Kept and counted."
    return Done(f"Relayed. {said}", f"/room/relayed/{number}")


ACTIONS: MappingProxyType[str, Action] = MappingProxyType(
    {
        "own": _own, "join": _join, "alleviate": _alleviate, "alleviated": _alleviated, "limit": _limit, "plan": _plan,
        "done": _done, "decide": _decide, "reverse": _reverse, "answer": _answer, "present": _present, "react": _react,
        "reopen": _reopen, "escalate": _escalate, "cause": _cause, "acknowledge": _acknowledge, "judge": _judge, "relay": _relay,
    }
)  # fmt: skip
"""Every verb of the console; `judge` is about an intake, `relay` about nothing yet, all others about an issue."""
