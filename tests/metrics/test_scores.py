from datetime import date

import pytest
from sqlalchemy import Connection

from tests.metrics import given
from wallboard.metrics.scope import Scope
from wallboard.metrics.scores import score_trend, scores

JUNE, MAY = date(2026, 6, 10), date(2026, 5, 10)


@pytest.mark.req("R50")
def test_an_nps_stands_with_n_and_its_adjusted_band(connection: Connection, scope: Scope) -> None:
    given.scores(connection, JUNE, *[9] * 25, *[7] * 30, *[6] * 20)
    given.scores(connection, MAY, *[10] * 25, perimeter="south")
    row = scores(connection, scope, touchpoint="parcel")[0]
    assert [row.n, row.score, row.unit, row.scale_min, row.scale_max, row.state, row.newest_day] == [
        100,
        30,
        "points",
        0,
        10,
        "measured",
        JUNE,
    ]
    assert (row.low, row.high) == pytest.approx((29.13 - 15.08, 29.13 + 15.08), abs=0.01)


@pytest.mark.req("R50")
def test_below_the_limit_there_is_n_and_no_score(connection: Connection, scope: Scope) -> None:
    given.scores(connection, JUNE, *[9] * 9)
    assert [getattr(scores(connection, scope)[0], name) for name in ("n", "score", "low", "state")] == [9, None, None, "too few"]


def test_asked_without_answers_is_not_never_asked(connection: Connection, scope: Scope) -> None:
    assert scores(connection, scope) == ()
    given.scores(connection, date(2025, 12, 1), *[9] * 20)
    assert [getattr(scores(connection, scope)[0], name) for name in ("n", "score", "state", "newest_day")] == [
        0,
        None,
        "no cases",
        date(2025, 12, 1),
    ]


def test_satisfied_is_a_share_and_a_rating_is_a_mean(connection: Connection, scope: Scope) -> None:
    given.scores(connection, JUNE, *[5] * 5, *[4] * 3, *[1] * 2, measure="CSAT", scale_min=1, scale_max=5)
    given.scores(connection, JUNE, *[3, 4, 5, 4, 4, 5, 2, 4, 5, 3], measure="rating", scale_min=1, scale_max=5)
    csat, rating = scores(connection, scope)
    assert (csat.score, csat.unit) == (0.8, "share") and (csat.low, csat.high) == pytest.approx((0.490, 0.943), abs=0.0005)
    assert (rating.score, rating.unit) == (3.9, "mean") and (rating.low, rating.high) == pytest.approx((3.189, 4.611), abs=0.0005)


def test_another_scale_is_no_nps(connection: Connection, scope: Scope) -> None:
    given.scores(connection, JUNE, *[5] * 20, scale_max=5)
    assert [getattr(scores(connection, scope)[0], name) for name in ("n", "score", "state")] == [20, None, "not measured"]


def test_a_stage_has_the_answers_of_its_touchpoints(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given.scores(connection, JUNE, *[9] * 10, stage="")
    given.scores(connection, JUNE, *[9] * 20, stage="receive", touchpoint="")
    assert scores(connection, scope, stage="receive")[0].n == 30
    assert scores(connection, scope, stage="choose") == ()


@pytest.mark.req("R50")
def test_the_trend_goes_month_by_month(connection: Connection, scope: Scope) -> None:
    given.scores(connection, MAY, *[9] * 20)
    given.scores(connection, JUNE, *[9] * 5)
    rows = score_trend(connection, scope, months=3)
    assert [[row.period_name, row.n, row.score, row.complete, row.state] for row in rows] == [
        ["2026-04", 0, None, True, "no cases"],
        ["2026-05", 20, 100.0, True, "measured"],
        ["2026-06", 5, None, False, "too few"],
    ]


def test_each_formula_of_a_measure_is_a_score_of_its_own_and_trust_comes_last(connection: Connection, scope: Scope) -> None:
    given.scores(connection, JUNE, *[5] * 12, *[1] * 4, measure="trust", survey="a", scale_min=1, scale_max=5)
    for formula in ("high less low", "mean"):
        given.scores(connection, JUNE, *[5] * 12, *[1] * 4, measure="CES", formula=formula, survey="b", scale_min=1, scale_max=5)
    rows = scores(connection, scope, touchpoint="parcel")
    assert [[row.survey, row.formula, row.n, row.score, row.unit] for row in rows] == [
        ["b", "high less low", 16, 50, "points"],
        ["b", "mean", 16, 4, "mean"],
        ["a", "top-2 share", 16, 0.75, "share"],
    ]
