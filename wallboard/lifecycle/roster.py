"""A commitment of the whole company: an opportunity on the roster, with one target measure and a sponsor, until it leaves it.

Every kind of step once, and what follows from the steps of one roster item.
"""

from dataclasses import dataclass
from functools import cached_property

from wallboard.lifecycle.forms import Form, Note, Number, Words, form_field
from wallboard.lifecycle.history import History, RecordStep
from wallboard.lifecycle.kinds import Kinds, StepKind
from wallboard.lifecycle.roles import LEADS, WORKS

SELECTED = StepKind(
    kind="selected", follows=None, may=LEADS, title="Put on the roster", missing="it does not stand on the roster."
)


class Sponsor(Form):
    """Who sponsors it from now on."""

    user_id: Number = form_field("user", "Who sponsors it from now on?", "the sponsor")


SPONSORED = StepKind(
    kind="sponsored",
    verb="sponsor",
    follows="selected",
    says=("user_id",),
    may=LEADS,
    form=Sponsor,
    button="Change the sponsor",
    done="The sponsor has changed.",
    title="Another sponsor",
)


class Barrier(Form):
    """What stands in the way, who can move it, and what can be done."""

    words: Words = form_field("text", "What stands in the way?", "what stands in the way")
    how: Words = form_field("line", "Who or what blocks it?", "who blocks it")
    note: Note = form_field("text", "What can be done about it?")


BARRIER = StepKind(
    kind="barrier",
    verb="barrier",
    follows="selected",
    says=("words", "how"),
    may=WORKS,
    form=Barrier,
    button="Name a barrier",
    hint="Only people who work in this room see barriers: they appear on no wall and to no guest.",
    done="Written down. It appears on no wall.",
    title="Barrier",
    missing="there is no such barrier.",
)


class Unblock(Form):
    """How a barrier was removed."""

    refers: Number = form_field("step", about="which barrier")
    words: Words = form_field("line", "How was it removed?", "how it was removed")


UNBLOCKED = StepKind(
    kind="unblocked",
    verb="unblock",
    follows="barrier",
    says=("words",),
    once=True,
    may=WORKS,
    form=Unblock,
    button="The barrier has been removed",
    done="The barrier has been removed.",
    title="Barrier removed",
)


class Remove(Form):
    """Why an item leaves the roster."""

    words: Words = form_field("text", "Why does it leave the roster?", "the reason", "its place becomes free")


REMOVED = StepKind(
    kind="removed",
    verb="remove-item",
    follows="selected",
    says=("words",),
    once=True,
    may=LEADS,
    form=Remove,
    button="Take it off the roster",
    done="Off the roster, with the reason. Its place is free.",
    title="Taken off the roster",
)

STEPS = Kinds(SELECTED, SPONSORED, BARRIER, UNBLOCKED, REMOVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterStep(RecordStep):
    """One step in the life of a roster item."""

    roster_item: int


@dataclass(frozen=True)
class RosterLife(History[RosterStep]):
    """All steps of one roster item, oldest first."""

    @cached_property
    def removed(self) -> RosterStep | None:
        """The step by which it left the roster; None while it stands there."""
        return self.newest("removed")

    @property
    def sponsor(self) -> int | None:
        """Whoever sponsors it by a later step than the first; None while that is whom it was given to."""
        step = self.newest("sponsored")
        return step.user_id if step else None

    @property
    def barriers(self) -> list[RosterStep]:
        """What stands in the way and has not been removed."""
        gone = {step.refers for step in self.of("unblocked")}
        return [step for step in self.of("barrier") if step.seq not in gone]
