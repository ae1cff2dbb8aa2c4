"""The golden vectors of definitions.md B.10, and the edges of the formulas."""

from importlib import import_module
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.metrics.statistics import (
    Change,
    Interval,
    mean_change,
    mean_interval,
    nearest_rank,
    nps,
    nps_change,
    outside,
    runs,
    share_change,
    signals,
    time_within,
    wilson,
    xmr,
)


@pytest.fixture(scope="module")
def stats() -> Any:
    """What scipy works out: who asks for it is slow, for importing it alone takes each worker a second."""
    return import_module("scipy.stats")


SIMPLE = [41, 38, 45, 40, 43, 39, 44, 42, 37, 46, 40, 41]


@pytest.mark.parametrize(
    ("answers", "score", "centre", "margin"),
    [((50, 30, 20), 30, 29.13, 15.08), ((5, 3, 2), 30, 23.08, 42.13), ((10, 0, 0), 100, 76.92, 29.42)],
)
def test_nps_has_the_golden_intervals(answers: tuple[int, int, int], score: float, centre: float, margin: float) -> None:
    interval = nps(*answers)
    assert interval is not None
    assert (interval.score, round(interval.centre, 2), round(interval.margin, 2)) == (score, centre, margin)


def test_the_nps_band_is_clipped_to_the_scale() -> None:
    interval = nps(10, 0, 0)
    assert interval is not None
    assert interval.high == 100 and round(interval.low, 2) == round(76.92 - 29.42, 2)


def test_no_answers_give_no_nps() -> None:
    assert nps(0, 0, 0) is None and nps_change((0, 0, 0), (1, 0, 0)) is None


def test_a_change_in_nps_has_the_golden_z_and_p() -> None:
    change = nps_change((50, 30, 20), (62, 25, 13))
    assert change is not None and change.z is not None and change.p is not None
    assert (round(change.difference), round(change.z, 3), round(change.p, 3)) == (19, 1.795, 0.073)


def test_a_change_without_any_error_has_no_z() -> None:
    change = nps_change((10, 0, 0), (10, 0, 0))
    assert change is not None and change.z is None and change.p is None


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"), [(8, 10, 49.0, 94.3), (0, 10, 0, 27.8), (10, 10, 72.2, 100), (85, 100, 76.7, 90.7)]
)
def test_wilson_has_the_golden_intervals(successes: int, n: int, low: float, high: float) -> None:
    interval = wilson(successes, n)
    assert interval is not None
    assert (round(100 * interval.low, 1), round(100 * interval.high, 1)) == (low, high)


def test_no_cases_give_no_share() -> None:
    assert wilson(0, 0) is None


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_stays_on_the_scale_and_around_the_share(case: tuple[int, int]) -> None:
    interval = wilson(*case)
    assert interval is not None
    assert 0 <= interval.low <= interval.value + 1e-12 and interval.value - 1e-12 <= interval.high <= 1


def test_a_mean_has_a_t_interval() -> None:
    values = [3, 4, 5, 4, 4, 5, 2, 4, 5, 3]
    interval = mean_interval(len(values), sum(values), sum(v * v for v in values))
    assert interval is not None
    assert (round(interval.value, 3), round(interval.low, 3), round(interval.high, 3)) == (3.9, 3.189, 4.611)


def test_one_answer_has_no_interval_and_equal_answers_have_none_to_speak_of() -> None:
    assert mean_interval(1, 5, 25) is None
    interval = mean_interval(20, 100, 500)
    assert interval is not None and interval.low == interval.high == 5


def test_xmr_has_the_golden_limits() -> None:
    limits = xmr(SIMPLE)
    assert limits is not None
    shown = (limits.mean, limits.moving_range, limits.lower, limits.upper, limits.range_limit)
    assert [round(n, 2) for n in shown] == [41.33, 4.55, 29.24, 53.42, 14.85]
    assert round(limits.moving_range, 3) == 4.545 and limits.provisional


def test_limits_of_counts_are_floored_at_zero_and_one_point_has_none() -> None:
    limits = xmr([1, 5, 0, 6], floor=0)
    assert limits is not None and limits.lower == 0
    assert xmr([4]) is None


def test_rule_1_is_strict() -> None:
    limits = xmr(SIMPLE)
    assert limits is not None
    assert outside(limits.upper, limits) == "" and outside(limits.upper + 0.01, limits) == "high"
    assert outside(limits.lower, limits) == "" and outside(limits.lower - 0.01, limits) == "low"


def test_rule_2_fires_at_the_eighth_point_and_a_point_on_the_line_neither_adds_nor_resets() -> None:
    assert runs([6] * 8, 5) == [""] * 7 + ["high"]
    assert runs([6] * 4 + [5] + [6] * 4, 5) == [""] * 8 + ["high"]
    assert runs([6] * 7 + [4] + [6] * 7, 5) == [""] * 15


def test_signals_name_the_stronger_rule() -> None:
    limits = xmr(SIMPLE)
    assert limits is not None
    assert signals([60, *[42] * 7], limits) == ["high", *[""] * 6, "run high"]


@pytest.mark.parametrize(("percentile", "expected"), [(50, 6), (85, 15), (95, 33)])
def test_nearest_rank_has_the_golden_percentiles(percentile: float, expected: int) -> None:
    assert nearest_rank([1, 2, 2, 3, 3, 4, 5, 6, 8, 9, 12, 14, 15, 21, 33], percentile) == expected


def test_nearest_rank_of_nothing_is_nothing() -> None:
    assert nearest_rank([], 50) is None


@pytest.mark.slow
@pytest.mark.parametrize(("before", "after"), [((60, 100), (75, 100)), ((200, 413), (300, 507)), ((20, 40), (21, 40))])
def test_a_change_of_shares_is_the_test_of_a_table_of_four(stats: Any, before: tuple[int, int], after: tuple[int, int]) -> None:
    change = share_change(before, after)
    table = [[before[0], before[1] - before[0]], [after[0], after[1] - after[0]]]
    assert change is not None and change.z is not None
    assert change.difference == pytest.approx(after[0] / after[1] - before[0] / before[1])
    test_result = stats.chi2_contingency(table, correction=False)
    assert [change.z**2, change.p] == pytest.approx([test_result.statistic, test_result.pvalue])


def test_shares_of_too_few_have_a_difference_and_no_test() -> None:
    assert share_change((0, 0), (5, 10)) is None
    assert share_change((0, 40), (4, 40)) == Change(0.1, None, None)


@pytest.mark.slow
def test_a_change_of_means_is_welchs_test(stats: Any) -> None:
    before, after = [1, 2, 3, 4, 5, 5, 5, 4], [4, 4, 5, 5, 5, 3]
    sums = [(len(values), float(sum(values)), float(sum(v * v for v in values))) for values in (before, after)]
    change, expected = mean_change(*sums), stats.ttest_ind(after, before, equal_var=False)
    assert change is not None
    assert [change.z, change.p] == pytest.approx([expected.statistic, expected.pvalue])
    assert change.difference == pytest.approx(sum(after) / 6 - sum(before) / 8)


def test_means_of_one_answer_or_without_any_spread_have_no_test() -> None:
    assert mean_change((1, 5, 25), (9, 45, 225)) is None
    assert mean_change((9, 36, 144), (9, 45, 225)) == Change(1, None, None)


def test_where_everybody_agreed_a_change_in_nps_is_still_tested() -> None:
    change = nps_change((0, 0, 20), (20, 0, 0))
    assert change is not None and change.p is not None and change.p < 0.001


def test_what_is_still_open_counts_with_its_age() -> None:
    took = (1, 2, 2, 3, 3, 4, 5, 6, 8, 9, 12, 14, 15, 21, 33)
    for percentile in (50, 85, 95):
        assert time_within(took, (), percentile) == nearest_rank(took, percentile), "the golden vector: nobody waits"
    assert time_within((1, 2, 3), (40, 50, 60, 70), 50) is None, "four of seven wait for longer than any took"
    assert time_within((1, 2, 3, 4), (40, 50), 50) == 3 and nearest_rank((1, 2, 3, 4), 50) == 2
    assert time_within((1, 2, 3, 4), (0.5, 0.5), 50) == 2, "what has come just now says nothing yet"
    assert time_within((), (4, 5), 50) is None


@pytest.mark.slow
@given(took=st.lists(st.integers(0, 30), min_size=1, max_size=25), still=st.lists(st.integers(0, 30), max_size=25))
def test_a_time_within_is_that_of_scipy(stats: Any, took: list[int], still: list[int]) -> None:
    done = stats.ecdf(stats.CensoredData(uncensored=took, right=still)).cdf
    for percentile in (50, 85, 95):
        enough = done.quantiles[done.probabilities >= percentile / 100 - 1e-9]
        assert time_within(took, still, percentile) == (enough[0] if len(enough) else None)


def test_a_band_is_known_only_as_a_whole() -> None:
    assert Interval.of(0.4, 0.3, 0.5) == Interval(0.4, 0.3, 0.5) and Interval.of(0.0, 0.0, 0.0) == Interval(0.0, 0.0, 0.0)
    assert Interval.of(None, 0.3, 0.5) is Interval.of(0.4, None, 0.5) is Interval.of(0.4, 0.3, None) is None
