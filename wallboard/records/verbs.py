"""What people do with an issue, from naming who answers for it until the customer has accepted the answer."""

from datetime import date

from sqlalchemy import insert

from wallboard.errors import RuleRefused
from wallboard.records.acting import Acting, needed
from wallboard.records.jargon import Reading
from wallboard.records.steps import life, take, unmoved
from wallboard.store.schema import decided_on, impact, sitting, sitting_member


def own(act: Acting, issue: int, seen: int, member: int) -> int:
    """One person answers for it from now on."""
    return take(act, issue, "owned", seen, member=member)


def join(act: Acting, issue: int, seen: int, member: int, function: str | None = None) -> int:
    """Somebody else works on it too."""
    return take(act, issue, "joined", seen, member=member, function=function)


def alleviate(act: Acting, issue: int, seen: int, what: str, member: int, due_on: date) -> int:
    """Golden rule 2: what is done now for the customer, by whom, until when (14 days at most)."""
    return take(act, issue, "alleviation", seen, words=needed("what is done now", what), member=member, due_on=due_on)


def alleviated(act: Acting, issue: int, seen: int, note: str | None = None) -> int:
    """It has been alleviated for the customer."""
    return take(act, issue, "alleviated", seen, note=note)


def limit(act: Acting, issue: int, seen: int, why_not: str) -> int:
    """What stands in the way, as context; only beside an alleviation."""
    return take(act, issue, "limit", seen, words=needed("what stands in the way", why_not))


def plan(act: Acting, issue: int, seen: int, what: str, member: int, due_on: date) -> int:
    """The next step towards a lasting cure, by whom, until when."""
    return take(act, issue, "action", seen, words=needed("the next step", what), member=member, due_on=due_on)


def done(act: Acting, issue: int, seen: int, action: int, note: str | None = None) -> int:
    """A planned step has been taken."""
    return take(act, issue, "done", seen, action, note=note)


def sit(act: Acting, perimeter: str, present: tuple[int, ...]) -> int:
    """Open a sitting with the people who are in the room; returns its number."""
    said = {"at": act.at, "day": act.day(perimeter), "perimeter": perimeter, "actor": act.actor}
    number = int(act.connection.execute(insert(sitting).values(**said).returning(sitting.c.id)).scalar_one())
    for one in sorted(set(present)):
        act.connection.execute(insert(sitting_member).values(sitting=number, member=one))
    act.audited("sitting", number, "opened", None, {**said, "present": sorted(set(present))})
    return number


def decide(
    act: Acting,
    issue: int,
    seen: int,
    what: str,
    implications: str,
    sitting: int,
    touched: dict[str, str],
    figures: dict[str, tuple[float | None, str]] | None = None,
) -> int:
    """Golden rule 3: the room decides; `touched` says what it does at each touchpoint, `figures` what was known then.

    For each affected function somebody with its mandate sits in the room; the numbers are kept as they are now.
    """
    unmoved(act.connection, issue, seen)
    words = needed("the decision", what)
    meant = needed("what it means for others", implications)
    for one, effect in touched.items():
        said = needed("what it does there", effect)
        act.connection.execute(insert(impact).values(issue=issue, seq=seen + 1, touchpoint=one, effect=said))
    for figure, (value, shown) in (figures or {}).items():
        act.connection.execute(insert(decided_on).values(issue=issue, seq=seen + 1, figure=figure, value=value, said=shown))
    return take(act, issue, "decided", seen, words=words, implications=meant, sitting=sitting)


def reverse(act: Acting, issue: int, seen: int, decision: int, why: str) -> int:
    """Take a decision back, with the reason; it stays in the store and is counted."""
    return take(act, issue, "reversed", seen, decision, words=needed("the reason", why))


def answer(act: Acting, issue: int, seen: int, text: str, read: Reading, internal: str | None = None) -> int:
    """Golden rule 4: the answer in the customer's terms, and apart from it what we note for ourselves."""
    words = needed("the answer", text)
    return take(act, issue, "answered", seen, words=words, note=internal, jargon=len(read.hits), ease=read.ease)


def present(act: Acting, issue: int, seen: int, how: str, to_whom: str) -> int:
    """Golden rule 5: the customer has been shown the answer."""
    shown, customer = needed("how it was presented", how), needed("to whom", to_whom)
    return take(act, issue, "presented", seen, how=shown, to_whom=customer)


def react(act: Acting, issue: int, seen: int, words: str, accepted: bool | None) -> int:
    """The customer's words to the answer, and yes or no: yes closes the issue, no reopens it."""
    if accepted is None:
        raise RuleRefused("the customer's answer", "says neither yes nor no.", "Ask the customer.")
    said = needed("the customer's words", words)
    seq = take(act, issue, "accepted" if accepted else "refused", seen, words=said)
    return take(act, issue, "closed", seq) if accepted else seq


def reopen(act: Acting, issue: int, seen: int, words: str) -> int:
    """The customer comes back after all, in the customer's words."""
    return take(act, issue, "reopened", seen, words=needed("the customer's words", words))


def escalate(act: Acting, issue: int, seen: int, level: int, why: str) -> int:
    """Move an issue to another level of the ladder, with the reason."""
    levels = len(act.settings.escalation)
    if not 1 <= level <= levels:
        raise RuleRefused("level", f"{level} is none.", f"The ladder has the levels 1 to {levels}.")
    if life(act.connection, issue).level == level:
        raise RuleRefused("level", f"it is at level {level} already.", "")
    return take(act, issue, "escalated", seen, level=level, words=needed("the reason", why))


def name_cause(act: Acting, issue: int, seen: int, what: str, function: str) -> int:
    """The root cause, and the function that causes it; it must acknowledge."""
    return take(act, issue, "cause", seen, words=needed("the cause", what), function=needed("the function", function))


def acknowledge(act: Acting, issue: int, seen: int, cause: int) -> int:
    """Somebody of the causing function says: yes, that is us."""
    return take(act, issue, "acknowledged", seen, cause)
