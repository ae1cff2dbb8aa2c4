"""Verdicts, kinds of evidence and steps in the words of people."""

from datetime import timedelta

from wallboard.lifecycle.escalation import Rung
from wallboard.lifecycle.life import Step
from wallboard.screens.console.page_context import PageContext

VERDICTS = {
    "admitted": "Admitted: it is an issue of the room.",
    "not from a customer": "Not from a customer: no customer’s words and no recording. Golden rule 1: others are not considered.",
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


def says(step: Step, page: PageContext) -> str:
    """What one step says, in one line and without anybody's own note."""
    names = page.names
    wordings: dict[str, list[str | None]] = {
        "owned": [names.name(step.user_id)],
        "joined": [names.name(step.user_id), names.function(step.function)],
        "alleviation": [step.words, names.name(step.user_id), _until(step, page)],
        "action": [step.words, names.name(step.user_id), _until(step, page)],
        "presented": [step.how, f"to {step.to_whom}"],
        "escalated": [f"to level {step.level}", step.words],
        "cause": [step.words, f"caused in {names.function(step.function)}"],
    }
    return " · ".join(part for part in wordings.get(step.kind, [step.words]) if part)


def _until(step: Step, page: PageContext) -> str | None:
    return f"until {page.day(step.due_on)}" if step.due_on else None


def due_words(here: Rung, page: PageContext) -> str:
    """That an issue must move up the ladder, since when, and who decides there."""
    since, ladder = page.day(here.until + timedelta(days=1)), page.settings.escalation
    if here.level >= len(ladder):
        return f"escalation due since {since}: at the top, {here.decides} must decide"
    above = ladder[here.level]
    return f"escalation due since {since}: to level {here.level + 1}, {above.name}"


def who_may(kind: str, page: PageContext) -> str:
    """Who may take a step, for somebody who may not."""
    roles = [f"a {role}" if role != "president" else "the president" for role in page.may.get(kind, ())]
    listed = f"{', '.join(roles[:-1])} or {roles[-1]}" if len(roles) > 1 else "".join(roles) or "nobody"
    return f"{listed[:1].upper()}{listed[1:]} does this. You are signed in as {page.me.name}, {page.me.role}."
