"""How long until the counts are down."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from tests.metrics import given, given_counts
from wallboard.metrics.counts_down import counts_down
from wallboard.metrics.scope import Scope

CALM = (41, 38, 45, 40, 43, 39, 44, 42, 37, 46, 40, 41) * 2


def down(connection: Connection, scope: Scope, later: tuple[int, ...], before: tuple[int, ...] = CALM, **options: Any) -> Any:
    given.journey(connection)
    given_counts.weekly(connection, {"late": (*before, *later)})
    return counts_down(connection, scope, **options)[0]


HALVING = {
    "by the same share every week": tuple(round(41.33 * 0.5 ** (n / 10)) for n in range(1, 21)),
    "along a straight line": tuple(round(41.33 * (1 - 0.05 * n)) for n in range(1, 15)),
    "at once in the tenth week": (41, 40, 42) * 3 + (20,) * 6,
}


@pytest.mark.req("R54")
@pytest.mark.parametrize("how", HALVING)
def test_a_count_that_halves_in_ten_weeks_says_so(connection: Connection, scope: Scope, how: str) -> None:
    """Dated by the last of the first four weeks that together are at most half: the first day on which it could be known."""
    assert down(connection, scope, HALVING[how]).halved_after == (13 if how.startswith("at once") else 12)


@pytest.mark.parametrize(("unknown", "at_most", "halved_after"), [(12, True, 26), (0, False, 14)])
def test_a_count_that_halved_in_weeks_that_were_not_measured_says_at_most(
    connection: Connection, scope: Scope, unknown: int, at_most: bool, halved_after: int
) -> None:
    """It fell after ten weeks, the first twelve of them without an exposure, or with one."""
    given.journey(connection)
    given_counts.weekly(connection, {"late": (*CALM, *(41, 40) * 5, *(18,) * 30)}, exposed=None)
    weeks = given_counts.weeks(64)
    given.exposures(connection, weeks[:34] + weeks[34 + unknown :], 1000)
    row = counts_down(connection, scope)[0]
    assert (row.at_most, row.halved_after) == (at_most, halved_after)


def test_usual_is_what_was_usual_before_the_two_years_that_are_shown(connection: Connection, scope: Scope) -> None:
    """Nine years at one level, then two at half of it: the baseline is the newest before them, and frozen for a year."""
    row = down(connection, scope, (*(80,) * 340, *(41, 39, 40) * 34), before=(400,) * 24)
    assert row.reference == 80 and timedelta(weeks=80) < date(2026, 6, 30) - row.reference_end < timedelta(weeks=156)
    assert row.halved_after is not None


@pytest.mark.req("R54")
def test_what_is_not_halved_yet_says_since_how_many_weeks_and_when_it_will_be(connection: Connection, scope: Scope) -> None:
    row = down(connection, scope, tuple(round(41.33 * 0.5 ** (n / 20)) for n in range(1, 13)))
    assert row.halved_after is None and row.weeks == 12 and row.forecast == "falling"
    assert 6 <= row.forecast_weeks <= 10 and row.signal in ("low", "run low")
    assert row.rate_4w == pytest.approx(29.0, abs=1) and row.down == pytest.approx(1 - row.rate_4w / row.reference)


@pytest.mark.req("R54")
def test_no_signal_downwards_no_forecast(connection: Connection, scope: Scope) -> None:
    row = down(connection, scope, (43, 42, 41, 41, 40, 40, 39, 42))
    assert (row.forecast, row.forecast_weeks, row.signal, row.halved_after) == ("no forecast", None, "", None)


def test_a_fall_that_has_stopped_is_not_carried_on(connection: Connection, scope: Scope) -> None:
    row = down(connection, scope, (28, 29, 28, 28, 29, 28, 29, 28, 28, 29))
    assert row.signal.endswith("low") and row.forecast == "no forecast"


def test_more_than_before_is_a_negative_fall(connection: Connection, scope: Scope) -> None:
    row = down(connection, scope, (82, 84, 83, 82))
    assert row.down == pytest.approx(-1.0, abs=0.05) and row.forecast == "no forecast"


def test_from_the_peak_weeks_count_from_its_last_week(connection: Connection, scope: Scope) -> None:
    row = down(connection, scope, (*(90,) * 4, *(40,) * 6), since="peak")
    assert row.reference == 90 and row.weeks == 6 and row.down == pytest.approx(1 - 40 / 90)


def test_a_rate_of_four_weeks_is_worked_out_from_sums(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_counts.weekly(connection, {"late": (*CALM, 30, 30, 30, 30)}, exposed=None)
    given.exposures(connection, given_counts.weeks(28)[:-1], 1000)
    given.exposures(connection, given_counts.weeks(1), 3000)
    assert counts_down(connection, scope)[0].rate_4w == 1000 * 120 / 6000


def test_the_goal_may_be_another(connection: Connection, scope: Scope) -> None:
    row = down(connection, scope, (34,) * 6, goal=90)
    assert row.forecast == "reached" and row.goal_rate == pytest.approx(0.9 * row.reference)


def test_without_a_baseline_it_is_too_early(connection: Connection, scope: Scope) -> None:
    row = down(connection, scope, (), before=(40,) * 8)
    assert (row.state, row.weeks, row.complaints) == ("too few", None, 160)
    assert not counts_down(connection, scope.only("south"))
