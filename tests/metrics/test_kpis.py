from datetime import date, timedelta

import pytest
from sqlalchemy import Connection

from tests.metrics import given
from wallboard.metrics.kpis import kpi_board, kpi_trend
from wallboard.metrics.scope import Scope

DAY = date(2026, 6, 10)


@pytest.mark.req("R43")
def test_value_is_numerator_over_denominator_with_its_interval_against_the_target(connection: Connection, scope: Scope) -> None:
    given.kpis(
        connection,
        {"day": DAY, "numerator": 50, "denominator": 60},
        {"day": DAY, "numerator": 35, "denominator": 40, "perimeter": "south"},
        {"day": DAY - timedelta(days=28), "numerator": 9, "denominator": 10},
    )
    row = kpi_board(connection, scope, touchpoint="parcel")[0]
    assert [row.numerator, row.denominator, row.value, row.target, row.meets, row.previous, row.state, row.newest_day] == [
        85, 100, 0.85, 0.95, False, 0.9, "measured", DAY,
    ]  # fmt: skip
    assert (row.low, row.high) == pytest.approx((0.767, 0.907), abs=0.0005), "golden vector: Wilson 85/100"


@pytest.mark.req("R43")
def test_no_cases_too_few_and_stale_are_three_things_and_none_is_zero(connection: Connection, scope: Scope) -> None:
    given.kpis(
        connection,
        {"day": DAY, "kpi": "a", "numerator": 0, "denominator": 0},
        {"day": DAY, "kpi": "b", "numerator": 3, "denominator": 9},
        {"day": date(2026, 4, 1), "kpi": "c", "numerator": 8, "denominator": 20},
        {"day": DAY, "kpi": "d", "numerator": 0, "denominator": 20},
        {"day": date(2025, 4, 1), "kpi": "e", "numerator": 8, "denominator": 20},
    )
    rows = kpi_board(connection, scope)
    assert [[row.kpi, row.numerator, row.denominator, row.value, row.meets, row.state, row.newest_day] for row in rows] == [
        ["a", 0, 0, None, None, "no cases", DAY],
        ["b", 3, 9, None, None, "too few", DAY],
        ["c", None, None, None, None, "not measured", date(2026, 4, 1)],
        ["d", 0, 20, 0.0, False, "measured", DAY],
    ]


@pytest.mark.parametrize(
    ("better", "numerator", "meets"), [("up", 95, True), ("up", 94, False), ("down", 95, True), ("down", 96, False)]
)
def test_a_target_met_exactly_is_met(connection: Connection, scope: Scope, better: str, numerator: int, meets: bool) -> None:
    given.kpis(connection, {"day": DAY, "numerator": numerator, "denominator": 100, "better": better})
    assert kpi_board(connection, scope)[0].meets is meets


def test_a_mean_has_no_interval_and_no_target_no_verdict(connection: Connection, scope: Scope) -> None:
    given.kpis(connection, {"day": DAY, "numerator": 300, "denominator": 100, "unit": "mean", "target": None})
    row = kpi_board(connection, scope)[0]
    assert (row.value, row.low, row.high, row.meets) == (3.0, None, None, None)


def test_a_new_target_holds_from_its_first_day(connection: Connection, scope: Scope) -> None:
    given.kpis(
        connection,
        {"day": DAY, "numerator": 9, "denominator": 10, "target": 0.8},
        {"day": DAY + timedelta(days=1), "numerator": 9, "denominator": 10, "target": 0.95},
    )
    assert [[row.numerator, row.target] for row in kpi_board(connection, scope)] == [[18, 0.95]]


@pytest.mark.req("R43")
def test_the_trend_goes_week_by_week_and_gaps_stay_gaps(connection: Connection, scope: Scope) -> None:
    given.kpis(
        connection,
        {"day": date(2026, 6, 8), "numerator": 9, "denominator": 10},
        {"day": date(2026, 6, 14), "numerator": 5, "denominator": 10},
        {"day": date(2026, 6, 29), "numerator": 2, "denominator": 2},
    )
    rows = kpi_trend(connection, scope, weeks=4)
    assert [[row.week_name, row.numerator, row.denominator, row.value, row.complete, row.state] for row in rows] == [
        ["2026-W24", 14, 20, 0.7, True, "measured"],
        ["2026-W25", None, None, None, True, "not measured"],
        ["2026-W26", None, None, None, True, "not measured"],
        ["2026-W27", 2, 2, None, False, "too few"],
    ]
    assert kpi_trend(connection, scope, kpi="other") == ()
