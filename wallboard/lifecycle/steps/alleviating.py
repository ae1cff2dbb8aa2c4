"""What is done for the customer now, and what is planned towards a lasting cure."""

from wallboard.lifecycle import offers
from wallboard.lifecycle.forms import Day, Form, Note, Number, Words, form_field
from wallboard.lifecycle.kinds import Gate, Offer, StepKind
from wallboard.lifecycle.roles import WORKS

NEAR = 14
"""Days within which something must be done for the customer, and within which a golden rule is kept before it counts as late."""


class Alleviate(Form):
    """What is done now for the customer, by whom, until when."""

    words: Words = form_field("text", "What can we do now, to at least alleviate it?", "what is done now", rows=3)
    user_id: Number = form_field("user", "Who does it?", "who does it", chosen="owner")
    due_on: Day = form_field("day", "Until when?", "until when", f"{NEAR} days away at most", within=NEAR, offered=1)


ALLEVIATION = StepKind(
    kind="alleviation",
    verb="alleviate",
    follows="owned",
    says=("words", "user_id", "due_on"),
    may=WORKS,
    form=Alleviate,
    button="Do this now",
    done="Written down: this is done now.",
    title="What is done now",
    reached="being alleviated",
    missing="golden rule 2: say first what is done now to alleviate it, by whom and until when.",
    gate=Gate(
        name="Alleviate now",
        takes="what is done, by whom, until when",
        waiting="nothing is done for the customer yet",
        todo="say what alleviates it now",
        locked="First somebody must answer for it.",
    ),
    offers=(Offer(heading="Something else is done now", about=offers.once_alleviated),),
)


class Alleviated(Form):
    """That it has been alleviated."""

    note: Note = form_field("line", "How do we know?")


ALLEVIATED = StepKind(
    kind="alleviated",
    verb="alleviated",
    follows="alleviation",
    may=WORKS,
    once=True,
    form=Alleviated,
    button="It has been alleviated",
    done="Written down: it has been alleviated.",
    title="It has been alleviated",
    reached="alleviated",
    offers=(Offer(heading="It has been alleviated: {words}", about=offers.alleviating),),
)


KEPT_BESIDE = "kept beside what is done now; never instead of it"


class Limit(Form):
    """What stands in the way."""

    words: Words = form_field("text", "What stands in the way?", "what stands in the way", KEPT_BESIDE)


LIMIT = StepKind(
    kind="limit",
    verb="limit",
    follows="alleviation",
    says=("words",),
    may=WORKS,
    form=Limit,
    button="Write it down",
    done="Written down, beside what is done now.",
    title="What stands in the way",
    offers=(Offer(heading="What stands in the way", about=offers.always),),
)


class Plan(Form):
    """The next step towards a lasting cure, by whom, until when."""

    words: Words = form_field("text", "What is the next step?", "the next step")
    user_id: Number = form_field("user", "Who does it?", "who does it")
    due_on: Day = form_field("day", "Until when?", "until when")


ACTION = StepKind(
    kind="action",
    verb="plan",
    follows="alleviation",
    says=("words", "user_id", "due_on"),
    may=WORKS,
    form=Plan,
    button="Plan it",
    done="Written down: the next step.",
    title="The next step towards a cure",
    missing="there is no such action.",
    offers=(Offer(heading="The next step towards a cure", about=offers.always),),
)


class Done(Form):
    """That a planned step has been taken."""

    refers: Number = form_field("step", about="which step")
    note: Note = form_field("line", "What came of it?")


DONE = StepKind(
    kind="done",
    verb="done",
    follows="action",
    may=WORKS,
    once=True,
    form=Done,
    button="It is done",
    done="Written down: done.",
    title="A planned step has been taken",
    offers=(Offer(heading="Done: {words}", about=offers.planned),),
)


KINDS = (ALLEVIATION, ALLEVIATED, LIMIT, ACTION, DONE)
