"""The people in the room decide, and take back what they decided."""

from wallboard.lifecycle import offers
from wallboard.lifecycle.forms import Form, Number, Words, form_field
from wallboard.lifecycle.kinds import Gate, Offer, StepKind
from wallboard.lifecycle.roles import LEADS


class Decide(Form):
    """What the room decides, and what it means for others; who is present and what it touches is read beside it."""

    words: Words = form_field("text", "What do we decide?", "the decision", rows=3)
    implications: Words = form_field(
        "text", "What does it mean for others?", "what it means for others", "for functions, customers, costs", rows=3
    )


DECIDED = StepKind(
    kind="decided",
    verb="decide",
    follows="alleviation",
    says=("words", "implications", "attendance"),
    may=LEADS,
    form=Decide,
    button="We decide this",
    done="The room has decided.",
    title="Decided in the room",
    reached="decided",
    missing="golden rule 3: the room has not decided yet, or has reversed what it decided.",
    gate=Gate(
        name="Decide in the room",
        takes="by people who have the mandate",
        waiting="the room has not decided yet",
        todo="decide in the room",
        locked="Golden rule 2: first say what is done now to alleviate it.",
    ),
    offers=(Offer(heading="Decide anew", about=offers.once_decided),),
)


class Reverse(Form):
    """Why a decision is taken back."""

    refers: Number = form_field("step", about="which decision")
    words: Words = form_field("text", "Why is it taken back?", "the reason", "it stays in the room’s memory, and is counted")


REVERSED = StepKind(
    kind="reversed",
    verb="reverse",
    follows="decided",
    says=("words",),
    may=LEADS,
    once=True,
    form=Reverse,
    button="Take it back",
    done="Taken back, with the reason; it stays in the room’s memory.",
    title="The decision was taken back",
    offers=(Offer(heading="Take the decision back", about=offers.once_decided),),
)

KINDS = (DECIDED, REVERSED)
