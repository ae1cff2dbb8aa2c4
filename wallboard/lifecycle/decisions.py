"""A decision that is proposed in a session, voted on by each leader who is present, adopted or not, reviewed, and taken back."""

from dataclasses import dataclass
from functools import cached_property

from wallboard.lifecycle.forms import Day, Form, Key, Number, Words, form_field
from wallboard.lifecycle.history import History, RecordStep
from wallboard.lifecycle.kinds import Kinds, StepKind
from wallboard.lifecycle.roles import LEADS
from wallboard.voting import NAMES, SELECTION

YES, NO, ABSTAIN = "yes", "no", "abstain"
VOTES = (YES, NO, ABSTAIN)
ALOUD = "said aloud"
"""How the record knows a vote besides the own sign-in: somebody who leads wrote down what was said."""


PLAIN_VOTERS = ("leader", "president")
"""Who votes where room.toml says nothing else."""


@dataclass(frozen=True, slots=True)
class DecisionKind:
    """What is decided: `share` of `share_of` yes among yes and no, how many vote, from how many functions, and which roles."""

    name: str
    share: int
    quorum: int
    functions: int
    share_of: int = 100
    voters: tuple[str, ...] = PLAIN_VOTERS


def declared_kinds() -> str:
    """That a row names a kind of decision, and a rule by which more than one half, and never one alone, selects, as SQL."""
    return (
        f"kind IN {NAMES} AND share > 0 AND share <= share_of AND 2 * share >= share_of AND quorum > 0 AND functions > 0"
        f" AND (kind <> '{SELECTION}' OR (quorum > 1 AND functions > 1))"
    )


PROPOSED = StepKind(kind="proposed_here", follows=None, may=LEADS, title="Proposed", missing="there is no such decision.")


class Vote(Form):
    """One leader's vote."""

    user_id: Number = form_field("user", "Whose vote is it?", "whose vote it is")
    vote: Key = form_field("vote", "Yes, no, or abstain?", "the vote")


VOTED = StepKind(
    kind="voted",
    verb="vote",
    follows="proposed_here",
    says=("user_id", "vote", "how"),
    may=LEADS,
    form=Vote,
    button="Vote",
    done="Your vote is counted.",
    title="Voted",
)


class RestOn(Form):
    """A number on which a decision rests."""

    how: Key = form_field("panel", "Which number?", "which number")


RESTS = StepKind(
    kind="rests_on",
    verb="rest-on",
    follows="proposed_here",
    says=("how",),
    may=LEADS,
    form=RestOn,
    button="It rests on this number",
    done="Written down: the number stands beside the decision, as the session saw it.",
    title="Rests on a number",
)


class Settle(Form):
    """That the votes are counted."""


ADOPTED = StepKind(
    kind="adopted",
    verb="adopt",
    follows="proposed_here",
    once=True,
    may=LEADS,
    form=Settle,
    button="It is decided",
    done="Decided, with every vote. It comes back on its review date.",
    title="Decided",
    missing="it has not been decided.",
)

DECLINED = StepKind(
    kind="not_adopted",
    verb="decline",
    follows="proposed_here",
    once=True,
    may=LEADS,
    form=Settle,
    button="It is not decided",
    done="Not decided; the votes stay in the record.",
    title="Not decided",
)


class Review(Form):
    """How a decision turned out."""

    words: Words = form_field("text", "How did it turn out?", "how it turned out")
    due_on: Day = form_field("day", "When is it reviewed again?", "when it is reviewed again")


REVIEWED = StepKind(
    kind="looked_at",
    verb="review-decision",
    follows="adopted",
    says=("words", "due_on"),
    may=LEADS,
    form=Review,
    button="It still holds",
    done="Reviewed; it comes back on the day you named.",
    title="Reviewed",
)


class TakeBack(Form):
    """Why a decision is taken back."""

    words: Words = form_field("text", "Why is it taken back?", "the reason", "it stays on the record, and is counted")


TAKEN_BACK = StepKind(
    kind="taken_back",
    verb="take-back",
    follows="adopted",
    says=("words",),
    once=True,
    may=LEADS,
    form=TakeBack,
    button="Take it back",
    done="Taken back, with the reason; it is counted.",
    title="Taken back",
)

STEPS = Kinds(PROPOSED, VOTED, RESTS, ADOPTED, DECLINED, REVIEWED, TAKEN_BACK)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionStep(RecordStep):
    """One step in the life of a decision."""

    decision: int
    vote: str | None = None


@dataclass(frozen=True)
class DecisionLife(History[DecisionStep]):
    """All steps of one decision, oldest first."""

    @cached_property
    def status(self) -> str:
        """How it stands: proposed, decided, not decided or taken back."""
        names = {"taken_back": "taken back", "adopted": "decided", "not_adopted": "not decided"}
        return next((status for kind, status in names.items() if self.of(kind)), "proposed")

    @property
    def votes(self) -> dict[int, DecisionStep]:
        """By leader: the vote."""
        return {step.user_id: step for step in self.of("voted") if step.user_id is not None}

    def count(self, vote: str) -> int:
        """How many voted so."""
        return sum(step.vote == vote for step in self.votes.values())

    @property
    def unanimous(self) -> bool:
        """Whether everybody who voted said yes."""
        return bool(self.votes) and self.count(YES) == len(self.votes)
