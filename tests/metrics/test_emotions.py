from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection

from tests.metrics import given, given_journey
from wallboard.metrics.emotions import FUTURE, emotion_curve, touchpoint_emotions
from wallboard.metrics.scope import Scope


def test_every_stage_stands_there_and_nobody_fills_in_what_is_not_known(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_journey.emotions(connection, {"stage": "choose", "feeling": 1.5}, {"stage": "leave", "feeling": -0.5})
    rows = [[row.stage, row.feeling, row.n, row.basis] for row in emotion_curve(connection, scope)]
    assert rows == [["choose", 1.5, 40, "measured"], ["receive", None, None, None], ["leave", -0.5, 40, "measured"]]


def test_the_newest_measured_feeling_speaks_and_an_assumed_one_only_where_none_was_measured(
    connection: Connection, scope: Scope
) -> None:
    given.journey(connection)
    given_journey.emotions(
        connection,
        {"feeling": -1.0, "day": date(2026, 2, 1)},
        {"feeling": -1.5, "day": date(2026, 5, 1), "n": 12},
        given_journey.assumed(2.0, day=date(2026, 6, 1)),
        given_journey.assumed(0.5, stage="choose", day=date(2026, 3, 1)),
        given_journey.assumed(1.0, stage="choose", day=date(2026, 4, 1)),
        {"feeling": 2.0, "touchpoint": "parcel"},
    )
    by_stage = {row.stage: (row.feeling, row.n, row.basis) for row in emotion_curve(connection, scope)}
    assert by_stage["receive"] == (-1.5, 12, "measured")
    assert by_stage["choose"] == (1.0, None, "assumed")


def test_what_too_few_said_is_told_as_such_and_an_assumption_is_not(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_journey.emotions(connection, {"n": scope.small_n - 1}, {"stage": "choose", "n": scope.small_n})
    given_journey.emotions(connection, {"n": 1, "touchpoint": "parcel"}, given_journey.assumed(1.0, touchpoint="site"))
    assert [row.state for row in emotion_curve(connection, scope)] == ["measured", "too few", "not measured"]
    assert [row.state for row in touchpoint_emotions(connection, scope)] == ["assumed", "too few", "not measured"]


def test_an_earlier_day_shows_what_was_known_then_and_nothing_that_came_later(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_journey.emotions(connection, {"feeling": -1.0, "day": date(2026, 2, 1)}, {"feeling": 1.0, "day": scope.today})
    assert emotion_curve(connection, scope)[1].feeling == -1.0
    before = replace(scope, as_of=datetime(2026, 1, 31, 9, tzinfo=UTC))
    assert emotion_curve(connection, before)[1].feeling is None


@pytest.mark.req("R80")
def test_evidence_is_stale_from_the_day_after_the_limit(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    limit = scope.today - timedelta(days=scope.visible_days)
    given_journey.emotions(connection, {"day": limit}, {"stage": "choose", "day": limit - timedelta(days=1)})
    assert [row.stale for row in emotion_curve(connection, scope)] == [True, False, None]


def test_the_future_is_another_curve_and_a_contact_point_another_point(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_journey.emotions(
        connection, {"feeling": -1.0}, given_journey.assumed(1.5, state="future"), {"feeling": -2.0, "touchpoint": "parcel"}
    )
    assert [row.feeling for row in emotion_curve(connection, scope)] == [None, -1.0, None]
    assert [row.feeling for row in emotion_curve(connection, scope, state=FUTURE)] == [None, 1.5, None]
    points = [[row.touchpoint, row.feeling] for row in touchpoint_emotions(connection, scope)]
    assert points == [["site", None], ["parcel", -2.0], ["hotline", None]]
