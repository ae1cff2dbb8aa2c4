"""The roll-out in one part of the business: its people are made aware, try the room in a pilot, and work with it from then on."""

from dataclasses import dataclass
from functools import cached_property

from wallboard.lifecycle.forms import Form, Note, Number, Words, form_field
from wallboard.lifecycle.history import History, RecordStep
from wallboard.lifecycle.kinds import Kinds, StepKind
from wallboard.lifecycle.roles import LEADS

PHASES = ("aware", "pilot", "deployed")
"""The phases in order: the kinds of step that begin them."""

AWARE = StepKind(kind="aware", follows=None, may=LEADS, title="Aware", missing="the roll-out has not begun here.")


class Gate(Form):
    """By what a part of the business has earned its next phase."""

    words: Words = form_field("text", "By what evidence?", "the evidence", "what was held, and who has taken part")
    note: Note = form_field(
        "line", "Why is a phase left out, or why does it go back?", hint="nothing where the phases follow each other"
    )


PILOT = StepKind(
    kind="pilot",
    verb="pilot",
    follows="aware",
    says=("words",),
    may=LEADS,
    form=Gate,
    button="Begin the pilot",
    done="The pilot has begun.",
    title="Pilot",
)

DEPLOYED = StepKind(
    kind="deployed",
    verb="deploy",
    follows="aware",
    says=("words",),
    may=LEADS,
    form=Gate,
    button="Deploy it",
    done="Deployed: the room is how this part of the business works.",
    title="Deployed",
)


class Coach(Form):
    """Who coaches."""

    user_id: Number = form_field("user", "Who coaches?", "who coaches", "somebody who was in the team of a pilot")


COACHED = StepKind(
    kind="coached",
    verb="coach",
    follows="aware",
    says=("user_id",),
    may=LEADS,
    form=Coach,
    button="Name the coach",
    done="Written down: this person coaches here.",
    title="Coach",
)

STEPS = Kinds(AWARE, PILOT, DEPLOYED, COACHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class RolloutStep(RecordStep):
    """One step of the roll-out in one part of the business."""

    rollout: int


@dataclass(frozen=True)
class RolloutLife(History[RolloutStep]):
    """All steps of the roll-out in one part of the business, oldest first."""

    @cached_property
    def phase(self) -> RolloutStep:
        """The step that began the phase in which it is."""
        return self.of(*PHASES)[-1]

    @cached_property
    def coaches(self) -> list[int]:
        """Who coaches, in the order in which they were named."""
        return [*dict.fromkeys(step.user_id for step in self.of("coached") if step.user_id is not None)]
