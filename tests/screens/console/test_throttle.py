"""Guessing is slowed: ten tries in five minutes from one address for one name."""

import pytest

from wallboard.errors import TooManyTries
from wallboard.screens.console import throttle
from wallboard.screens.console.throttle import TRIES, WITHIN, Tries


@pytest.fixture
def now() -> list[float]:
    return [100.0]


@pytest.fixture
def tries(now: list[float]) -> Tries:
    return Tries(lambda: now[0])


def test_the_eleventh_try_waits_and_is_told_how_long(tries: Tries, now: list[float]) -> None:
    for _ in range(TRIES):
        tries.one_more("Ada ", "10.0.0.1")
        now[0] += 1
    with pytest.raises(TooManyTries, match="in 5 minutes"):
        tries.one_more("ada", "10.0.0.1")
    tries.one_more("ada", "10.0.0.2")
    tries.one_more("lena", "10.0.0.1")
    now[0] += WITHIN - 30
    with pytest.raises(TooManyTries, match="in a minute"):
        tries.one_more("ada", "10.0.0.1")
    now[0] += 30
    tries.one_more("ada", "10.0.0.1")


def test_waiting_does_not_grow_by_trying(tries: Tries, now: list[float]) -> None:
    for _ in range(TRIES):
        tries.one_more("ada", "here")
    for _ in range(50):
        with pytest.raises(TooManyTries):
            tries.one_more("ada", "here")
    now[0] += WITHIN
    tries.one_more("ada", "here")


def test_the_right_password_forgets_the_wrong_ones(tries: Tries) -> None:
    for _ in range(5):
        for _ in range(TRIES):
            tries.one_more("ada", "here")
        tries.entered("ADA", "here")


def test_names_without_end_do_not_fill_the_memory(tries: Tries, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "REMEMBERED", 50)
    for number in range(500):
        tries.one_more(f"nobody {number}", "here")
    assert len(tries._tried) == 50
