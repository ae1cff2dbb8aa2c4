"""What panels answer to the question of a wall: pure functions of what they measured."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from tests.metrics import given, given_counts
from tests.panels.words import SCOPE, THEME
from wallboard.metrics.growth import GrowthVerdict, growth_verdict
from wallboard.metrics.scope import full_weeks
from wallboard.metrics.touchpoints import TouchpointState
from wallboard.panel import Answer, AnyPanel
from wallboard.panels import find_panels
from wallboard.panels.touchpoint_map import States

CALM = (41, 38, 45, 40, 43, 39, 44, 42, 37, 46, 40, 41) * 2
FALLING = tuple(round(41.33 * 0.5 ** (n / 10)) for n in range(1, 16))
LAST = full_weeks(SCOPE, 1)[0].start
PANELS = find_panels()


def answer(name: str, measured: Any, **options: Any) -> Answer:
    panel: AnyPanel = PANELS[name]
    assert panel.answer
    wall_answer: Answer = panel.answer(measured, panel.options(**options), THEME)
    return wall_answer


@pytest.fixture
def judged(connection: Connection) -> GrowthVerdict:
    given.customers(connection, *((f"c{n}", date(2025, 1, 1), "new", 10.0) for n in range(30)))
    (row,) = growth_verdict(connection, SCOPE)
    return row


def texts_of(answer: Answer) -> tuple[str, str, str]:
    return answer.verdict, answer.number, answer.unit


def test_growth_is_answered_with_the_number_of_customers(judged: GrowthVerdict) -> None:
    cases: Sequence[tuple[dict[str, Any], tuple[str, str, str]]] = (
        ({"verdict": "yes", "net_customers": 1200}, ("Yes.", "1,200", "more customers")),
        ({"verdict": "no", "net_customers": -1}, ("No.", "1", "fewer customer")),
        ({"verdict": "no", "net_customers": 0}, ("No.", "0", "customers gained")),
        ({"verdict": "not yet", "fell": "customers", "net_customers": -19}, ("Not yet.", "19", "fewer customers")),
        ({"verdict": "not yet", "fell": "value", "net_customers": 19}, ("Not yet.", "19", "more customers, worth less")),
        ({"verdict": "not measured", "undated": 3}, ("Unclear.", "3", "customers left on an unknown day")),
        ({"holds": False}, ("We cannot say.", "", "The numbers contradict each other")),
        ({"state": "left-censored"}, ("We cannot say yet.", "", "No complete month is loaded")),
    )
    for changed, expected in cases:
        row = replace(judged, **{"state": "complete", "holds": True, "undated": 0, "fell": "", **changed})
        assert texts_of(answer("growth_verdict", (row,))) == expected


def overview(connection: Connection, **options: Any) -> Answer:
    chosen = PANELS["issue_overview"].options(**options)
    return answer("issue_overview", PANELS["issue_overview"].measure(connection, SCOPE, chosen), **options)


def test_issues_are_answered_with_how_many_have_halved_and_when_the_last_will(connection: Connection) -> None:
    given.journey(connection)
    given_counts.weekly(connection, {"late": CALM + FALLING, "broken": CALM + CALM[:15]}, last=LAST)
    assert texts_of(overview(connection)) == ("Not in sight.", "1 of 2", "has halved")
    assert texts_of(overview(connection, rows=2, goal=80))[2] == "is at 80%"


def test_a_fall_that_goes_on_is_answered_with_a_month_and_one_that_is_over_with_all(connection: Connection) -> None:
    given.journey(connection)
    given_counts.weekly(connection, {"late": CALM + FALLING}, last=LAST)
    assert texts_of(overview(connection)) == ("All are down.", "1 of 1", "has halved")
    assert texts_of(overview(connection, goal=20)) == ("Not before September.", "0 of 1", "are at 20%")


def test_too_few_complaints_and_none_are_two_answers(connection: Connection) -> None:
    given.journey(connection)
    assert texts_of(answer("issue_overview", ())) == ("We cannot say yet.", "", "No complaint has been classified")
    given_counts.weekly(connection, {"late": CALM[:6]}, last=LAST)
    counted = overview(connection)
    assert (counted.state, counted.unit) == ("too few", "There are too few complaints of any kind")


def point(state: str, priority: bool = True, by: date | None = None) -> TouchpointState:
    return TouchpointState(
        "get",
        "I get it",
        "door",
        "The door",
        None,
        priority,
        False,
        state,
        "",
        0,
        0,
        0,
        0,
        0,
        None,
        None,
        None,
        True,
        False,
        "ring",
        by,
    )


def test_touchpoints_are_answered_with_how_many_are_well_and_what_is_overdue() -> None:
    late = THEME.today - timedelta(days=2)
    points = (point("good"), point("attention", by=late), point("watch", by=THEME.today), point("good", priority=False))
    assert texts_of(answer("touchpoint_map", States((), points))) == (
        "",
        "1 of 3",
        "touchpoints good, 1 promise overdue",
    )
    assert texts_of(answer("touchpoint_map", States((), points[3:]))) == ("", "1 of 1", "touchpoint good")
    unknown = answer("touchpoint_map", States((), (point("not measured"),)))
    assert texts_of(unknown) == ("We cannot say yet.", "", "No touchpoint is measured") and unknown.state == "not measured"
