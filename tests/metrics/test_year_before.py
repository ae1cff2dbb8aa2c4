"""The same weeks and months of the year before: by their number, and never across what makes them another thing."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection

from tests.metrics import given, given_counts, given_definitions
from tests.metrics.test_signals import CALM
from wallboard.metrics.issues import issue_flow
from wallboard.metrics.scope import Scope
from wallboard.metrics.signals import SignalPoint, issue_signals
from wallboard.metrics.year_before import (
    YearBefore,
    changed_on,
    flow_before,
    months_before,
    same_month,
    same_week,
    total,
    weeks_before,
)

MONDAY = given_counts.MONDAY
THEN = date(2025, 6, 23)
"""The Monday of the same ISO week, W26, a year before."""


@pytest.mark.parametrize(
    ("monday", "then"),
    [
        (MONDAY, THEN),
        (date(2026, 12, 28), None),
        (date(2027, 1, 4), date(2025, 12, 29)),
        (date(2026, 12, 21), date(2025, 12, 22)),
        (date(2021, 1, 4), date(2019, 12, 30)),
        (date(2027, 12, 27), date(2026, 12, 21)),
    ],
)
def test_a_week_is_held_against_the_one_of_its_number_and_week_53_against_none(monday: date, then: date | None) -> None:
    assert same_week(monday) == then
    assert then is None or then.isocalendar()[1] == monday.isocalendar()[1]


def test_a_month_is_held_against_the_same_month() -> None:
    assert same_month(date(2024, 2, 1)) == date(2023, 2, 1)
    (row,) = months_before({date(2023, 2, 1): (0.0, "measured")}, [date(2024, 2, 1)])
    assert (row.then, row.value, row.state) == (date(2023, 2, 1), 0.0, "measured")


WEEK_53 = date(2026, 12, 28)


@pytest.mark.parametrize(
    ("then", "value", "state"),
    [
        ((12.0, "measured"), 12.0, "measured"),
        ((0.0, "measured"), 0.0, "measured"),
        ((None, "too few"), None, "too few"),
        ((None, "no cases"), None, "no cases"),
        ((None, "not measured"), None, "not measured"),
    ],
)
def test_zero_missing_too_few_and_not_measured_are_four_things(
    then: tuple[float | None, str], value: float | None, state: str
) -> None:
    known = {THEN - timedelta(weeks=1): (5.0, "measured"), THEN: then}
    assert weeks_before(known, [MONDAY]) == (YearBefore(MONDAY, THEN, value, state),)


def test_before_the_first_fact_nothing_is_loaded_and_a_week_53_may_have_none() -> None:
    (row,) = weeks_before({THEN + timedelta(weeks=1): (5.0, "measured")}, [MONDAY])
    assert (row.value, row.state) == (None, "not loaded")
    assert weeks_before({}, [MONDAY])[0].state == "not loaded"
    assert weeks_before({THEN: (5.0, "measured")}, [WEEK_53]) == (YearBefore(WEEK_53, None, None, "no such week"),)


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        (THEN, "measured"),
        (THEN + timedelta(days=1), "definition changed"),
        (MONDAY + timedelta(days=6), "definition changed"),
        (MONDAY + timedelta(days=7), "measured"),
        (None, "measured"),
    ],
)
def test_nothing_is_compared_across_a_changed_definition(changed: date | None, state: str) -> None:
    (row,) = weeks_before({THEN: (5.0, "measured")}, [MONDAY], changed)
    assert row.state == state and (row.value is None) == (state != "measured")


def test_a_sum_is_measured_only_where_each_week_is() -> None:
    weeks = [YearBefore(MONDAY, THEN, 2.0, "measured"), YearBefore(MONDAY, THEN, 3.0, "measured")]
    whole, part = total(weeks), total([*weeks, YearBefore(MONDAY, THEN, None, "not measured")])
    assert whole is not None and part is not None
    assert (whole.value, part.value, part.state) == (5.0, None, "not measured")
    assert total([]) is None


def last_week(connection: Connection, scope: Scope) -> SignalPoint:
    return next(row for row in issue_signals(connection, scope) if row.issue_type == "late" and row.period_start == MONDAY)


def test_the_rate_of_complaints_knows_its_year_before_where_the_store_has_it(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_counts.weekly(connection, {"late": (17, *(20,) * 27, *CALM, 30)})
    point = last_week(connection, scope)
    assert (point.value, point.year_before, point.year_before_state) == (30.0, 17.0, "measured")
    assert point.same_week_last_year == YearBefore(MONDAY, THEN, 17.0, "measured")
    first = next(row for row in issue_signals(connection, scope) if row.issue_type == "late")
    assert first.year_before_state == "not loaded"


def test_the_rate_is_not_held_against_what_another_definition_counted(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_counts.weekly(connection, {"late": (17, *(20,) * 27, *CALM, 30)})
    for version, day in ((1, date(2025, 1, 1)), (2, date(2026, 1, 1))):
        given_definitions.defined(connection, "complaint_rate", version, day, formula=f"formula {version}")
    assert changed_on(connection, scope, ("complaint_rate",)) == date(2026, 1, 1)
    assert last_week(connection, scope).year_before_state == "definition changed"


def test_what_arrived_and_departed_is_summed_over_the_same_weeks(connection: Connection, scope: Scope) -> None:
    moved = [(3, 1), (4, 2), *((9, 9),) * 50, (7, 7), (8, 8)]
    given_counts.flow(connection, moved)
    before = flow_before(issue_flow(connection, scope, weeks=4 + 53), 2)
    assert before.arrived is not None and before.departed is not None
    assert (before.arrived.then, before.arrived.value, before.departed.value) == (THEN - timedelta(weeks=1), 7.0, 3.0)
    longer = flow_before(issue_flow(connection, scope, weeks=4 + 53), 4).arrived
    assert longer is not None and (longer.value, longer.state) == (None, "not loaded")
