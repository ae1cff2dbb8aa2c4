"""An initiative of the company or of one department: started, continued after a review, stopped with a reason."""

from dataclasses import dataclass
from functools import cached_property

from wallboard.lifecycle.forms import Form, Words, form_field
from wallboard.lifecycle.history import History, RecordStep
from wallboard.lifecycle.kinds import Kinds, StepKind
from wallboard.lifecycle.roles import LEADS, WORKS

STARTED = StepKind(kind="started", follows=None, may=WORKS, title="Started", missing="there is no such initiative.")


class Continue(Form):
    """Why an initiative goes on."""

    words: Words = form_field("text", "Why does it go on?", "the reason")


CONTINUED = StepKind(
    kind="continued",
    verb="continue-initiative",
    follows="started",
    says=("words",),
    may=LEADS,
    form=Continue,
    button="Continue it",
    done="It goes on, with the reason.",
    title="Continued",
)


class Stop(Form):
    """Why an initiative ends."""

    words: Words = form_field("text", "Why is it stopped?", "the reason", "it stays on the room’s record")


STOPPED = StepKind(
    kind="stopped",
    verb="stop-initiative",
    follows="started",
    says=("words",),
    once=True,
    may=LEADS,
    form=Stop,
    button="Stop it",
    done="Stopped, with the reason.",
    title="Stopped",
)

STEPS = Kinds(STARTED, CONTINUED, STOPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeStep(RecordStep):
    """One step in the life of an initiative."""

    initiative: int


@dataclass(frozen=True)
class InitiativeLife(History[InitiativeStep]):
    """All steps of one initiative, oldest first."""

    @cached_property
    def stopped(self) -> InitiativeStep | None:
        """The step by which it was stopped; None while it runs."""
        return self.newest("stopped")
