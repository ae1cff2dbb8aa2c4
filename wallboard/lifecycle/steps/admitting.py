"""An issue is admitted, and one person answers for it."""

from wallboard.lifecycle import offers
from wallboard.lifecycle.forms import Form, MaybeKey, Number, form_field
from wallboard.lifecycle.kinds import Gate, Offer, StepKind
from wallboard.lifecycle.roles import LEADS, WORKS

ADMITTED = StepKind(
    kind="admitted",
    follows=None,
    may=LEADS,
    title="Admitted to the room",
    reached="nobody answers for it",
    missing="the issue has not been admitted.",
)


class Own(Form):
    """Who answers for it."""

    user_id: Number = form_field("user", "Who answers for it?", "who answers for it", chosen="likely")


OWNED = StepKind(
    kind="owned",
    verb="own",
    follows="admitted",
    says=("user_id",),
    may=LEADS,
    form=Own,
    button="This person answers for it",
    done="Written down: one person answers for it.",
    title="One person answers for it",
    reached="somebody answers for it",
    missing="nobody answers for it yet. Name one accountable person first.",
    gate=Gate(
        name="One person answers for it",
        takes="one name, not a department",
        waiting="nobody answers for it yet",
        todo="name one person who answers for it",
    ),
    offers=(Offer(heading="Another person answers for it", about=offers.once_owned),),
)


class Join(Form):
    """Who works on it too."""

    user_id: Number = form_field("user", "Who works on it too?", "who works on it")
    function: MaybeKey = form_field("function", "From which function", first="no function")


JOINED = StepKind(
    kind="joined",
    verb="join",
    follows="owned",
    says=("user_id",),
    may=WORKS,
    form=Join,
    button="Write it down",
    title="Somebody else works on it too",
    offers=(Offer(heading="Somebody else works on it too", about=offers.once_owned),),
)


KINDS = (ADMITTED, OWNED, JOINED)
