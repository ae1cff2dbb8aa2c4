"""An item of a session's agenda: listed, begun, with notes, finished, or put off; what was not reached moves on by itself."""

from dataclasses import dataclass
from functools import cached_property

from wallboard.lifecycle.forms import Form, Note, Words, form_field
from wallboard.lifecycle.history import History, RecordStep
from wallboard.lifecycle.kinds import Kinds, StepKind
from wallboard.lifecycle.roles import LEADS, WORKS

LISTED = StepKind(kind="listed", follows=None, may=WORKS, title="On the agenda", missing="there is no such item.")


class Open(Form):
    """That an item begins."""


OPENED = StepKind(
    kind="opened",
    verb="open-item",
    follows="listed",
    once=True,
    may=LEADS,
    form=Open,
    button="Begin this item",
    done="The item has begun; its clock runs.",
    title="Begun",
    missing="this item has not begun.",
)


class Minute(Form):
    """What was said about an item."""

    words: Words = form_field("text", "What was said?", "the note", "it goes into the minutes")


MINUTED = StepKind(
    kind="minuted",
    verb="minute-item",
    follows="opened",
    says=("words",),
    may=WORKS,
    form=Minute,
    button="Write it down",
    done="Written into the minutes.",
    title="Noted",
)


class Finish(Form):
    """What an item came to."""

    words: Note = form_field("line", "What did it come to?", hint="decision, information or work")


FINISHED = StepKind(
    kind="finished",
    verb="finish-item",
    follows="opened",
    once=True,
    may=LEADS,
    form=Finish,
    button="Finish this item",
    done="Finished.",
    title="Finished",
)


class Defer(Form):
    """Why an item is put off."""

    words: Words = form_field("line", "Why is it put off?", "the reason")


DEFERRED = StepKind(
    kind="deferred",
    verb="defer-item",
    follows="listed",
    says=("words",),
    once=True,
    may=LEADS,
    form=Defer,
    button="Put it off",
    done="Put off: it moves to the agenda of the next session.",
    title="Put off",
)

STEPS = Kinds(LISTED, OPENED, MINUTED, FINISHED, DEFERRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaStep(RecordStep):
    """One step in the life of an item."""

    agenda_item: int


@dataclass(frozen=True)
class AgendaLife(History[AgendaStep]):
    """All steps of one item, oldest first."""

    @cached_property
    def status(self) -> str:
        """How it stands: to come, begun, finished or put off."""
        names = {"deferred": "put off", "finished": "finished", "opened": "begun"}
        return next((status for kind, status in names.items() if self.of(kind)), "to come")

    @property
    def minutes(self) -> int | None:
        """Whole minutes that it took; None while it has not been finished."""
        opened, finished = self.newest("opened"), self.newest("finished", "deferred")
        return round((finished.at - opened.at).total_seconds() / 60) if opened and finished else None
