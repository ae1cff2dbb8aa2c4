"""A commitment: who does what by when; reported on until it is done, with what was done and how, or dropped with a reason."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from wallboard.lifecycle.forms import Form, Words, form_field
from wallboard.lifecycle.history import History, RecordStep
from wallboard.lifecycle.kinds import Kinds, StepKind
from wallboard.lifecycle.roles import LEADS, WORKS

PROMISED = StepKind(kind="promised", follows=None, may=WORKS, title="Promised", missing="there is no such commitment.")


class Progress(Form):
    """How far it is."""

    words: Words = form_field("text", "What has been done so far?", "what has been done")


PROGRESSED = StepKind(
    kind="progressed",
    verb="progress",
    follows="promised",
    says=("words",),
    may=WORKS,
    form=Progress,
    button="Report on it",
    done="Reported. It stays on the agenda until it is done.",
    title="Reported on",
)


class Fulfil(Form):
    """What was done, and how."""

    words: Words = form_field("text", "What was done?", "what was done")
    how: Words = form_field("text", "How was it done?", "how it was done", "so that others can do it too")


FULFILLED = StepKind(
    kind="fulfilled",
    verb="fulfil",
    follows="promised",
    says=("words", "how"),
    once=True,
    may=WORKS,
    form=Fulfil,
    button="It is done",
    done="Done: the ledger shows what and how.",
    title="Done",
)


class Drop(Form):
    """Why a commitment holds no more."""

    words: Words = form_field("text", "Why is it dropped?", "the reason", "it stays in the ledger")


DROPPED = StepKind(
    kind="dropped",
    verb="drop",
    follows="promised",
    says=("words",),
    once=True,
    may=LEADS,
    form=Drop,
    button="Drop it",
    done="Dropped, with the reason; it stays in the ledger.",
    title="Dropped",
)

STEPS = Kinds(PROMISED, PROGRESSED, FULFILLED, DROPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentStep(RecordStep):
    """One step in the life of a commitment."""

    commitment: int
    room_session: int | None = None


@dataclass(frozen=True)
class CommitmentLife(History[CommitmentStep]):
    """All steps of one commitment, oldest first."""

    @cached_property
    def over(self) -> CommitmentStep | None:
        """The step by which it was done or dropped; None while it is open."""
        return self.newest("fulfilled", "dropped")

    def state(self, due_on: date, today: date) -> str:
        """How it stands on a day: done, done late, dropped, overdue or open."""
        if self.over is None:
            return "overdue" if today > due_on else "open"
        if self.over.kind == "dropped":
            return "dropped"
        return "done" if self.over.day <= due_on else "done late"
