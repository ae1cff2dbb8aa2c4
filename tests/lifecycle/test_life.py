"""Where an issue stands, from its steps alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as any_of

from tests.examples import at_most
from tests.lifecycle.given import lived, step
from wallboard.lifecycle.gates import reached, todo, waiting
from wallboard.lifecycle.life import Life
from wallboard.lifecycle.steps import KINDS

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
def test_it_stands_at_the_furthest_step_that_still_holds(text: str, status: str) -> None:
    assert lived(text).status == status


def test_an_answer_stands_until_the_customer_or_the_room_takes_it_back() -> None:
    assert lived(DECIDED).answer is None
    answered = lived(f"{DECIDED} answered answered")
    assert answered.answer == answered.steps[-1] and answered.shown is None
    presented = lived(f"{DECIDED} answered answered presented")
    assert presented.shown == presented.steps[-1]
    assert Life((*presented.steps, step(8, "answered", 4))).shown is None, "the new one has not been shown"
    assert Life((*presented.steps, step(8, "reversed", 4))).answer is None
    assert Life((*presented.steps, step(8, "refused", 7))).answer is None


ANY_KINDS = any_of.lists(any_of.sampled_from(sorted(kind.kind for kind in KINDS)), max_size=14)


@settings(max_examples=at_most(60))
@given(ANY_KINDS)
def test_every_status_says_what_comes_next_unless_it_is_over(kinds: list[str]) -> None:
    life = lived(" ".join(kinds))
    assert (todo(life) is None) is (life.status == "closed") and waiting(life) and reached(life)
    assert (life.status == "closed") is (life.closed is not None)
    assert life.shown is None or life.answer is not None
