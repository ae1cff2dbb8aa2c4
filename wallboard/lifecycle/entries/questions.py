"""A question that leaders are asked in a session, by rotation; everybody's answer is kept with who gave it."""

from collections.abc import Mapping, Sequence

from wallboard.lifecycle.entries.entry import EntryKind
from wallboard.lifecycle.forms import Form, Number, Words, form_field
from wallboard.lifecycle.kinds import StepKind
from wallboard.lifecycle.roles import WORKS


class Answer(Form):
    """Who answers what."""

    user_id: Number = form_field("user", "Who answers?", "who answers", chosen="me")
    words: Words = form_field("text", "What is the answer?", "the answer", "it goes into the minutes")


REPLIED = StepKind(
    kind="replied",
    verb="answer-question",
    follows="raised",
    says=("user_id", "words"),
    may=WORKS,
    form=Answer,
    button="Write the answer down",
    done="Written down, with whose answer it is.",
    title="Answered",
)

QUESTION = EntryKind(
    name="question",
    title="Question for leaders",
    none="No question has been asked yet.",
    subject="",
    verb="",
    form=None,
    steps=(REPLIED,),
    fills="questions",
)


def next_question(questions: Sequence[str], times: Mapping[str, int]) -> str | None:
    """The one that was asked least often so far, in their order: each comes before any comes twice. None where there is none."""
    return min(questions, key=lambda question: times.get(question, 0), default=None)
