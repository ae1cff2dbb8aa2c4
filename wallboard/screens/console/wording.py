"""Steps, gates and verdicts in the words of people."""

from datetime import timedelta

from wallboard.errors import RoomError
from wallboard.lifecycle.escalation import Rung
from wallboard.lifecycle.gates import next_gate
from wallboard.lifecycle.life import Life, Step
from wallboard.screens.console.desk import Desk

STEPS = {
    "admitted": "Admitted to the room",
    "owned": "One person answers for it",
    "joined": "Somebody else works on it too",
    "alleviation": "What is done now",
    "alleviated": "It has been alleviated",
    "limit": "What stands in the way",
    "action": "The next step towards a cure",
    "done": "A planned step has been taken",
    "decided": "Decided in the room",
    "reversed": "The decision was taken back",
    "answered": "Our answer, in the customer’s words",
    "presented": "Presented to the customer",
    "accepted": "The customer accepted it",
    "refused": "The customer did not accept it",
    "closed": "It is over",
    "reopened": "Reopened",
    "escalated": "Moved up the ladder",
    "cause": "The cause",
    "acknowledged": "The cause is acknowledged",
}

GATES = {
    "owned": ("One person answers for it", "one name, not a department", "nobody answers for it yet"),
    "alleviation": ("Alleviate now", "what is done, by whom, until when", "nothing is done for the customer yet"),
    "decided": ("Decide in the room", "by people who have the mandate", "the room has not decided yet"),
    "answered": ("Our answer, in the customer’s words", "without our own lingo", "an answer is due"),
    "presented": ("Present it to the customer", "how, to whom", "the customer has not seen the answer yet"),
    "accepted": ("The customer’s reaction", "only with a yes is it over", "awaiting the customer’s answer"),
}
"""By gate: how it is called, what it takes, and where an issue stands that waits before it."""

LOCKED = {
    "alleviation": "First somebody must answer for it.",
    "decided": "Golden rule 2: first say what is done now to alleviate it.",
    "answered": "Golden rule 3: first the people in the room decide.",
    "presented": "Golden rule 4: first there must be an answer in the customer’s words.",
    "accepted": "Golden rule 5: first the customer must have been shown the answer.",
}

VERDICTS = {
    "admitted": "Admitted: it is an issue of the room.",
    "not from a customer": "Not from a customer: no words and no recording of one. Golden rule 1: others are not considered.",
    "single function": "One function can solve it alone: it goes into that function’s own improvement.",
    "trivial": "It has no effect on the customer’s satisfaction.",
    "duplicate": "The room has it already.",
    "out of perimeter": "It belongs to another part of the business.",
}
EFFECTS = {
    "strong": "strong: customers leave or tell others",
    "some": "some: customers are annoyed",
    "none": "none that we know of",
}
KINDS = {
    "interview": "an interview",
    "call": "a call",
    "survey": "a survey",
    "ticket": "a ticket",
    "review": "a review",
    "post": "a post",
}


def sentence(refusal: RoomError) -> str:
    """A refusal as a sentence that stands for itself; it names what it is about, unless that is the room."""
    said = refusal.what if refusal.where == "the room" else f"{refusal.where}: {refusal.what}"
    return f"{said[:1].upper()}{said[1:]} {refusal.remedy}".strip()


def standing(life: Life) -> str:
    """Where an issue stands, in a few words."""
    gate = next_gate(life)
    if gate is None:
        return "accepted by the customer"
    if gate == "answered" and life.of("refused", "reopened"):
        return "the customer did not accept; a new answer is due"
    return GATES[gate][2]


def says(step: Step, desk: Desk) -> str:
    """What one step says, in one line and without anybody's own note."""
    names = desk.names
    said: dict[str, list[str | None]] = {
        "owned": [names.name(step.member)],
        "joined": [names.name(step.member), names.function(step.function)],
        "alleviation": [step.words, names.name(step.member), _until(step, desk)],
        "action": [step.words, names.name(step.member), _until(step, desk)],
        "presented": [step.how, f"to {step.to_whom}"],
        "escalated": [f"to level {step.level}", step.words],
        "cause": [step.words, f"caused in {names.function(step.function)}"],
    }
    return " · ".join(part for part in said.get(step.kind, [step.words]) if part)


def _until(step: Step, desk: Desk) -> str | None:
    return f"until {desk.day(step.due_on)}" if step.due_on else None


def due_words(here: Rung, desk: Desk) -> str:
    """That an issue must move up the ladder, since when, and who decides there."""
    since, ladder = desk.day(here.until + timedelta(days=1)), desk.settings.escalation
    if here.level >= len(ladder):
        return f"escalation due since {since}: at the top, {here.decides} must decide"
    above = ladder[here.level]
    return f"escalation due since {since}: to level {here.level + 1}, {above.name}"


def who_may(kind: str, desk: Desk) -> str:
    """Who may take a step, for somebody who may not."""
    roles = [f"a {role}" if role != "president" else "the president" for role in desk.may.get(kind, ())]
    listed = f"{', '.join(roles[:-1])} or {roles[-1]}" if len(roles) > 1 else "".join(roles) or "nobody"
    return f"{listed[:1].upper()}{listed[1:]} does this. You are signed in as {desk.me.name}, {desk.me.role}."
