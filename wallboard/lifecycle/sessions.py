"""A session of the room: planned, postponed or cancelled with a reason, begun, attended, and ended when everybody has promised.

Every kind of step once, and what follows from the steps of one session.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import get_args

from wallboard.lifecycle.forms import Form, Note, Number, Words, form_field
from wallboard.lifecycle.history import History, RecordStep
from wallboard.lifecycle.kinds import Kinds, StepKind
from wallboard.lifecycle.roles import LEADS, WORKS
from wallboard.settings import SessionKind

SESSION_KINDS: tuple[str, ...] = get_args(SessionKind)
"""What a session is for."""

WORKSHOP: SessionKind = "awareness workshop"
"""To which all functions come that are part of the solution."""

SIGNED_IN, TICKED = "signed in", "ticked"
"""How the record of a session knows that somebody is present: their own sign-in, or the facilitator's tick."""

PLANNED = StepKind(kind="planned", follows=None, may=LEADS, title="Planned", missing="there is no such session.")


class Invite(Form):
    """Who is expected."""

    user_id: Number = form_field("user", "Who is expected?", "who is expected")


INVITED = StepKind(
    kind="invited",
    verb="invite",
    follows="planned",
    says=("user_id",),
    may=LEADS,
    form=Invite,
    button="Expect this person",
    done="This person is expected.",
    title="Expected",
)

POSTPONED = StepKind(
    kind="postponed",
    follows="planned",
    says=("words", "moved_to"),
    may=LEADS,
    title="Postponed",
    done="Postponed. The record keeps the day it was first planned for.",
)


class Cancel(Form):
    """Why a session does not take place."""

    words: Words = form_field("text", "Why does it not take place?", "the reason", "it stays on the room’s record")


CANCELLED = StepKind(
    kind="cancelled",
    verb="cancel-session",
    follows="planned",
    says=("words",),
    may=LEADS,
    form=Cancel,
    button="Cancel the session",
    done="Cancelled. It stays visible, with the reason.",
    title="Cancelled",
)


class AtWall(Form):
    """Which wall."""

    wall: Words = form_field("line", "Which wall?", "the wall")


TONED = StepKind(
    kind="toned",
    verb="play-tone",
    follows="planned",
    says=("wall",),
    may=LEADS,
    form=AtWall,
    button="Play a test tone",
    done="The wall plays a tone now.",
    title="Test tone played",
    missing="no tone has been played yet.",
)

SOUND_TESTED = StepKind(
    kind="sound_tested",
    verb="sound-tested",
    follows="toned",
    says=("wall",),
    may=LEADS,
    form=AtWall,
    button="It was heard",
    done="Written down: the sound of this wall was tested.",
    title="Sound tested",
)


class Begin(Form):
    """That a session begins."""


class AskCustomer(Form):
    """Which customer is invited."""

    words: Words = form_field("line", "Which customer?", "which customer", "a name, or a company")


CUSTOMER_ASKED = StepKind(
    kind="customer_asked",
    verb="ask-customer",
    follows="planned",
    says=("words",),
    may=LEADS,
    form=AskCustomer,
    button="Invite this customer",
    done="This customer is invited.",
    title="Customer invited",
)

BEGUN = StepKind(
    kind="begun",
    verb="begin-session",
    follows="planned",
    once=True,
    may=LEADS,
    form=Begin,
    button="Begin the session",
    done="The session has begun.",
    title="Begun",
    missing="the session has not begun.",
)

ATTENDED = StepKind(
    kind="attended",
    follows="begun",
    says=("user_id", "how"),
    may=WORKS,
    title="Present",
    done="Marked as present.",
)


EVERY_WALL = "*"
"""Stands for the wall where something is put on all of them."""

OPENING, FIRST = "opening", "first"
"""What a session shows before any number: the mission, then a customer. The scene with which each wall begins its turn."""

LARGE = ("picture", "issue", "number")
"""What is put on a wall alone, as large as the glass: the step's `subject` says which."""


class DelegateCame(Form):
    """Who comes for somebody who is expected."""

    user_id: Number = form_field("user", "For whom?", "for whom the delegate comes")
    words: Words = form_field("line", "Who is the delegate?", "the delegate", "a delegate neither votes nor counts as present")


DELEGATE_CAME = StepKind(
    kind="delegate_came",
    verb="delegate-came",
    follows="begun",
    says=("user_id", "words"),
    may=WORKS,
    form=DelegateCame,
    button="A delegate is here",
    done="Written down: a delegate is here, who does not count as present.",
    title="A delegate was here",
)


class Show(Form):
    """Which scene is put on which wall."""

    wall: Words = form_field("line", "On which wall?", "the wall")
    scene: Words = form_field("line", "Which scene?", "the scene")


SHOWN = StepKind(
    kind="shown",
    verb="show-scene",
    follows="begun",
    says=("wall", "scene"),
    may=LEADS,
    form=Show,
    button="Put it on the wall",
    done="It is on the wall now.",
    title="Put on the wall",
)

CUSTOMER_CAME = StepKind(
    kind="customer_came",
    verb="customer-came",
    follows="begun",
    says=("words",),
    may=LEADS,
    form=AskCustomer,
    button="This customer is here",
    done="A customer is here.",
    title="A customer was here",
)


class NoCommitment(Form):
    """Why somebody leaves without a commitment."""

    user_id: Number = form_field("user", "Who leaves without a commitment?", "who leaves without one")
    words: Words = form_field("line", "Why?", "the reason")


NO_COMMITMENT = StepKind(
    kind="uncommitted",
    verb="uncommitted",
    follows="begun",
    says=("user_id", "words"),
    may=WORKS,
    form=NoCommitment,
    button="Leave without a commitment",
    done="Recorded: no commitment, and why.",
    title="No commitment this time",
)


class End(Form):
    """What the room takes along."""

    note: Note = form_field("text", "What did we agree on, in a sentence?", hint="commitments are listed separately")


ENDED = StepKind(
    kind="ended",
    verb="end-session",
    follows="begun",
    once=True,
    may=LEADS,
    form=End,
    button="End the session",
    done="The session has ended.",
    title="Ended",
    missing="the session has not ended.",
)


class Rate(Form):
    """What the session was worth."""

    rating: Number = form_field("rating", "How useful was this session?", "the rating")
    words: Note = form_field("line", "What would make the next one better?")


RATED = StepKind(
    kind="rated",
    verb="rate-session",
    follows="ended",
    says=("rating",),
    may=WORKS,
    form=Rate,
    button="Rate the session",
    done="Thank you for the rating.",
    title="Rated",
)

STEPS = Kinds(
    *(PLANNED, INVITED, CUSTOMER_ASKED, POSTPONED, CANCELLED, TONED, SOUND_TESTED),
    *(BEGUN, ATTENDED, DELEGATE_CAME, SHOWN, CUSTOMER_CAME, NO_COMMITMENT, ENDED, RATED),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionStep(RecordStep):
    """One step in the life of a session."""

    room_session: int
    moved_to: datetime | None = None
    wall: str | None = None
    scene: str | None = None
    subject: str | None = None
    zoom: int | None = None
    across: int | None = None
    down: int | None = None
    rating: int | None = None


@dataclass(frozen=True)
class SessionLife(History[SessionStep]):
    """All steps of one session, oldest first."""

    @cached_property
    def status(self) -> str:
        """How it stands: planned, cancelled, running or ended."""
        names = {"ended": "ended", "begun": "running", "cancelled": "cancelled"}
        return next((status for kind, status in names.items() if self.of(kind)), "planned")

    def on(self, wall: str) -> SessionStep | None:
        """What was put on a wall last, on it alone or on all of them; None where nothing was."""
        return next((step for step in reversed(self.of("shown")) if step.wall in (wall, EVERY_WALL)), None)

    @property
    def moved_to(self) -> datetime | None:
        """When it takes place, where it was postponed; None where it stands as it was planned."""
        moved = self.newest("postponed")
        return moved.moved_to if moved else None

    @property
    def expected(self) -> list[int]:
        """Who is expected, in the order in which they were invited."""
        return [*dict.fromkeys(step.user_id for step in self.of("invited") if step.user_id is not None)]

    @property
    def present(self) -> dict[int, str]:
        """By user who is present: how the record knows."""
        return {step.user_id: step.how or TICKED for step in self.of("attended") if step.user_id is not None}

    @property
    def delegates(self) -> dict[int, str]:
        """By user who is expected and did not come: the delegate, who does not count as present."""
        came = {step.user_id: step.words or "" for step in self.of("delegate_came") if step.user_id is not None}
        return {user: name for user, name in came.items() if user not in self.present}

    @property
    def quorate(self) -> tuple[int, int]:
        """How many of those who are expected are present, and how many are expected."""
        expected = self.expected
        return sum(user in self.present for user in expected), len(expected)

    @property
    def uncommitted(self) -> dict[int, str]:
        """By user who leaves without a commitment: why."""
        return {step.user_id: step.words or "" for step in self.of("uncommitted") if step.user_id is not None}
