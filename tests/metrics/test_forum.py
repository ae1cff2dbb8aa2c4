"""Whether leaders met when they had planned to."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection

from tests.metrics import given_worth
from wallboard.metrics.forum import meetings, meetings_held
from wallboard.metrics.scope import Scope

JAN, FEB, MARCH, APRIL, MAY, JUNE, JULY = (date(2026, m, 9) for m in range(1, 8))


def given_meetings(connection: Connection) -> None:
    held = [(JAN, JAN), (FEB, FEB), (MARCH, date(2026, 3, 20)), (APRIL, APRIL), (MAY, None), (JUNE, JUNE), (JULY, None)]
    given_worth.meetings(connection, *held)
    given_worth.meetings(connection, (date(2026, 5, 1), date(2026, 5, 1)), kind="daily")
    given_worth.meetings(connection, (date(2026, 5, 2), date(2026, 5, 2)), perimeter="west")


def test_put_off_is_not_held_on_time_and_what_is_to_come_is_left_out(connection: Connection, scope: Scope) -> None:
    given_meetings(connection)
    outcomes = [row.outcome for row in meetings(connection, scope, months=5)]
    assert outcomes == ["held", "held", "postponed", "held", "missed", "held"]
    row = meetings_held(connection, scope, months=5)[0]
    assert (row.planned, row.held, row.postponed, row.missed, row.next_on) == (6, 4, 1, 1, JULY)
    assert row.share is None and row.state == "measured"
    assert meetings_held(connection, replace(scope, small_n=6), months=5)[0].share == pytest.approx(4 / 6)


def test_a_replay_does_not_know_that_it_was_held_later(connection: Connection, scope: Scope) -> None:
    given_meetings(connection)
    then = replace(scope, as_of=datetime(2026, 3, 15, tzinfo=UTC))
    assert [row.outcome for row in meetings(connection, then, months=2)] == ["held", "held", "missed"]
    on_the_day = replace(scope, as_of=datetime(2026, 6, 9, 9, tzinfo=UTC))
    assert JUNE not in {row.planned_on for row in meetings(connection, on_the_day)}


def test_no_calendar_and_nothing_planned_are_two_things(connection: Connection, scope: Scope) -> None:
    assert meetings_held(connection, scope)[0].state == "not measured"
    given_worth.meetings(connection, (JULY, None))
    row = meetings_held(connection, scope)[0]
    assert (row.state, row.planned, row.share) == ("no cases", 0, None)


def test_quarters_hold_their_meetings(connection: Connection, scope: Scope) -> None:
    given_meetings(connection)
    quarters = Counter(row.period_start for row in meetings(connection, scope, months=1, unit="quarter"))
    assert quarters == {date(2026, 1, 1): 3, date(2026, 4, 1): 3}
