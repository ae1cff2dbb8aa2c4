"""What waits too long moves up the ladder, and a function owns up to what it causes."""

from wallboard.lifecycle import offers
from wallboard.lifecycle.forms import Form, Key, Number, Words, form_field
from wallboard.lifecycle.kinds import Offer, StepKind
from wallboard.lifecycle.roles import LEADS, WORKS


class Escalate(Form):
    """To which level of the ladder, and why."""

    level: Number = form_field("level", "To which level?", "level")
    words: Words = form_field("text", "Why?", "the reason")


ESCALATED = StepKind(
    kind="escalated",
    verb="escalate",
    follows="admitted",
    says=("words", "level"),
    may=LEADS,
    form=Escalate,
    button="Move it",
    done="Moved on the ladder.",
    title="Moved up the ladder",
    offers=(Offer(heading="Move it on the ladder", about=offers.always),),
)


class Cause(Form):
    """What causes it, and which function; it must acknowledge."""

    words: Words = form_field("text", "What causes it?", "the cause")
    function: Key = form_field("function", "Which function causes it?", "the function", first="choose one")


CAUSE = StepKind(
    kind="cause",
    verb="cause",
    follows="admitted",
    says=("words", "function"),
    may=WORKS,
    form=Cause,
    button="This causes it",
    done="Written down. The causing function has to acknowledge it.",
    title="The cause",
    missing="no cause has been named.",
    offers=(Offer(heading="Name the cause", about=offers.always),),
)


class Acknowledge(Form):
    """Which cause: yes, that is us."""

    refers: Number = form_field("step", about="which cause")


ACKNOWLEDGED = StepKind(
    kind="acknowledged",
    verb="acknowledge",
    follows="cause",
    may=WORKS,
    once=True,
    form=Acknowledge,
    button="Yes, that is us",
    done="Acknowledged.",
    awaited="Not yet acknowledged: somebody of {function} says “yes, that is us”.",
    title="The cause is acknowledged",
    offers=(Offer(heading="Acknowledge the cause: {words}", about=offers.named_cause),),
)


KINDS = (ESCALATED, CAUSE, ACKNOWLEDGED)
