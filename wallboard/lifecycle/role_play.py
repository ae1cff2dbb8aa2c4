"""A role play: who plays which function, on a card with a customer's own words, and what the player has learned by it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from random import Random

from wallboard.errors import RuleRefused
from wallboard.lifecycle.forms import Form, Words, form_field
from wallboard.lifecycle.history import History, RecordStep
from wallboard.lifecycle.kinds import Kinds, StepKind
from wallboard.lifecycle.roles import LEADS, WORKS

DEALT = StepKind(kind="dealt", follows=None, may=LEADS, title="Dealt", missing="there is no such card.")


class Debrief(Form):
    """What the player takes along."""

    words: Words = form_field(
        "text", "What did you learn in their place?", "what was learned", "as the customer, and as a colleague"
    )


DEBRIEFED = StepKind(
    kind="debriefed",
    verb="debrief",
    follows="dealt",
    says=("words",),
    once=True,
    may=WORKS,
    form=Debrief,
    button="Write it down",
    done="Written down on the card.",
    title="Debriefed",
)

STEPS = Kinds(DEALT, DEBRIEFED)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardStep(RecordStep):
    """One step in the life of a card."""

    role_card: int


@dataclass(frozen=True)
class CardLife(History[CardStep]):
    """All steps of one card, oldest first."""

    @cached_property
    def learned(self) -> str | None:
        """What the player has learned; None before the debriefing."""
        step = self.newest("debriefed")
        return step.words if step else None


def cast(players: Mapping[int, str], seed: int) -> dict[int, str]:
    """Who plays which function, by user: `players` are users and the functions in which they work.

    Nobody plays the own function. Two swap theirs wherever that is possible; one who is left over makes a round of three with a
    pair of two other functions. Where most work in one function, those left over play the functions of the others.
    The same players and seed give the same parts. Raises RuleRefused for fewer than two people, or a single function.
    """
    functions = set(players.values())
    if len(players) < 2:
        raise RuleRefused("the role play", "needs at least two people with a function.", "Wait until others are present.")
    if len(functions) < 2:
        raise RuleRefused("the role play", "cannot do with one function: nobody plays the own one.", "Invite another function.")
    pairs, left = _paired(players, Random(seed))
    parts = {user: players[other] for pair in pairs for user, other in (pair, pair[::-1])}
    if len(left) == 1 and (three := _round_of_three(players, pairs, left[0])):
        return parts | three
    others = [[function for function in sorted(functions) if function != players[user]] for user in left]
    return parts | {user: known[place % len(known)] for place, (user, known) in enumerate(zip(left, others, strict=True))}


def _paired(players: Mapping[int, str], random: Random) -> tuple[list[tuple[int, int]], list[int]]:
    """As many pairs of two functions as there can be, always from the two that have most people left; and who is left over."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for user in sorted(players):
        waiting[players[user]].append(user)
    for users in waiting.values():
        random.shuffle(users)
    order = {function: random.random() for function in sorted(waiting)}
    pairs = []
    while len(waiting) > 1:
        first, second = sorted(waiting, key=lambda function: (-len(waiting[function]), order[function]))[:2]
        pairs.append((waiting[first].pop(), waiting[second].pop()))
        waiting = defaultdict(list, {function: users for function, users in waiting.items() if users})
    return pairs, [user for users in waiting.values() for user in users]


def _round_of_three(players: Mapping[int, str], pairs: Iterable[tuple[int, int]], left: int) -> dict[int, str] | None:
    """A pair of other functions and the one who is left over: each plays the next one's; None where there is no such pair."""
    for first, second in pairs:
        if players[left] not in (players[first], players[second]):
            return {first: players[second], second: players[left], left: players[first]}
    return None
