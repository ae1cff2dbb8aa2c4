from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from tests.metrics import given, given_journey
from wallboard.metrics.scope import Scope
from wallboard.metrics.touchpoints import TouchpointState, stage_state, touchpoint_states

NOW = date(2026, 6, 10)
WEEKS = [date(2026, 6, 24) - timedelta(weeks=n) for n in range(28)]


def parcel(connection: Connection, scope: Scope) -> TouchpointState:
    return next(row for row in touchpoint_states(connection, scope) if row.touchpoint == "parcel")


def complain(connection: Connection, each_week: dict[date, int]) -> None:
    rows = [{"day": day, "touchpoint": "parcel", "solved_day": day} for day, n in each_week.items() for _ in range(n)]
    given.complaints(connection, *rows)


@pytest.mark.req("R46", "R128")
def test_every_touchpoint_and_stage_stands_there_even_when_nothing_is_measured(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    states, stages = touchpoint_states(connection, scope), stage_state(connection, scope)
    assert [[row.touchpoint, row.state, row.why] for row in states] == [
        [t, "not measured", "nothing loaded"] for t in ("site", "parcel", "hotline")
    ]
    assert {row.complaints for row in states} == {row.complaints for row in stages} == {None}, "nothing heard is not no complaint"
    assert [[row.name, row.state, row.why, row.touchpoints] for row in stages] == [
        ["I choose", "not measured", "nothing loaded", 1],
        ["I get my order", "not measured", "nothing loaded", 2],
        ["I leave", "not measured", "no touchpoint named yet", 0],
    ]


@pytest.mark.req("R127")
def test_who_answers_is_named_and_a_gap_is_a_gap(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given.kpis(connection, {"day": NOW, "numerator": 99, "denominator": 100})
    rows = touchpoint_states(connection, scope)
    assert [[row.touchpoint, row.owner, row.function, row.priority, row.no_owner, row.no_measure] for row in rows] == [
        ["site", None, None, False, True, True],
        ["parcel", "Ana Silva", "Logistics", True, False, False],
        ["hotline", None, None, False, True, True],
    ]
    assert [row.gaps for row in stage_state(connection, scope)] == [1, 1, 0]


@pytest.mark.parametrize(
    ("numerator", "denominator", "state", "why"),
    [
        (97, 100, "good", "on target"),
        (93, 100, "watch", "On the promised day: below target"),
        (85, 100, "attention", "On the promised day: clearly below target"),
        (3, 9, "not measured", "too few to judge"),
        (0, 0, "not measured", "no cases to judge by"),
    ],
    ids=["on target", "off by value", "off for sure", "too few to judge", "no cases"],
)
def test_a_kpi_makes_a_state(
    connection: Connection, scope: Scope, numerator: int, denominator: int, state: str, why: str
) -> None:
    given.journey(connection)
    given.kpis(connection, {"day": NOW, "numerator": numerator, "denominator": denominator})
    row = parcel(connection, scope)
    assert (row.state, row.why) == (state, why)


def test_a_kpi_without_a_target_is_good_for_nothing(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given.kpis(connection, {"day": NOW, "numerator": 99, "denominator": 100, "target": None})
    assert (parcel(connection, scope).state, parcel(connection, scope).why) == ("not measured", "no target to judge by")


RATED = {"measure": "rating", "survey": "value for money", "scale_min": 1, "scale_max": 5}
CSAT = {"measure": "CSAT", "survey": "delivery", "scale_min": 1, "scale_max": 5}


@pytest.mark.parametrize(
    ("answers", "other", "state", "why"),
    [
        ([2] * 16 + [1] * 4, RATED, "attention", "value for money, rating: clearly below the middle of its scale"),
        ([1, 5] * 9 + [2, 2], RATED, "watch", "value for money, rating: below the middle of its scale"),
        ([4] * 16 + [5] * 4, RATED, "good", "on the good side of its scale"),
        ([5] * 9, RATED, "not measured", "too few to judge"),
        ([5] * 10 + [1] * 30, CSAT, "attention", "delivery, CSAT: clearly below the middle of its scale"),
        ([10] * 10 + [3] * 30, {}, "attention", "relationship, NPS: clearly below the middle of its scale"),
    ],
    ids=["bad", "bad by value", "good", "too few", "a share", "an NPS"],
)
def test_a_score_is_judged_by_its_scale_and_not_only_by_what_is_usual(
    connection: Connection, scope: Scope, answers: list[int], other: dict[str, Any], state: str, why: str
) -> None:
    given.journey(connection)
    given.scores(connection, NOW, *answers, **other)
    given.scores(connection, NOW - timedelta(days=95), *answers, **other)
    row = parcel(connection, scope)
    assert (row.state, row.why) == (state, why)


def test_a_score_that_has_become_worse_is_to_be_watched_also_where_it_is_still_good(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given.scores(connection, NOW - timedelta(days=95), *[5] * 40, **RATED)
    given.scores(connection, NOW, *[4] * 30, *[3] * 10, **RATED)
    row = parcel(connection, scope)
    assert (row.state, row.why) == ("watch", "value for money, rating: worse than in the months before")


def test_silence_is_not_good_where_nothing_was_heard_lately(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    complain(connection, {day: 3 + n % 2 for n, day in enumerate(WEEKS[6:])})
    given.exposures(connection, WEEKS, 1000)
    assert parcel(connection, scope).state == "not measured"


@pytest.mark.parametrize(("feeling", "n", "state"), [(-1.2, 200, "watch"), (-1.2, 3, "not measured"), (1.2, 200, "good")])
def test_a_stage_where_customers_feel_bad_is_not_good(
    connection: Connection, scope: Scope, feeling: float, n: int, state: str
) -> None:
    given.journey(connection)
    given_journey.emotions(connection, {"stage": "leave", "feeling": feeling, "n": n, "day": NOW})
    row = stage_state(connection, scope)[2]
    assert (row.state, row.worst) == (state, None)


def test_an_open_complaint_that_nobody_owns_is_to_be_watched(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given.complaints(connection, {"day": NOW, "touchpoint": "parcel"}, {"day": NOW, "touchpoint": "parcel", "owner": "ana"})
    row = parcel(connection, scope)
    assert (row.state, row.why, row.open_without_owner) == ("watch", "1 open complaint without an owner", 1)


def test_more_complaints_than_usual_need_attention(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    usual = {day: 3 + n % 2 for n, day in enumerate(WEEKS)}
    complain(connection, usual)
    assert parcel(connection, scope).state == "not measured", "as usual, but nothing says how many were exposed"
    complain(connection, {WEEKS[0]: 20})
    row = parcel(connection, scope)
    assert (row.state, row.why) == ("attention", "more complaints than usual")


def test_more_complaints_because_of_more_orders_do_not(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    complain(connection, {day: 3 + n % 2 for n, day in enumerate(WEEKS)} | {WEEKS[0]: 30})
    given.exposures(connection, WEEKS[1:], 1000)
    given.exposures(connection, WEEKS[:1], 10_000)
    assert parcel(connection, scope).state == "good"


def test_too_short_a_history_gives_no_signal(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    complain(connection, dict.fromkeys(WEEKS[1:15], 3) | {WEEKS[0]: 20})
    assert parcel(connection, scope).state == "not measured"


@pytest.mark.req("R128")
def test_a_stage_is_as_its_worst_touchpoint_is(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given.kpis(
        connection,
        {"day": NOW, "numerator": 99, "denominator": 100},
        {"day": NOW, "numerator": 50, "denominator": 100, "touchpoint": "hotline", "name": "Answered"},
    )
    given.complaints(connection, {"day": NOW, "stage": "receive"}, {"day": date(2026, 6, 24), "complaint": False})
    row = stage_state(connection, scope)[1]
    assert [row.state, row.why, row.worst, row.complaints, row.measured] == [
        "attention", "I call: Answered: clearly below target", "I call", 1, 2,
    ]  # fmt: skip
