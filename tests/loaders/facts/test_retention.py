"""Closed cohorts and returns, through loads on both databases, and against a count by hand of random histories."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from tests.examples import at_most
from tests.loaders.conftest import NOW, Workspace
from tests.loaders.test_feeds import source
from wallboard.loaders.counting.cohorts import WINDOWS, cohorts
from wallboard.loaders.facts.winbacks import returns
from wallboard.metrics.retention import retention, retention_trend, win_backs
from wallboard.metrics.scope import Scope
from wallboard.store.schema import retention_month, winback_month

COLUMNS = ["contract", "customer", "started_on", "ended_on", "annual_value"]
CONTRACTS = source("contracts", "c.csv", COLUMNS).replace("'row'", "['contract']") + 'mode = "snapshot"\n'
GROUPS = source("memberships", "m.csv", ["customer", "customer_group", "valid_from", "valid_to"])
GOLDEN = (
    "1,a,2025-01-01,,50000", "2,a,2026-05-10,,9000", "3,b,2025-01-01,2026-05-12,40000", "4,b,2026-05-12,,36000",
    "5,c,2025-01-01,2026-05-15,6000", "6,d,2025-01-01,,4000", "7,e,2026-05-20,,15000",
    "8,f,2024-01-01,2025-06-01,2500", "9,f,2026-05-21,,2000",
)  # fmt: skip


def put(workspace: Workspace, *rows: str) -> None:
    workspace.put("c.csv", "\n".join((",".join(COLUMNS), *rows, "")))
    assert all(result.status == "ok" and not result.refused for result in workspace.load())


def scope(workspace: Workspace, **other: int) -> Scope:
    now = Scope.of(workspace.room.settings, NOW)
    return Scope(**{**vars(now), "small_n": 1, **other})


@pytest.mark.req("R38")
def test_the_golden_vector_through_a_load(workspace: Workspace) -> None:
    workspace.sources(CONTRACTS)
    put(workspace, *GOLDEN)
    with workspace.engine.connect() as connection:
        row = retention(connection, scope(workspace), window=1)[0]
    assert (row.period_name, row.customers, row.retained, row.lost) == ("2026-05", 4, 3, 1)
    assert (row.start_value, row.expansion, row.contraction, row.churn) == (100_000, 9_000, 4_000, 6_000)
    assert row.nrr == pytest.approx(0.99) and row.grr == pytest.approx(0.90)
    assert row.end_value == 116_000 - 15_000 - 2_000
    assert row.retention == pytest.approx(0.75) and row.churn_rate == pytest.approx(0.25)


def test_money_of_which_a_part_is_unknown_is_in_no_rate_as_long_as_it_is(workspace: Workspace) -> None:
    workspace.sources(CONTRACTS)
    a = ("1,a,2025-11-05,,1000", "2,a,2026-01-05,2026-03-10,")
    e, f = ("4,e,2025-11-10,2026-04-01,300", "5,e,2026-03-01,,"), ("6,f,2025-11-01,2026-05-05,70", "7,f,2025-11-01,2026-05-05,")
    put(workspace, *a, "3,c,2025-11-07,,500", *e, *f)
    with workspace.engine.connect() as connection:
        months = retention_trend(connection, scope(workspace), window=1, months=6)
    assert [(row.period_name, row.customers, row.start_value, row.churn, row.value_unknown) for row in months] == [
        ("2025-12", 4, 1800, 0, 1),
        ("2026-01", 4, 800, 0, 2),
        ("2026-02", 4, 800, 0, 2),
        ("2026-03", 4, 500, 0, 3),
        ("2026-04", 4, 1500, 0, 2),
        ("2026-05", 4, 1500, 0, 2),
    ]


def test_purchases_without_an_amount_are_in_no_rate_for_a_year(make: Callable[..., Workspace]) -> None:
    workspace = make(customers={"rule": "orders", "lapse_days": 200})
    workspace.sources(
        source("orders", "o.csv", ["order_key", "customer", "ordered_at", "amount"]).replace("'row'", "['order_key']")
    )
    workspace.put(
        "o.csv", "order_key,customer,ordered_at,amount\n1,a,2025-01-05,\n2,a,2025-07-01,9\n3,a,2026-01-02,9\n4,b,2026-01-02,5\n"
    )
    workspace.load()
    with workspace.engine.connect() as connection:
        trend = retention_trend(connection, scope(workspace), window=1, months=12)
    by_period_name = {row.period_name: row.value_unknown for row in trend}
    assert (by_period_name["2025-12"], by_period_name["2026-02"]) == (1, 0)


def test_who_left_and_came_back_inside_the_window_is_kept_and_told_apart_and_their_money_stays_out(workspace: Workspace) -> None:
    workspace.sources(CONTRACTS)
    put(workspace, "1,a,2024-01-01,2026-01-10,100", "2,a,2026-03-10,,300", "3,b,2024-01-01,,50")
    with workspace.engine.connect() as connection:
        year, month = (retention(connection, scope(workspace), window=window)[0] for window in (12, 1))
    assert (year.customers, year.retained, year.returned, year.lost) == (2, 2, 1, 0)
    assert (year.start_value, year.churn, year.expansion) == (150, 100, 0), "what left once is gone: GRR and NRR stay closed"
    assert year.nrr == year.grr == pytest.approx(50 / 150)
    assert (month.customers, month.lost, month.start_value) == (2, 0, 350)


def test_another_load_changes_the_cohorts_and_a_name_does_not(workspace: Workspace) -> None:
    workspace.sources(CONTRACTS)
    put(workspace, "1,a,2025-01-01,,100", "2,b,2025-01-01,,100")
    with workspace.engine.connect() as connection:
        assert retention(connection, scope(workspace))[0].lost == 0
    put(workspace, "1,a,2025-01-01,2026-02-01,100", "2,b,2025-01-01,,100")
    with workspace.engine.connect() as connection:
        assert retention(connection, scope(workspace))[0].lost == 1


def test_a_cohort_counts_in_the_group_of_its_start(workspace: Workspace) -> None:
    workspace.sources(CONTRACTS + GROUPS)
    workspace.put("m.csv", "customer,customer_group,valid_from,valid_to\na,small,2024-01-01,2026-03-01\na,large,2026-03-01,\n")
    put(workspace, "1,a,2025-01-01,,100", "2,a,2026-04-01,,40")
    with workspace.engine.connect() as connection:
        small, large = (retention(connection, scope(workspace), group=group)[0] for group in ("small", "large"))
    assert (small.customers, small.expansion) == (1, 40) and small.nrr == pytest.approx(1.4)
    assert (large.customers, large.state) == (0, "no cases")


def test_an_unknown_value_is_a_customer_and_no_money(workspace: Workspace) -> None:
    workspace.sources(CONTRACTS)
    put(workspace, "1,a,2025-01-01,,", "2,b,2025-01-01,2026-05-05,80", "3,a,2026-05-01,,500")
    with workspace.engine.connect() as connection:
        row = retention(connection, scope(workspace), window=1)[0]
    assert (row.customers, row.value_unknown, row.start_value, row.expansion, row.grr) == (2, 1, 80, 0, 0)


def test_months_without_anything_are_the_last_known_state(make: Callable[..., Workspace]) -> None:
    workspace = make()
    workspace.sources(CONTRACTS)
    put(workspace, "1,a,2020-01-01,,100", "2,b,2020-01-01,2020-03-01,100", "3,c,2026-02-01,,100")
    months = {row[0] for row in workspace.rows(retention_month, "month")}
    assert date(2021, 4, 1) not in months and date(2026, 3, 1) in months
    with workspace.engine.connect() as connection:
        trend = retention_trend(connection, scope(workspace), window=12, months=74)
    held = {row.period_name: (row.customers, row.lost) for row in trend}
    assert held["2020-06/2021-05"] == (1, 0)
    assert held["2020-02/2021-01"] == (2, 1)
    assert held["2025-06/2026-05"] == (1, 0)


@pytest.mark.req("R38")
def test_returns_count_within_their_window_and_only_once_it_has_passed(workspace: Workspace) -> None:
    workspace.sources(CONTRACTS)
    lives = [("a", 90), ("b", 91), ("c", 180), ("d", 400), ("e", None)]
    rows = []
    for who, away in lives:
        left = date(2025, 1, 10)
        rows.append(f"{who}1,{who},2024-01-01,{left},10")
        rows += [f"{who}2,{who},{left + timedelta(days=away)},,10"] if away else []
    put(workspace, *rows, "x1,x,2024-01-01,2026-05-10,10", "x2,x,2026-06-01,,10")
    assert workspace.rows(winback_month, "month", "lost", "within_90", "within_180", "within_365")[0] == (
        date(2025, 1, 1),
        5,
        1,
        3,
        3,
    )
    with workspace.engine.connect() as connection:
        months = win_backs(connection, scope(workspace), window=90, months=24)
    by_period_name = {row.period_name: (row.lost, row.returned, row.rate, row.state) for row in months}
    assert by_period_name["2025-01"] == (5, 1, 0.2, "measured")
    assert by_period_name["2026-05"] == (1, None, None, "censored")
    assert by_period_name["2025-02"][-1] == "no cases"
    assert {(row.total_lost, row.total_returned) for row in months} == {(5, 1)}


def test_a_departure_inside_another_customers_life_is_not_its_return() -> None:
    events = pd.DataFrame(
        [
            ("a", "north", "2026-01-01", "lost"),
            ("b", "north", "2026-01-05", "won back"),
            ("a", "south", "2026-01-07", "won back"),
        ],
        columns=["customer", "perimeter", "day", "kind"],
    ).assign(customer_group="")
    events["day"] = pd.to_datetime(events["day"])
    assert returns(events)[["lost", "within_90"]].to_numpy().tolist() == [[1, 0]]


STEP = st.tuples(st.integers(0, 40), st.sampled_from(("turn", "grow", "shrink")), st.integers(1, 500))
LIVES = st.lists(st.tuples(st.integers(0, 700), st.integers(1, 900), st.lists(STEP, max_size=6)), min_size=1, max_size=4)
FIRST = date(2024, 1, 1)


def events_of(lives: list[tuple[int, int, list[tuple[int, str, int]]]]) -> pd.DataFrame:
    """Events of each life: it begins, then after some days it turns (leaves, or comes back) or changes in value."""
    rows = []
    for number, (begins, worth, steps) in enumerate(lives):
        day, value, there = FIRST + timedelta(days=begins), worth, True
        rows.append((f"c{number}", day, "new", float(value)))
        for wait, what, amount in steps:
            day += timedelta(days=wait * 9 + 1)
            if what == "turn":
                rows.append((f"c{number}", day, "lost" if there else "won back", float(value if there else amount)))
                value, there = (0, False) if there else (amount, True)
            elif there:
                change = amount if what == "grow" else -min(amount, value)
                rows += [(f"c{number}", day, "changed", float(change))] if change else []
                value += change
    events = pd.DataFrame(rows, columns=["customer", "day", "kind", "value"]).assign(perimeter="north", customer_group="g")
    return events.assign(day=pd.to_datetime(events["day"]))


def by_hand(events: list[tuple[str, pd.Timestamp, str, float]], start: pd.Timestamp, end: pd.Timestamp) -> tuple[float, ...]:
    """customers, lost, returned, value, expansion, contraction, churn, looked at one customer at a time."""
    sums = [0.0] * 7
    for who in {event[0] for event in events}:
        was, there, grown, lost, here = 0.0, False, 0.0, False, True
        for _, day, kind, value in (event for event in events if event[0] == who and event[1] < end):
            if day >= start:
                grown, lost = grown + value, lost or kind == "lost"
                here = kind != "lost" if kind != "changed" else here
            elif kind == "changed":
                was += value
            else:
                was, there = (0.0, False) if kind == "lost" else (value, True)
        if there:
            gain = 0.0 if lost else grown
            kept = (1, not here, lost and here, was, max(gain, 0), max(-gain, 0), was if lost else 0)
            sums = [had + more for had, more in zip(sums, kept, strict=True)]
    return tuple(sums)


@pytest.mark.slow
@settings(max_examples=at_most(40))
@examples(LIVES)
def test_the_sweep_is_what_looking_at_each_customer_gives(lives: list[tuple[int, int, list[tuple[int, str, int]]]]) -> None:
    events = events_of(lives)
    listed = list(zip(events["customer"], events["day"], events["kind"], events["value"], strict=True))
    swept = cohorts(events)
    assert set(swept["months"]) == set(WINDOWS)
    row: Any
    for row in swept.itertuples():
        start = row.month - pd.DateOffset(months=row.months - 1)
        expected = by_hand(listed, start, row.month + pd.DateOffset(months=1))
        assert (row.customers, row.lost, row.returned, row.value, row.expansion, row.contraction, row.churn) == expected
        assert row.contraction + row.churn <= row.value
