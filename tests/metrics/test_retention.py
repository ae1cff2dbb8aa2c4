from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as examples
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert

from tests.examples import at_most
from tests.metrics import given, given_churn_risk
from wallboard.loaders.counting.cohorts import cohorts
from wallboard.loaders.counting.events import read_events
from wallboard.loaders.facts.customer_flow import count_events
from wallboard.metrics.retention import retention, retention_trend, win_backs
from wallboard.metrics.scope import Scope
from wallboard.store.schema import customer_event, retention_month
from wallboard.store.write import insert_rows

OLD, APRIL, MAY = date(2025, 1, 10), date(2026, 4, 10), date(2026, 5, 12)


def many(connection: Connection, *events: given.Event, n: int = 20) -> None:
    given.customers(connection, *((f"c{k}", OLD, "new", 100.0) for k in range(n)), *events)
    given_churn_risk.counted(connection)


def test_who_stayed_with_interval_and_money(connection: Connection, scope: Scope) -> None:
    many(
        connection,
        ("c0", MAY, "lost", 100.0),
        ("c1", MAY, "changed", 50.0),
        ("c2", APRIL, "changed", -20.0),
        ("n", MAY, "new", 9.0),
    )
    row = retention(connection, scope)[0]
    assert (row.customers, row.retained, row.lost, row.period_name) == (20, 19, 1, "2025-06/2026-05")
    assert row.retention == 0.95 and row.low is not None and row.high is not None and row.low < 0.95 < row.high
    assert (row.grr, row.nrr, row.end_value) == (0.94, 0.965, 1930)


def test_zero_few_and_nothing_are_three_things(connection: Connection, scope: Scope) -> None:
    row = retention(connection, scope)[0]
    assert (row.state, row.customers, row.retention, row.grr) == ("not measured", None, None, None)
    many(connection, n=9)
    row = retention(connection, scope)[0]
    assert (row.state, row.customers, row.retained, row.retention, row.nrr) == ("too few", 9, 9, None, None)
    early = Scope(scope.as_of.replace(year=2025, month=3), scope.zone, scope.perimeters)
    row = retention(connection, early)[0]
    assert (row.state, row.customers, row.retention) == ("no cases", 0, None)


def test_under_the_rule_of_orders_an_early_cohort_is_left_censored(connection: Connection, scope: Scope) -> None:
    many(connection)
    orders = Scope(scope.as_of, scope.zone, scope.perimeters, rule="orders", lapse_days=90)
    trend = retention_trend(connection, orders, window=1, months=8)
    assert [row.coverage for row in trend] == ["left-censored"] * 4 + ["complete"] * 4
    assert {row.coverage for row in retention_trend(connection, scope, window=1, months=8)} == {"complete"}


def test_what_happens_later_changes_no_cohort(connection: Connection, scope: Scope) -> None:
    many(connection)
    before = retention(connection, scope), win_backs(connection, scope)
    many(connection, ("c3", scope.last_day, "lost", 100.0), ("c4", scope.today + timedelta(days=40), "lost", 100.0), n=0)
    assert before == (retention(connection, scope), win_backs(connection, scope))


def test_the_perimeters_sum(connection: Connection, scope: Scope) -> None:
    given.customers(connection, *((f"s{k}", OLD, "new", 10.0) for k in range(12)), ("s1", MAY, "lost", 10.0), perimeter="south")
    many(connection)
    parts = [retention(connection, Scope(scope.as_of, scope.zone, (p,)))[0] for p in scope.perimeters]
    whole = retention(connection, scope)[0]
    for name in ("customers", "lost", "start_value", "churn"):
        assert getattr(whole, name) == sum(getattr(part, name) for part in parts)


def test_nobody_left_to_come_back(connection: Connection, scope: Scope) -> None:
    many(connection)
    rows = win_backs(connection, scope, window=365, months=3)
    assert {row.state for row in rows} == {"no cases", "censored"}
    assert {(row.total_rate, row.total_lost) for row in rows} == {(None, 0)}


def test_a_rate_of_a_large_enough_cohort(connection: Connection, scope: Scope) -> None:
    left = date(2025, 11, 3)
    lost: list[Any] = [(f"c{k}", left, "lost", 100.0) for k in range(12)]
    back: list[Any] = [(f"c{k}", left + timedelta(days=30 * (k + 1)), "won back", 100.0) for k in range(4)]
    many(connection, *lost, *back)
    by_period_name = {row.period_name: row for row in win_backs(connection, scope, window=90)}
    november = by_period_name["2025-11"]
    assert (november.lost, november.returned, november.rate) == (12, 3, 0.25)
    assert (november.total_lost, november.total_returned, november.total_rate) == (12, 3, 0.25)
    assert by_period_name["2026-04"].state == "censored" and by_period_name["2026-03"].state == "no cases"


EVENT = st.tuples(st.integers(0, 60), st.sampled_from(("turn", "more", "less")), st.integers(1, 300))
LIVES = st.lists(st.tuples(st.integers(0, 500), st.integers(1, 900), st.lists(EVENT, max_size=5)), min_size=1, max_size=5)


@pytest.mark.req("R38")
@settings(max_examples=at_most(30), suppress_health_check=[HealthCheck.function_scoped_fixture])
@examples(lives=LIVES)
@pytest.mark.slow
def test_no_history_keeps_more_than_everything(
    connection: Connection, scope: Scope, lives: list[tuple[int, int, list[tuple[int, str, int]]]]
) -> None:
    connection.execute(delete(customer_event))
    connection.execute(delete(retention_month))
    rows, end_of = [], {}
    for number, (begins, worth, steps) in enumerate(lives):
        day, value, there = date(2024, 12, 1) + timedelta(days=begins), worth, True
        rows.append((f"c{number}", day, "new", worth))
        for wait, what, amount in steps:
            day += timedelta(days=wait + 1)
            if what == "turn":
                rows.append((f"c{number}", day, "lost" if there else "won back", value if there else amount))
                value, there = (0, False) if there else (amount, True)
            elif there and (change := amount if what == "more" else -min(amount, value)):
                rows.append((f"c{number}", day, "changed", change))
                value += change
        end_of[f"c{number}"] = value
    plain = {"perimeter": "north", "rule": "contracts", "customer_group": "", "from_group": "", "reason": "", "reason_source": ""}
    events = [{"customer": w, "day": d, "month": d.replace(day=1), "kind": k, "value": v, **plain} for w, d, k, v in rows]
    connection.execute(insert(customer_event), events)
    count_events(connection, {day for _, day, _, _ in rows})
    insert_rows(connection, retention_month, cohorts(read_events(connection)))
    every = Scope(scope.as_of.replace(year=2027), scope.zone, scope.perimeters, small_n=1)
    row: Any
    for row in retention_trend(connection, every, months=24):
        assert row.state == "not measured" or row.customers == row.retained + row.lost
        if row.grr is not None:
            assert 0 <= row.grr <= 1 and row.grr <= row.nrr
            assert row.nrr * row.start_value == pytest.approx(row.start_value + row.expansion - row.contraction - row.churn)
