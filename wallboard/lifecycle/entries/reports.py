"""A department's report: its customers' measures, frozen as they are, and what it is doing about them."""

from wallboard.lifecycle.entries.entry import EntryKind, EntryLife
from wallboard.lifecycle.forms import Form, Key, Note, Words, form_field
from wallboard.lifecycle.kinds import StepKind
from wallboard.lifecycle.roles import WORKS


class Doing(Form):
    """What a department does to improve."""

    words: Words = form_field("text", "What are they doing to improve it?", "what they are doing")


DOING = StepKind(
    kind="improving",
    verb="say-doing",
    follows="raised",
    says=("words",),
    once=True,
    may=WORKS,
    form=Doing,
    button="Complete the report",
    done="Written down: what this department does stands beside its measures.",
    title="What they are doing",
)


class Report(Form):
    """Which department reports."""

    subject: Key = form_field("function", "Which department reports?", "the department", first="choose one")
    words: Note = form_field("text", "What are they doing to improve it?", hint="without it the report stays incomplete")


REPORT = EntryKind(
    name="report",
    title="Department reports",
    none="No department has reported yet.",
    subject="function",
    verb="report-department",
    form=Report,
    button="Write the report down",
    done="Written down, with the department’s customer measures as they are now.",
    first=DOING,
    steps=(DOING,),
    fills="departments",
)


def complete(life: EntryLife) -> bool:
    """Whether a report says what the department does, and not only how it measures up."""
    return life.last(DOING) is not None
