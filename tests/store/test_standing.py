"""Where an issue stands, from its steps alone."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as any_of

from wallboard.metrics.room_lives import NEXT
from wallboard.metrics.room_lives import Step as Drawn
from wallboard.records.steps import Step as Recorded
from wallboard.store import standing
from wallboard.store.schema.issues import FOLLOWS


@dataclass(frozen=True)
class Step:
    seq: int
    kind: str
    refers: int | None = None


def lived(text: str) -> list[Step]:
    """Steps by their kinds, in order; each refers to the newest of the kind before it."""
    steps: list[Step] = []
    for seq, kind in enumerate(text.split(), 1):
        before = FOLLOWS[kind]
        steps.append(Step(seq, kind, next((one.seq for one in reversed(steps) if one.kind in before), None)))
    return steps


DECIDED = "admitted owned alleviation decided"
SHOWN = f"{DECIDED} answered presented"
CLOSED = f"{SHOWN} accepted closed"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("", "admitted"),
        ("admitted", "admitted"),
        ("admitted escalated cause acknowledged", "admitted"),
        ("admitted owned joined", "owned"),
        ("admitted owned alleviation", "alleviation"),
        ("admitted owned alleviation alleviated", "alleviated"),
        ("admitted owned alleviation alleviated alleviation", "alleviation"),
        (DECIDED, "decided"),
        (f"{DECIDED} reversed", "alleviation"),
        (f"{DECIDED} reversed decided", "decided"),
        (f"{DECIDED} action done escalated", "decided"),
        (f"{DECIDED} owned", "decided"),
        (f"{DECIDED} alleviation", "decided"),
        (f"{DECIDED} answered", "answered"),
        (f"{DECIDED} answered reversed", "alleviation"),
        (SHOWN, "presented"),
        (f"{SHOWN} accepted", "presented"),
        (f"{SHOWN} answered", "answered"),
        (f"{SHOWN} refused", "reopened"),
        (f"{SHOWN} refused alleviation", "reopened"),
        (f"{SHOWN} refused decided", "decided"),
        (f"{SHOWN} refused answered", "answered"),
        (CLOSED, "closed"),
        (f"{CLOSED} reopened", "reopened"),
        (f"{CLOSED} reopened answered presented accepted closed", "closed"),
    ],
)
def test_it_stands_at_the_farthest_step_that_still_holds(text: str, status: str) -> None:
    assert standing.status(lived(text)) == status


def test_an_answer_stands_until_the_customer_or_the_room_takes_it_back() -> None:
    assert standing.answer(lived(DECIDED)) is None
    answered = lived(f"{DECIDED} answered answered")
    assert standing.answer(answered) == answered[-1] and standing.shown(answered) is None
    presented = lived(f"{DECIDED} answered answered presented")
    assert standing.shown(presented) == presented[-1]
    assert standing.shown([*presented, Step(8, "answered", 4)]) is None, "the new one has not been shown"
    assert standing.answer([*presented, Step(8, "reversed", 4)]) is None
    assert standing.answer([*presented, Step(8, "refused", 7)]) is None


KINDS = any_of.lists(any_of.sampled_from(sorted(FOLLOWS)), max_size=14)


@settings(deadline=None, max_examples=60)
@given(KINDS)
def test_every_status_says_what_comes_next_unless_it_is_over(kinds: list[str]) -> None:
    steps = lived(" ".join(kinds))
    status = standing.status(steps)
    assert (status in NEXT) != (status == "closed")
    assert (status == "closed") is (standing.end(steps) is not None)
    assert standing.shown(steps) is None or standing.answer(steps) is not None


def test_the_steps_of_walls_and_console_are_such_steps() -> None:
    for kind in (Drawn, Recorded):
        assert {"seq", "kind", "refers"} <= set(kind.__dataclass_fields__)
