"""Our answer, and the customer’s: only a yes closes, and whoever comes back reopens."""

from wallboard.lifecycle import offers
from wallboard.lifecycle.forms import Form, Note, Words, YesOrNo, form_field
from wallboard.lifecycle.kinds import Gate, Offer, StepKind
from wallboard.lifecycle.roles import WORKS


class Answer(Form):
    """The answer in the customer's terms, and apart from it what we note for ourselves."""

    words: Words = form_field("text", "We answer", "the answer", "as you would say it to this customer", rows=6, reads=True)
    note: Note = form_field("text", "Our own note", hint="for the room only: never on a wall, never to the customer")


ANSWERED = StepKind(
    kind="answered",
    verb="answer",
    follows="decided",
    says=("words", "jargon"),
    may=WORKS,
    form=Answer,
    button="This is our answer",
    done="Written down: the answer, as the customer will read it.",
    title="Our answer, in the customer’s words",
    reached="answered",
    missing="there is no answer in the customer's words yet.",
    gate=Gate(
        name="Our answer, in the customer’s words",
        takes="without our own lingo",
        waiting="an answer is due",
        todo="write the answer for the customer",
        locked="Golden rule 3: first the people in the room decide.",
    ),
    offers=(Offer(heading="Another answer", about=offers.once_answered),),
)


class Present(Form):
    """How the customer has been shown the answer, and who."""

    how: Words = form_field("line", "How was it presented?", "how it was presented", "by telephone, at a visit, in a letter")
    to_whom: Words = form_field("line", "To whom?", "to whom")


PRESENTED = StepKind(
    kind="presented",
    verb="present",
    follows="answered",
    says=("how", "to_whom"),
    may=WORKS,
    form=Present,
    button="The customer has seen it",
    done="Written down. Now it waits for the customer’s answer.",
    title="Presented to the customer",
    reached="presented",
    missing="golden rule 5: the customer has not been shown an answer yet.",
    gate=Gate(
        name="Present it to the customer",
        takes="how, to whom",
        waiting="the customer has not seen the answer yet",
        todo="present the answer to the customer",
        locked="Golden rule 4: first there must be an answer in the customer’s words.",
    ),
)


class React(Form):
    """The customer's words to the answer, and yes or no."""

    words: Words = form_field(
        "text", "What did the customer say to it?", "the customer’s words", "in the customer’s words", rows=3
    )
    accepted: YesOrNo = form_field("choice", "Does the customer accept it?", "the customer’s answer")


ACCEPTED = StepKind(
    kind="accepted",
    verb="react",
    follows="presented",
    says=("words",),
    may=WORKS,
    form=React,
    hint="Nothing closes without the customer’s yes. A no opens it again; silence leaves it open.",
    button="Write it down",
    done="The customer has accepted it: it is over.",
    title="The customer accepted it",
    missing="golden rule 5: only the customer's acceptance closes an issue.",
    gate=Gate(
        name="The customer’s reaction",
        takes="only with a yes is it over",
        waiting="awaiting the customer’s answer",
        todo="hear the customer’s answer",
        locked="Golden rule 5: first the customer must have been shown the answer.",
    ),
)


REFUSED = StepKind(
    kind="refused",
    follows="presented",
    says=("words",),
    may=WORKS,
    title="The customer did not accept it",
    done="Written down. It is open again.",
)


CLOSED = StepKind(
    kind="closed",
    follows="accepted",
    may=WORKS,
    title="It is over",
    reached="closed by the customer",
    missing="it is not closed.",
)


class Reopen(Form):
    """What the customer says who comes back."""

    words: Words = form_field("text", "What does the customer say now?", "the customer’s words", "in the customer’s words")


REOPENED = StepKind(
    kind="reopened",
    verb="reopen",
    follows="closed",
    says=("words",),
    may=WORKS,
    once=True,
    form=Reopen,
    button="Open it again",
    done="It is open again, in the customer’s words.",
    title="Reopened",
    reached="reopened",
    offers=(Offer(heading="The customer comes back", about=offers.always),),
)


KINDS = (ANSWERED, PRESENTED, ACCEPTED, REFUSED, CLOSED, REOPENED)
