"""The review of a customer measure: its definition, how good its data is, and whether it is still useful.

A new definition is a new version. It is a draft until a session agrees on it.
"""

from wallboard.lifecycle.entries.entry import EntryKind
from wallboard.lifecycle.forms import Form, Key, Note, Words, form_field
from wallboard.lifecycle.kinds import StepKind
from wallboard.lifecycle.roles import LEADS, WORKS


class Assess(Form):
    """What speaks for and against a measure."""

    words: Words = form_field("text", "Does its definition say what customers mean?", "the definition")
    how: Words = form_field("line", "How good is its data?", "the data quality", "complete, on time, trusted?")
    note: Words = form_field("line", "Is it still useful, and for what?", "its use")


ASSESSED = StepKind(
    kind="assessed",
    verb="assess-measure",
    follows="raised",
    says=("words", "how", "note"),
    once=True,
    may=WORKS,
    form=Assess,
    button="Write it down",
    done="Written down: definition, data and use.",
    title="Reviewed",
    missing="it has not been reviewed.",
)


class Redefine(Form):
    """What the measure means from now on."""

    words: Words = form_field("text", "What does it mean from now on?", "the definition")
    how: Note = form_field("line", "And its formula?", hint="nothing where the formula stays")


REDEFINED = StepKind(
    kind="redefined",
    verb="redefine-measure",
    follows="assessed",
    says=("words", "version"),
    once=True,
    may=LEADS,
    form=Redefine,
    button="Make it a new version",
    done="A new version: a draft until this session agrees on it.",
    title="New version",
    version_after=1,
)


class Agree(Form):
    """That the session agrees on the definition as it stands."""


AGREED = StepKind(
    kind="agreed_on",
    verb="agree-on-measure",
    follows="assessed",
    says=("version",),
    may=LEADS,
    form=Agree,
    button="We agree on this definition",
    done="Agreed on in this session: it is a draft no more.",
    title="Agreed on",
    version_after=0,
)


class Measure(Form):
    """Which measure is reviewed, and what of it."""

    subject: Key = form_field("metric", "Which measure?", "the measure", first="choose one")
    words: Words = form_field("text", "Does its definition say what customers mean?", "the definition")
    how: Words = form_field("line", "How good is its data?", "the data quality", "complete, on time, trusted?")
    note: Words = form_field("line", "Is it still useful, and for what?", "its use")


MEASURE = EntryKind(
    name="measure",
    title="Measures reviewed",
    none="No measure has been reviewed yet.",
    subject="metric",
    verb="review-measure",
    form=Measure,
    button="Write the review down",
    done="Reviewed. Change its definition, or agree on it as it stands.",
    first=ASSESSED,
    steps=(ASSESSED, REDEFINED, AGREED),
    fills="measures",
)
