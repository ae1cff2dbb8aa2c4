"""The arithmetic of flow against golden vectors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.metrics.flow_statistics import Stretch, littles_weeks, ranked, unstable
from wallboard.metrics.statistics import nearest_rank

SLE = (1, 2, 2, 3, 3, 4, 5, 6, 8, 9, 12, 14, 15, 21, 33)
STEADY = Stretch(12, 144, 144, 60.0, (60, 60), (17.0, 17.0))


def test_littles_law() -> None:
    assert littles_weeks(60, 12) == 5.0 and littles_weeks(60, 0) is None


@pytest.mark.parametrize(("percentile", "days"), [(50, 6), (85, 15), (95, 33)])
def test_the_service_level_expectation(percentile: int, days: int) -> None:
    assert ranked({day: SLE.count(day) for day in SLE}, percentile) == days


@given(st.lists(st.integers(1, 60), max_size=40), st.integers(1, 100))
def test_counted_values_rank_as_single_ones(values: list[int], percentile: int) -> None:
    assert ranked({value: values.count(value) for value in values}, percentile) == nearest_rank(values, percentile)


def test_it_holds_only_where_as_many_leave_as_come_and_both_ends_are_alike() -> None:
    assert unstable(STEADY) == ()
    assert unstable(Stretch(12, 144, 129, 60.0, (60, 75), (17.0, 17.0))) == ("more arrived than were solved",)
    assert unstable(Stretch(12, 144, 144, 60.0, (60, 90), (17.0, 17.0))) == ("more are open than before",)
    assert unstable(Stretch(12, 144, 144, 60.0, (60, 60), (17.0, 30.0))) == ("the open ones are older",)
    assert "nothing was solved" in unstable(Stretch(12, 9, 0, 60.0, (60, 69), (None, 17.0)))
