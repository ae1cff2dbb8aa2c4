"""The rule that asks whether a feed is stale or filtered, on random series with a fixed seed."""

import pytest
from numpy import full
from numpy.random import Generator, default_rng

from wallboard.metrics.collapse import collapses, in_every_kind

WEEKS, TURN, RUNS = 104, 60, 200


@pytest.fixture
def dice() -> Generator:
    return default_rng(20_25)


def series(dice: Generator, level: float, left: float, spread: float = 1.0, turn: int = TURN, weeks: int = WEEKS) -> list[float]:
    """Weekly counts about a level, and about `left` times that level from a turn on; their variance `spread` times the mean."""
    means = full(weeks, float(level))
    means[turn:] *= left
    if spread > 1:
        means = dice.gamma(means / (spread - 1), spread - 1)
    return [float(count) for count in dice.poisson(means)]


def asked(weekly: list[float]) -> bool:
    return any(collapse.end is None for collapse in collapses(weekly))


@pytest.mark.parametrize(("level", "spread"), [(100, 1), (100, 3), (20, 1), (20, 3), (5, 1)])
def test_nine_tenths_gone_is_asked_and_half_gone_is_believed(dice: Generator, level: float, spread: float) -> None:
    flagged = sum(asked(series(dice, level, 0.1, spread)) for _ in range(RUNS))
    believed = sum(bool(collapses(series(dice, level, 0.5, spread))) for _ in range(RUNS))
    chance = sum(bool(collapses(series(dice, level, 1.0, spread))) for _ in range(RUNS))
    assert flagged >= 0.95 * RUNS and believed <= 0.02 * RUNS and chance <= 0.01 * RUNS, (flagged, believed, chance)


@pytest.mark.parametrize(("level", "weeks"), [(100, 1), (20, 4), (5, 12)])
def test_it_is_asked_as_soon_as_the_volume_can_tell_and_dated_by_its_first_week(
    dice: Generator, level: float, weeks: int
) -> None:
    for _ in range(RUNS // 4):
        (row,) = collapses(series(dice, level, 0.0, weeks=TURN + weeks))
        assert row.end is None and (row.start == TURN or level < 20) and row.since <= 0.2 * level
        assert row.before == pytest.approx(level, rel=0.4)


def test_what_fell_to_half_a_ticket_a_week_or_to_nothing_is_asked_too(dice: Generator) -> None:
    assert asked(series(dice, 100, 0.005)) and asked(series(dice, 100, 0))


def test_a_slow_decline_and_three_falls_of_half_are_improvements(dice: Generator) -> None:
    slow = [float(dice.poisson(100 * (1 - 0.9 * min(1.0, n / 52)))) for n in range(WEEKS)]
    steps = [float(dice.poisson(100 * 0.5 ** (n // 26))) for n in range(WEEKS)]
    assert not collapses(slow) and not collapses(steps)


def test_what_came_at_once_and_is_over_is_not_asked() -> None:
    """A file of targets, of one week; money, once a month; a survey that is held twice a year."""
    monthly = [0.0 if week % 4 else 3000.0 for week in range(60)]
    waves = [400.0 if week % 26 < 3 else 0.0 for week in range(70)]
    assert not collapses([60.0] + [0.0] * 100) and not collapses(monthly) and not collapses(waves)


def test_too_few_to_tell_is_not_asked(dice: Generator) -> None:
    assert not any(collapses(series(dice, 0.5, 0.0)) for _ in range(RUNS))


def test_a_volume_that_comes_back_ends_the_question(dice: Generator) -> None:
    weekly = series(dice, 100, 0.03)[:70] + series(dice, 90, 1.0, weeks=20)
    (row,) = collapses(weekly)
    assert (row.start, row.end) == (TURN, 70)


def test_one_kind_that_falls_is_an_improvement_whatever_its_share(dice: Generator) -> None:
    late, bill = series(dice, 95, 0.02), series(dice, 5, 1.0)
    (row,) = collapses([a + b for a, b in zip(late, bill, strict=True)])
    assert not in_every_kind(row, {"late": late, "bill": bill})
    assert in_every_kind(row, {"late": late, "bill": series(dice, 5, 0.05)})
    assert in_every_kind(row, {"late": late}), "who knows no kinds asks"
