"""Until nothing is open, and until a count is down."""

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from tests.examples import at_most
from tests.metrics import cells_of, given_counts
from wallboard.metrics.forecasts import clear, clearing, weeks_until
from wallboard.metrics.scope import Scope

WENT, CAME = (1, 3, 5, 3, 7, 8, 0, 5, 3, 1, 8, 2), (3, 4, 3, 4, 5, 4, 3, 4, 4, 5, 2, 3)


def test_a_backlog_clears_in_the_weeks_of_the_golden_vector() -> None:
    forecast = clear(40, WENT)
    assert forecast is not None and [forecast.within(n) for n in (50, 85, 95)] == [11, 13, 15]


def test_with_what_arrives_only_32_of_100_runs_clear_so_it_is_not_expected() -> None:
    forecast = clear(40, WENT, CAME)
    assert forecast is not None and round(100 * forecast.share) == 32 and forecast.within(85) is None


@pytest.mark.parametrize("seed", range(4))
def test_the_golden_vector_holds_for_other_luck(seed: int) -> None:
    forecast = clear(40, WENT, seed=seed)
    assert forecast is not None and [forecast.within(n) for n in (50, 85, 95)] == [11, 13, 15]


def test_below_seven_weeks_nothing_is_forecast_and_weeks_of_nothing_stay() -> None:
    assert clear(40, (5,) * 6) is None
    with_zeros, without = clear(40, (5, 0) * 4), clear(40, (5,) * 8)
    assert with_zeros and without and without.within(85) == 8 < (with_zeros.within(85) or 0)


def test_the_week_is_drawn_not_its_numbers() -> None:
    together = clear(10, (0, 20) * 4, (0, 19) * 4, runs=2000)
    assert together and min(together.cleared) >= 10, "a quiet week's arrivals never meet a busy week's departures"


@settings(max_examples=at_most(30))
@drawn(st.integers(0, 80), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=7, max_size=30))
def test_more_runs_clear_in_more_weeks(backlog: int, weeks: list[tuple[int, int]]) -> None:
    went, came = [w for w, _ in weeks], [c for _, c in weeks]
    forecast = clear(backlog, went, came, runs=400)
    again = clear(backlog, went, came, runs=400)
    assert forecast and again and forecast.cleared == again.cleared
    weeks_needed = [forecast.within(n) for n in (50, 85, 95)]
    known_weeks = [n for n in weeks_needed if n is not None]
    assert known_weeks == sorted(known_weeks) and weeks_needed[: len(known_weeks)] == known_weeks
    assert (forecast.within(85) is None) == (forecast.share < 0.85)


def test_clearing_of_the_golden_vector_through_the_store(connection: Connection, scope: Scope) -> None:
    given_counts.flow(connection, [(40 + sum(WENT), 0)], last=given_counts.weeks(13)[0])
    given_counts.flow(connection, [(0, went) for went in WENT])
    rows = clearing(connection, scope, weeks=12)
    assert cells_of(rows[:1], "open", "week_50", "week_85", "week_95", "state") == [[40, 11, 13, 15, "measured"]]
    assert sum(row.runs or 0 for row in rows) == rows[0].all_runs == 10_000


def test_clearing_with_few_weeks_and_with_none(connection: Connection, scope: Scope) -> None:
    assert clearing(connection, scope)[0].state == "not measured"
    given_counts.flow(connection, [(9, 5)] * 6)
    assert cells_of(clearing(connection, scope), "state", "weeks_seen", "week_85")[0] == ["too few", 6, None]


def test_what_never_clears_has_one_row(connection: Connection, scope: Scope) -> None:
    given_counts.flow(connection, [(9, 5)] * 12)
    assert cells_of(clearing(connection, scope), "weeks_needed", "week_50", "cleared_share", "open") == [[None, None, 0.0, 48]]


def test_a_fall_is_carried_on_and_no_fall_is_not() -> None:
    falling = [40 * 0.5 ** (n / 10) for n in range(12)]
    assert weeks_until(falling, 10) == 9
    assert weeks_until([40.0, 41, 39, 40, 42, 38, 40, 41, 40, 39], 20) is None
    assert weeks_until(falling[::-1], 10) is None
    assert weeks_until([0.0] * 12, 10) is None and weeks_until(falling[:6], 10) is None
