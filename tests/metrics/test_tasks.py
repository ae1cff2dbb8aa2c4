"""What customers must do stands beside how we fared: times of what was done, counts of the rest, and nothing of tomorrow."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as any_of
from hypothesis import strategies as st
from sqlalchemy import Connection

from tests.examples import at_most
from tests.metrics import given, given_worth
from tests.metrics.given_tasks import JUNE, steps, tried
from wallboard.metrics.scope import Scope
from wallboard.metrics.tasks import Task, attempts, tasks

MAY = date(2026, 5, 1)


def task_of(connection: Connection, scope: Scope, **options: Any) -> Task:
    (row,) = tasks(connection, scope, **options)
    return row


@pytest.fixture
def asked(connection: Connection) -> Connection:
    given.journey(connection)
    steps(connection)
    return connection


def test_a_task_that_nobody_tried_has_no_cases_and_keeps_the_customers_median(asked: Connection, scope: Scope) -> None:
    row = task_of(asked, scope)
    assert (row.stage, row.touchpoint_name, row.title) == ("receive", "The parcel arrives", "Ask for your money back")
    assert (row.customer_seconds, row.customer_n, row.measured_on) == (660.0, 212, date(2026, 5, 20))
    assert (row.state, row.attempts, row.median_seconds, row.best) == ("no cases", 0, None, None)
    assert (row.cases, row.cases_are, row.customer_hours) == (None, None, None)


def test_the_median_is_of_what_was_done_and_only_from_small_n_on(asked: Connection, scope: Scope) -> None:
    for seconds in (300, 500, 1100):
        tried(asked, seconds, errors=2)
    tried(asked, 20, "gave up", errors=5)
    row = task_of(asked, scope)
    assert (row.state, row.attempts, row.done, row.gave_up) == ("too few", 4, 3, 1)
    assert (row.median_seconds, row.best, row.errors) == (None, 300.0, 11)
    assert task_of(asked, replace(scope, small_n=3)).median_seconds == 500.0
    assert task_of(asked, replace(scope, small_n=3)).state == "measured"


def test_only_given_up_is_too_few_and_has_no_best(asked: Connection, scope: Scope) -> None:
    tried(asked, 20, "gave up")
    row = task_of(asked, replace(scope, small_n=1))
    assert (row.state, row.done, row.gave_up, row.best, row.median_seconds) == ("too few", 0, 1, None, None)


def test_customers_time_that_nobody_measured_is_not_zero(asked: Connection, scope: Scope) -> None:
    steps(asked, "free", "hotline", customer_seconds=None, customer_n=None, measured_on=None)
    rows = {row.task: row for row in tasks(asked, scope)}
    assert (rows["free"].customer_seconds, rows["free"].customer_hours) == (None, None)
    assert [row.task for row in tasks(asked, scope, stage="receive")] == ["ask", "free"]
    assert tasks(asked, scope, stage="choose") == ()


def test_what_it_costs_is_the_median_times_what_was_counted_there_last_month(asked: Connection, scope: Scope) -> None:
    given_worth.contacts(asked, MAY, "late", 120, 5.0, perimeter="north", touchpoint="parcel")
    given.complaints(asked, {"day": MAY, "touchpoint": "parcel"}, {"day": date(2026, 6, 29)})
    row = task_of(asked, scope)
    assert (row.month, row.cases, row.cases_are) == (MAY, 120, "contacts")
    assert row.customer_hours == pytest.approx(120 * 660 / 3600)
    given.exposures(asked, [MAY, date(2026, 5, 31), date(2026, 6, 1)], 620, perimeter="north")
    row = task_of(asked, scope)
    assert (row.cases, row.cases_are) == (1240, "orders")
    assert row.customer_hours == pytest.approx(227.33, abs=0.01)
    assert task_of(asked, replace(scope, perimeters=("south",))).cases is None


def test_nothing_after_the_instant_is_seen(asked: Connection, scope: Scope) -> None:
    tried(asked, 300)
    tried(asked, 400, ended=scope.as_of + timedelta(seconds=1))
    assert task_of(asked, scope).attempts == 1 and len(attempts(asked, scope, "ask")) == 1
    earlier = replace(scope, as_of=JUNE - timedelta(days=40))
    row = task_of(asked, earlier)
    assert (row.attempts, row.customer_seconds, row.measured_on) == (0, None, None)


def test_every_attempt_is_listed_the_newest_first(asked: Connection, scope: Scope) -> None:
    tried(asked, 300, errors=3, filled=2)
    tried(asked, 61.5, "gave up", ended=JUNE + timedelta(hours=1), by="bo", words="dull")
    steps(asked, key="other")
    tried(asked, 9, key="other")
    rows = attempts(asked, scope, "ask")
    assert [(row.name, row.seconds, row.outcome, row.errors, row.filled, row.fields) for row in rows] == [
        ("Bo", 61.5, "gave up", 0, 1, 2),
        ("Ana", 300.0, "done", 3, 2, 2),
    ]
    assert rows[0].words == "dull" and len(attempts(asked, scope)) == 3


@settings(max_examples=at_most(30), suppress_health_check=[HealthCheck.function_scoped_fixture])
@any_of(st.lists(st.tuples(st.integers(0, 9000), st.booleans(), st.integers(0, 50)), max_size=12), st.integers(1, 6))
def test_attempts_add_up_and_the_median_lies_between_its_times(
    asked: Connection, scope: Scope, tries: list[tuple[int, bool, int]], small_n: int
) -> None:
    with asked.begin_nested() as before:
        for seconds, done, errors in tries:
            tried(asked, seconds, "done" if done else "gave up", errors=errors)
        row = task_of(asked, replace(scope, small_n=small_n))
        before.rollback()
    took = [seconds for seconds, done, _ in tries if done]
    assert row.attempts == row.done + row.gave_up == len(tries)
    assert row.errors == sum(errors for *_, errors in tries)
    assert (row.median_seconds is not None) == (len(took) >= small_n)
    assert row.best == min(took, default=None)
    if row.median_seconds is not None:
        assert min(took) <= row.median_seconds <= max(took)
