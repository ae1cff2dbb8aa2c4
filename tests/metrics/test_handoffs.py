"""How cases pass on: shares with their counts, what is unknown, and what nobody measures."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as examples
from hypothesis import strategies as st
from sqlalchemy import Connection, delete

from tests.examples import at_most
from tests.metrics import given, given_handoffs
from wallboard.metrics.handoffs import Handoff, handoffs
from wallboard.metrics.scope import Scope
from wallboard.metrics.statistics import wilson
from wallboard.store.schema import handoff_day

DAY = date(2026, 6, 10)


@pytest.fixture
def passing(connection: Connection) -> Connection:
    given.journey(connection)
    given_handoffs.handoffs(connection)
    return connection


def handoff_of(connection: Connection, scope: Scope, name: str, **options: Any) -> Handoff:
    by_handoff = {row.handoff: row for row in handoffs(connection, scope, **options)}
    return by_handoff[name]


@pytest.mark.req("R65")
def test_volume_wait_completeness_and_bounces_of_each(passing: Connection, scope: Scope) -> None:
    counts = {"handed": 40, "taken": 30, "wait_hours": 300.0, "in_time": 24, "late": 8, "complete": 27, "complete_known": 36}
    given_handoffs.passed(passing, DAY, "shop-to-store", **counts, returned=3)
    given_handoffs.passed(passing, DAY, "shop-to-store", DAY + timedelta(days=1), returned=1)
    row = handoff_of(passing, scope, "shop-to-store")
    assert (row.handed, row.waiting, row.wait_hours, row.late_share) == (40, 10, 10.0, 8 / 32)
    assert (row.completeness, row.unknown, row.bounce_rate, row.returned) == (27 / 36, 4, 0.1, 4)
    band = wilson(4, 40)
    assert band and (row.bounce_low, row.bounce_high) == (band.low, band.high)
    assert (row.from_name, row.to_name, row.touchpoint_name, row.stage) == ("Shop", "Store", "Web shop", "choose")
    assert row.state == "measured" and (row.period_start, row.period_end) == (date(2026, 6, 1), date(2026, 6, 28))


@pytest.mark.req("R65")
def test_without_data_it_is_not_measured_and_without_cases_in_these_weeks_there_are_none(
    passing: Connection, scope: Scope
) -> None:
    given_handoffs.passed(passing, DAY - timedelta(days=60), "store-to-carrier", handed=40, taken=40)
    row = handoff_of(passing, scope, "shop-to-store")
    assert row.state == "not measured" and row.handed is None and row.bounce_rate is None
    row = handoff_of(passing, scope, "store-to-carrier")
    assert row.state == "no cases" and row.handed == 0 and row.bounce_rate is None and row.late_share is None


def test_few_cases_are_counted_and_have_no_rate(passing: Connection, scope: Scope) -> None:
    few = {"handed": 9, "taken": 9, "wait_hours": 9.0, "in_time": 9, "complete": 4, "complete_known": 9, "returned": 2}
    given_handoffs.passed(passing, DAY, "shop-to-store", **few)
    row = handoff_of(passing, scope, "shop-to-store")
    assert row.state == "too few" and (row.handed, row.returned, row.complete) == (9, 2, 4)
    assert all(getattr(row, name) is None for name in ("bounce_rate", "bounce_low", "completeness", "late_share", "wait_hours"))


def test_unknown_completeness_is_in_no_share(passing: Connection, scope: Scope) -> None:
    given_handoffs.passed(passing, DAY, "shop-to-store", handed=50, taken=50, in_time=50, complete=10, complete_known=10)
    row = handoff_of(passing, scope, "shop-to-store")
    assert (row.completeness, row.unknown) == (1.0, 40)


def test_where_no_longest_wait_is_said_nothing_is_late(passing: Connection, scope: Scope) -> None:
    given_handoffs.passed(passing, DAY, "care-to-bank", handed=20, taken=20, wait_hours=900.0)
    row = handoff_of(passing, scope, "care-to-bank")
    assert (row.late, row.in_time, row.late_share, row.wait_hours) == (None, None, None, 45.0)


@pytest.mark.req("R65")
def test_what_comes_back_later_is_not_seen_before(passing: Connection, scope: Scope) -> None:
    given_handoffs.passed(passing, DAY, "shop-to-store", handed=20, taken=20)
    given_handoffs.passed(passing, DAY, "shop-to-store", date(2026, 6, 29), returned=5)
    before = replace(scope, as_of=scope.as_of - timedelta(days=1))
    assert handoff_of(passing, before, "shop-to-store").bounce_rate == 0
    assert handoff_of(passing, scope, "shop-to-store").bounce_rate == 0.25
    given_handoffs.passed(passing, DAY, "shop-to-store", date(2026, 6, 30), returned=5)
    assert handoff_of(passing, scope, "shop-to-store").bounce_rate == 0.25


@pytest.mark.slow
def test_a_stage_and_a_part_of_the_business_are_seen_alone(passing: Connection, scope: Scope) -> None:
    given_handoffs.passed(passing, DAY, "store-to-carrier", handed=20)
    given_handoffs.passed(passing, DAY, "store-to-carrier", handed=30, perimeter="south")
    assert [row.handoff for row in handoffs(passing, scope, stage="receive")] == ["store-to-carrier", "care-to-bank"]
    assert handoff_of(passing, scope, "store-to-carrier").handed == 50
    assert handoff_of(passing, scope.only("south"), "store-to-carrier").handed == 30
    assert handoff_of(passing, scope.only("south"), "shop-to-store").state == "not measured"


def test_nothing_described_is_no_row(connection: Connection, scope: Scope) -> None:
    assert handoffs(connection, scope) == ()


_CASES = st.integers(0, 40)


@settings(max_examples=at_most(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@examples(_CASES, _CASES, _CASES, _CASES)
def test_shares_lie_within_their_counts(passing: Connection, scope: Scope, a: int, b: int, c: int, d: int) -> None:
    handed, (returned, known), taken = max(a, b, c), sorted((b, c)), min(d, max(a, b, c))
    passing.execute(delete(handoff_day))
    counts = {"handed": handed, "returned": min(returned, handed), "complete": min(returned, known), "complete_known": known}
    given_handoffs.passed(passing, DAY, "shop-to-store", **counts, taken=taken, in_time=taken)
    row = handoff_of(passing, scope, "shop-to-store")
    if row.state == "not measured":
        assert handed == 0
        return
    of = {name: getattr(row, name) for name in ("unknown", "complete_known", "waiting", "taken")}
    assert row.handed == of["unknown"] + of["complete_known"] == of["waiting"] + of["taken"]
    for share in (row.bounce_rate, row.completeness, row.late_share):
        assert share is None or 0 <= share <= 1
    assert (row.bounce_rate is None) == (handed < scope.small_n)
