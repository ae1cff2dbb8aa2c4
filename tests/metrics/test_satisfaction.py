"""What customers say: golden vectors through the store, and what is never put together."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st
from sqlalchemy import Connection

from tests.examples import at_most
from tests.metrics import given, given_scores
from tests.metrics.given_scores import BEFORE, NOW
from wallboard.metrics.satisfaction import QuestionScore, what_they_say
from wallboard.metrics.scope import Scope
from wallboard.metrics.statistics import Interval


def scores_of(connection: Connection, scope: Scope, **options: Any) -> tuple[QuestionScore, ...]:
    return what_they_say(connection, scope, **options)


def only(connection: Connection, scope: Scope) -> QuestionScore:
    (row,) = scores_of(connection, scope)
    return row


@pytest.mark.req("R155", "R173")
@pytest.mark.parametrize(
    ("answers", "score", "centre", "margin"),
    [((50, 30, 20), 30, 29.13, 15.08), ((5, 3, 2), 30, 23.08, 42.13), ((10, 0, 0), 100, 76.92, 29.42)],
)
def test_golden_nps(
    connection: Connection, scope: Scope, answers: tuple[int, int, int], score: float, centre: float, margin: float
) -> None:
    given_scores.nps(connection, NOW, *answers)
    row = only(connection, scope)
    assert (row.kind, row.n, row.score, row.unit) == ("relationship", sum(answers), score, "points")
    assert row.low == pytest.approx(centre - margin, abs=0.02)
    assert row.high == pytest.approx(min(100, centre + margin), abs=0.02)


@pytest.mark.req("R155")
@pytest.mark.parametrize(
    ("yes", "n", "low", "high"), [(8, 10, 49.0, 94.3), (0, 10, 0, 27.8), (10, 10, 72.2, 100), (85, 100, 76.7, 90.7)]
)
def test_golden_wilson(connection: Connection, scope: Scope, yes: int, n: int, low: float, high: float) -> None:
    given_scores.satisfied(connection, NOW, yes, n - yes)
    row = only(connection, scope)
    assert (row.score, row.unit, row.kind) == (yes / n, "share", "transactional")
    assert (row.low, row.high) == pytest.approx((low / 100, high / 100), abs=0.0005)


@pytest.mark.req("R155")
def test_golden_change_is_not_shown_as_one(connection: Connection, scope: Scope) -> None:
    given_scores.nps(connection, BEFORE, 50, 30, 20)
    given_scores.nps(connection, NOW, 62, 25, 13)
    row = only(connection, scope)
    assert row.difference == pytest.approx(19, abs=0.5) and row.p == pytest.approx(0.073, abs=0.0005)
    assert (row.change, row.before_n) == ("no change", 100)
    assert row.before_score == 30


def test_ten_times_the_answers_make_the_same_change_a_real_one(connection: Connection, scope: Scope) -> None:
    given_scores.nps(connection, BEFORE, 500, 300, 200)
    given_scores.nps(connection, NOW, 620, 250, 130)
    given_scores.satisfied(connection, BEFORE, 90, 10)
    given_scores.satisfied(connection, NOW, 60, 40)
    assert [(row.measure, row.change) for row in scores_of(connection, scope)] == [("NPS", "up"), ("CSAT", "down")]


@pytest.mark.req("R173")
def test_two_formulas_of_effort_are_two_rows(connection: Connection, scope: Scope) -> None:
    effort = {"survey": "help", "measure": "CES", "scale_min": 1, "scale_max": 7}
    given.scores(connection, NOW, *[7] * 12, *[4] * 4, *[1] * 4, formula="high less low", **effort)
    given.scores(connection, NOW, *[7] * 12, *[4] * 8, formula="mean", **effort)
    given.scores(connection, NOW, *[6] * 15, *[3] * 5, formula="top-3 share", **effort)
    by_formula = {row.formula: (row.n, row.score, row.unit) for row in scores_of(connection, scope)}
    assert by_formula == {"high less low": (20, 40, "points"), "mean": (20, 5.8, "mean"), "top-3 share": (20, 0.75, "share")}


@pytest.mark.req("R173")
def test_the_relationship_is_never_averaged_with_one_contact(connection: Connection, scope: Scope) -> None:
    given_scores.nps(connection, NOW, 20, 0, 0)
    given_scores.nps(connection, NOW, 0, 0, 20, touchpoint="parcel")
    assert [(row.kind, row.n, row.score) for row in scores_of(connection, scope)] == [
        ("relationship", 20, 100),
        ("transactional", 20, -100),
    ]


def test_few_answers_are_counted_and_not_scored_or_compared(connection: Connection, scope: Scope) -> None:
    given_scores.nps(connection, BEFORE, 50, 30, 20)
    given_scores.nps(connection, NOW, 9, 0, 0)
    row = only(connection, scope)
    assert (row.n, row.score, row.low, row.p, row.state, row.change) == (
        9,
        None,
        None,
        None,
        "too few",
        "too few",
    )


def test_asked_a_year_ago_is_no_cases_and_a_first_time_is_nothing_to_compare_to(connection: Connection, scope: Scope) -> None:
    given_scores.satisfied(connection, date(2025, 9, 1), 50, 50)
    given_scores.nps(connection, NOW, 50, 30, 20)
    assert [(row.n, row.state, row.change) for row in scores_of(connection, scope)] == [
        (100, "measured", "not asked before"),
        (0, "no cases", "too few"),
    ]


@pytest.mark.req("R173")
def test_another_wording_is_another_series(connection: Connection, scope: Scope) -> None:
    changed = date(2026, 5, 1)
    given_scores.question(connection, "Would you recommend us?", changed)
    given_scores.nps(connection, BEFORE, 0, 0, 100)
    given_scores.nps(connection, date(2026, 4, 20), 0, 0, 70)
    given_scores.nps(connection, NOW, 50, 30, 20)
    row = only(connection, scope)
    assert (row.wording, row.n, row.score, row.change) == ("Would you recommend us?", 100, 30, "not comparable")


def test_before_the_wording_changed_its_words_are_not_known_yet(connection: Connection, scope: Scope) -> None:
    given_scores.question(connection, "Would you recommend us?", date(2026, 7, 10))
    given_scores.nps(connection, BEFORE, 50, 30, 20)
    given_scores.nps(connection, NOW, 50, 30, 20)
    row = only(connection, scope)
    assert (row.wording, row.n, row.change) == (None, 100, "no change")


@pytest.mark.req("R173")
@pytest.mark.parametrize("other", [{"scale_max": 7}, {"formula": "mean"}])
def test_another_scale_or_formula_is_not_comparable(connection: Connection, scope: Scope, other: dict[str, Any]) -> None:
    given_scores.satisfied(connection, BEFORE, 50, 50)
    given_scores.satisfied(connection, NOW, 50, 50, **other)
    row = only(connection, scope)
    assert (row.n, row.change, row.p) == (100, "not comparable", None)


@pytest.mark.req("R173")
def test_the_response_rate_is_of_those_who_could_be_reached(connection: Connection, scope: Scope) -> None:
    given_scores.nps(connection, NOW, 50, 30, 20)
    given_scores.satisfied(connection, NOW, 50, 50)
    given_scores.invited(connection, NOW, "relationship", invited=300, ineligible=50, completed=60, partial=10)
    given_scores.invited(connection, NOW, "relationship", "south", invited=150, completed=20)
    given_scores.invited(connection, BEFORE, "relationship", invited=500, completed=500)
    given_scores.invited(connection, date(2026, 7, 1), "relationship", invited=500, completed=500)
    nps, csat = scores_of(connection, scope)
    counts = ("invited", "eligible", "completed", "partial", "response_rate", "response_state")
    assert [getattr(nps, name) for name in counts] == [450, 400, 80, 10, 0.2, "measured"]
    assert [getattr(csat, name) for name in counts] == [None, None, None, None, None, "unknown"]


def test_nobody_who_could_be_reached_has_no_rate(connection: Connection, scope: Scope) -> None:
    given_scores.nps(connection, NOW, 50, 30, 20)
    given_scores.invited(connection, NOW, "relationship", invited=40, ineligible=40)
    row = only(connection, scope)
    assert (row.response_rate, row.response_state) == (None, "no cases")


@settings(max_examples=at_most(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@drawn(before=st.tuples(*[st.integers(0, 60)] * 3), now=st.tuples(*[st.integers(0, 60)] * 3))
def test_whoever_answers_the_band_holds_the_score_and_a_change_has_its_sign(
    connection: Connection, scope: Scope, before: tuple[int, int, int], now: tuple[int, int, int]
) -> None:
    held = connection.begin_nested()
    given_scores.nps(connection, BEFORE, *before)
    given_scores.nps(connection, NOW, *now)
    row = only(connection, scope)
    held.rollback()
    assert row.n == sum(now) and (row.score is None) == (sum(now) < scope.small_n)
    if score := Interval.of(row.score, row.low, row.high):
        assert -100 <= score.low <= score.high <= 100 and score.low - 8 <= score.value <= score.high + 8
    if row.change in ("up", "down"):
        assert row.p is not None and row.p < 0.05 and row.difference and (row.difference > 0) == (row.change == "up")


def test_an_nps_on_another_scale_is_neither_scored_nor_compared(connection: Connection, scope: Scope) -> None:
    given_scores.nps(connection, BEFORE, 0, 0, 50, scale_max=11)
    given_scores.nps(connection, NOW, 50, 0, 0, scale_max=11)
    row = only(connection, scope)
    assert (row.n, row.score, row.state, row.p, row.change) == (50, None, "not measured", None, "not comparable")


def test_nothing_later_than_the_instant_is_seen(connection: Connection, scope: Scope) -> None:
    given_scores.question(connection, "Would you recommend us?", BEFORE)
    given_scores.nps(connection, BEFORE, 50, 30, 20)
    given_scores.nps(connection, scope.last_day, 50, 30, 20)
    given_scores.invited(connection, scope.last_day, "relationship", invited=200, completed=50)
    before = scores_of(connection, scope)
    for day in (scope.today, date(2027, 1, 10)):
        given_scores.nps(connection, day, 0, 0, 100)
        given_scores.satisfied(connection, day, 100, 0)
        given_scores.invited(connection, day, "relationship", invited=200, completed=200)
        given_scores.question(connection, "Later?", day, survey=f"later {day}")
    assert scores_of(connection, scope) == before
