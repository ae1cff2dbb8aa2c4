"""A best practice: from whom it is, to whom it was proposed, who has adopted or declined it, and with what result."""

from wallboard.lifecycle.entries.entry import EntryKind, EntryLife, EntryStep
from wallboard.lifecycle.forms import Form, Key, Number, Words, form_field
from wallboard.lifecycle.kinds import StepKind
from wallboard.lifecycle.roles import WORKS


class Offer(Form):
    """To whom it is proposed."""

    function: Key = form_field("function", "To which department?", "the department", first="choose one")


OFFERED = StepKind(
    kind="offered",
    verb="offer-practice",
    follows="raised",
    says=("function",),
    may=WORKS,
    form=Offer,
    button="Propose it to them",
    done="Proposed: they adopt it or decline it.",
    title="Proposed to",
    missing="it has not been proposed to them.",
)


class Adopt(Form):
    """How it is adopted."""

    refers: Number = form_field("step", about="which proposal")
    words: Words = form_field("line", "How will they do it?", "how they will do it")


TAKEN_UP = StepKind(
    kind="taken_up",
    verb="adopt-practice",
    follows="offered",
    says=("words",),
    once=True,
    may=WORKS,
    form=Adopt,
    button="They adopt it",
    done="Adopted. Its result is asked for.",
    title="Adopted",
    missing="it has not been adopted there.",
)


class Turn(Form):
    """Why it is declined."""

    refers: Number = form_field("step", about="which proposal")
    words: Words = form_field("line", "Why does it not fit them?", "the reason")


TURNED_DOWN = StepKind(
    kind="turned_down",
    verb="decline-practice",
    follows="offered",
    says=("words",),
    once=True,
    may=WORKS,
    form=Turn,
    button="They decline it",
    done="Declined, with the reason.",
    title="Declined",
)


class Result(Form):
    """What came of it."""

    refers: Number = form_field("step", about="which adoption")
    words: Words = form_field("text", "What came of it?", "the result", "for the customers, in numbers where there are some")


RESULTED = StepKind(
    kind="resulted",
    verb="practice-result",
    follows="taken_up",
    says=("words",),
    may=WORKS,
    form=Result,
    button="Write the result down",
    done="Written down: what it brought them.",
    title="Result",
)


class Share(Form):
    """What is done well, and by whom."""

    subject: Key = form_field("function", "Whose practice is it?", "the department", first="choose one")
    title: Words = form_field("text", "What do they do well for customers?", "the practice", "so that others can do it too")


PRACTICE = EntryKind(
    name="practice",
    title="Best practices",
    none="No best practice has been shared yet.",
    subject="function",
    verb="share-practice",
    form=Share,
    button="Share it",
    done="It is in the register: propose it to others.",
    steps=(OFFERED, TAKEN_UP, TURNED_DOWN, RESULTED),
    fills="practices",
    ahead=True,
)


def offers(life: EntryLife) -> list[tuple[EntryStep, EntryStep | None, list[EntryStep]]]:
    """Each proposal, with the step by which it was adopted or declined, and the results after that."""
    answers = {step.refers: step for step in life.of(TAKEN_UP.kind, TURNED_DOWN.kind)}
    results = life.of(RESULTED.kind)
    made = []
    for step in life.of(OFFERED.kind):
        answer = answers.get(step.seq)
        made.append((step, answer, [result for result in results if answer is not None and result.refers == answer.seq]))
    return made
