"""An idea of a working session for the leaders: it goes on the next agenda by itself, and gets their answer there."""

from wallboard.lifecycle.entries.entry import EntryKind
from wallboard.lifecycle.forms import Form, Words, form_field
from wallboard.lifecycle.kinds import StepKind
from wallboard.lifecycle.roles import LEADS

TABLED = StepKind(
    kind="tabled",
    follows="raised",
    says=("room_session",),
    once=True,
    may=LEADS,
    title="On the agenda of leaders",
    missing="no session of leaders has had it on its agenda yet.",
)


class Respond(Form):
    """What leaders say to it."""

    words: Words = form_field("text", "What do the leaders say to it?", "the answer")


RESPONDED = StepKind(
    kind="responded",
    verb="respond-to-idea",
    follows="tabled",
    says=("words",),
    once=True,
    may=LEADS,
    form=Respond,
    button="Answer the idea",
    done="Answered: whoever had the idea sees it.",
    title="The leaders’ answer",
)


class Propose(Form):
    """The idea."""

    title: Words = form_field("text", "What is the idea?", "the idea", "it goes on the next agenda of the leaders")


IDEA = EntryKind(
    name="idea",
    title="Ideas to leadership",
    none="No idea has been written down yet.",
    subject="",
    verb="propose-idea",
    form=Propose,
    button="Take it to the leaders",
    done="It goes on the agenda of the leaders’ next session.",
    steps=(TABLED, RESPONDED),
    fills="ideas",
    ahead=True,
)
