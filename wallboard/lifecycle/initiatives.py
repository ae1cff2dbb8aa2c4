"""An initiative of the company or of one department: started, continued after a review, finished, or stopped with a reason."""

from dataclasses import dataclass
from functools import cached_property

from wallboard.lifecycle.forms import Form, Number, Words, YesOrNo, form_field
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


class Finish(Form):
    """What was done, and whether it worked: that it did not is as good an answer."""

    words: Words = form_field("text", "What was done?", "what was done")
    worked: YesOrNo = form_field("choice", "Did it work for customers?", "whether it worked")


FINISHED = StepKind(
    kind="completed",
    verb="finish-initiative",
    follows="started",
    says=("words", "worked"),
    once=True,
    may=WORKS,
    form=Finish,
    button="It is finished",
    hint="The complaints of the last four weeks there are frozen beside those from before it started.",
    done="Finished: it stands in the ledger with before and after.",
    title="Finished",
)

ENDS = ("stopped", "completed")
"""The steps after which an initiative runs no more."""


class Wait(Form):
    """For whom an initiative waits, and for what."""

    user_id: Number = form_field("user", "Who has to act first?", "who has to act first", "also in another department")
    words: Words = form_field("line", "What is it waiting for?", "what it is waiting for")


WAITING = StepKind(
    kind="waiting",
    verb="block-initiative",
    follows="started",
    says=("user_id", "words"),
    may=WORKS,
    form=Wait,
    button="It waits for somebody",
    done="Written down: everybody sees who has to act first.",
    title="Waits for",
    missing="it waits for nobody.",
)


class Free(Form):
    """How it goes on."""

    refers: Number = form_field("step", about="what it was waiting for")
    words: Words = form_field("line", "What was done, so that it goes on?", "what was done")


FREED = StepKind(
    kind="freed",
    verb="free-initiative",
    follows="waiting",
    says=("words",),
    once=True,
    may=WORKS,
    form=Free,
    button="It goes on",
    done="Written down: it goes on.",
    title="Goes on",
)

STEPS = Kinds(STARTED, CONTINUED, STOPPED, FINISHED, WAITING, FREED)


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeStep(RecordStep):
    """One step in the life of an initiative; `complaints_now` are those at its touchpoint, frozen as it was finished."""

    initiative: int
    worked: bool | None = None
    complaints_now: int | None = None


@dataclass(frozen=True)
class InitiativeLife(History[InitiativeStep]):
    """All steps of one initiative, oldest first."""

    @cached_property
    def over(self) -> InitiativeStep | None:
        """The step by which it was stopped or finished; None while it runs."""
        return self.newest(*ENDS)

    @property
    def blockers(self) -> list[InitiativeStep]:
        """What it waits for, each with who has to act first."""
        over = {step.refers for step in self.of("freed")}
        return [step for step in self.of("waiting") if step.seq not in over]
