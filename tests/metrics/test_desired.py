from datetime import timedelta
from statistics import mean, stdev

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.special import stdtrit
from sqlalchemy import Connection

from tests.examples import at_most
from tests.metrics import given as put
from tests.metrics import given_journey
from wallboard.metrics.desired import desired_distance
from wallboard.metrics.scope import Scope
from wallboard.metrics.statistics import Interval


@pytest.mark.req("R142")
def test_the_distance_is_what_the_mean_lacks_to_five_with_n_and_interval(connection: Connection, scope: Scope) -> None:
    put.journey(connection)
    given_journey.stage(connection, "receive", desired="Calm")
    answers = [2, 3, 3, 4, 2, 3, 1, 3, 4, 5]
    given_journey.ratings(connection, *answers)
    row = desired_distance(connection, scope)[1]
    half = float(stdtrit(9, 0.975)) * stdev(answers) / 10**0.5
    assert (row.desired, row.n, row.state) == ("Calm", 10, "measured")
    assert [row.distance, row.nearest, row.furthest] == pytest.approx([2.0, 2.0 - half, 2.0 + half])


@pytest.mark.req("R142")
def test_too_few_and_never_asked_are_two_things_and_a_stage_without_a_statement_has_none(
    connection: Connection, scope: Scope
) -> None:
    put.journey(connection)
    given_journey.ratings(connection, *[3] * 9)
    old = scope.last_day - timedelta(days=200)
    given_journey.ratings(connection, *[5] * 20, stage="choose", day=old)
    rows = [[row.desired, row.n, row.distance, row.newest_day, row.state] for row in desired_distance(connection, scope)]
    assert rows == [
        [None, 0, None, old, "not measured"],
        [None, 9, None, given_journey.DAY, "too few"],
        [None, 0, None, None, "not measured"],
    ]


def test_another_perimeter_and_tomorrow_are_not_counted(connection: Connection, scope: Scope) -> None:
    put.journey(connection)
    given_journey.ratings(connection, *[1] * 10)
    given_journey.ratings(connection, *[5] * 10, perimeter="elsewhere")
    given_journey.ratings(connection, *[5] * 10, day=scope.today)
    row = desired_distance(connection, scope)[1]
    assert (row.n, row.distance) == (10, 4.0)


@settings(max_examples=at_most(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 5), min_size=10, max_size=40))
def test_a_distance_lies_within_its_interval_and_on_its_scale(connection: Connection, scope: Scope, answers: list[int]) -> None:
    with connection.begin_nested() as inner:
        put.journey(connection)
        given_journey.ratings(connection, *answers)
        row = desired_distance(connection, scope)[1]
        inner.rollback()
    far = Interval.of(row.distance, row.nearest, row.furthest)
    assert far and far.value == pytest.approx(5 - mean(answers))
    assert 0 <= far.low <= far.value + 1e-9 and far.value - 1e-9 <= far.high <= 4
