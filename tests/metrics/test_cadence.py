"""Whether the room meets when it said it would, and when it meets next."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, update

from tests.metrics import given_worth
from tests.metrics.given_room import MAY, Lives
from tests.metrics.given_sessions import held, planned, postponed, take
from wallboard.metrics.cadence import next_session, planned_sessions, session_cadence
from wallboard.metrics.scope import Scope
from wallboard.records import sessions
from wallboard.records.maturity import assess
from wallboard.store.schema import user_account

NOW = Scope(MAY + timedelta(days=60), ZoneInfo("UTC"), ("north", "south"), small_n=4)


@pytest.mark.req("R58")
def test_cancelling_one_of_four_leaves_three_and_shows_the_gap(connection: Connection) -> None:
    lives = Lives(connection)
    days = (0, 14, 28, 42)
    numbers = [planned(lives, day) for day in days]
    for number, day in zip(numbers, days, strict=True):
        if day != 28:
            held(lives, number, day, "lena")
        else:
            take(lives, number, 27, "cancelled", words="Nobody could come.")
    (row,) = session_cadence(connection, NOW)
    assert (row.planned, row.held, row.cancelled, row.share) == (4, 3, 1, 0.75)
    assert (row.longest_gap, row.gap_from, row.gap_to) == (28, date(2026, 5, 15), date(2026, 6, 12))
    sessions = planned_sessions(connection, NOW)
    assert [session.outcome for session in sessions] == ["held", "held", "cancelled", "held"], "a cancelled one stays visible"
    assert sessions[2].reason == "Nobody could come." and sessions[2].president is None


@pytest.mark.req("R16")
def test_the_days_since_a_customer_was_here_begin_anew_with_a_visit(connection: Connection) -> None:
    lives = Lives(connection)
    for level in (1, 2, 3):
        assess(lives.act(-2), "north", level, "Twelve sessions.")
    numbers = [planned(lives, day) for day in (0, 30)]
    for number, day in zip(numbers, (0, 30), strict=True):
        held(lives, number, day, "lena", ends=False)
        take(lives, number, day, "customer_came", words="Mrs. Lee")
        sessions.leave_uncommitted(lives.act(day), number, lives.people["lena"], "Nothing new.")
        take(lives, number, day, "ended")
    at = {days: session_cadence(connection, replace(NOW, as_of=MAY + timedelta(days=days)))[0] for days in (29, 31, 60)}
    assert [(row.customer_on, row.customer_days) for row in at.values()] == [
        (date(2026, 5, 1), 29),
        (date(2026, 5, 31), 1),
        (date(2026, 5, 31), 30),
    ]


def test_postponed_and_missed_ones_were_not_held_as_planned(connection: Connection) -> None:
    lives = Lives(connection)
    late, missed, moved, ahead = (planned(lives, day) for day in (0, 20, 40, 70))
    postponed(lives, late, -1, 5)
    held(lives, late, 5, "lena")
    postponed(lives, moved, 39, 65)
    outcomes = {row.session: row.outcome for row in planned_sessions(connection, NOW)}
    assert outcomes == {late: "postponed", missed: "missed", moved: "postponed"} and ahead not in outcomes
    (row,) = session_cadence(connection, NOW)
    assert (row.planned, row.held, row.postponed, row.missed, row.share) == (3, 0, 2, 1, None)
    (before,) = session_cadence(connection, replace(NOW, as_of=MAY + timedelta(days=3)))
    assert (before.planned, before.postponed) == (1, 1), "a replay does not know that it was held later"


def test_a_session_without_the_president_says_so(connection: Connection) -> None:
    lives = Lives(connection)
    connection.execute(update(user_account).where(user_account.c.id == lives.people["sam"]).values(role="president"))
    alone, together = planned(lives, 0), planned(lives, 10)
    held(lives, alone, 0, "lena", "tom")
    held(lives, together, 10, "lena", "sam")
    assert [row.president for row in planned_sessions(connection, NOW)] == [False, True]
    assert session_cadence(connection, NOW)[0].without_president == 1


def test_nothing_planned_and_nothing_due_are_two_things(connection: Connection) -> None:
    lives = Lives(connection)
    assert session_cadence(connection, NOW)[0].state == "not measured" and not next_session(connection, NOW)
    planned(lives, 90, perimeter="all")
    assert session_cadence(connection, NOW)[0].state == "no cases"


@pytest.mark.req("R56")
def test_the_countdown_is_the_planned_instant_on_the_clocks_of_the_place(connection: Connection) -> None:
    lives = Lives(connection)
    far, near = planned(lives, 90), planned(lives, 61.7, perimeter="all")
    (row,) = next_session(connection, NOW)
    assert (row.session, row.at, row.days, row.running) == (near, MAY + timedelta(days=61.7), 2, False)
    there = replace(NOW, zone=ZoneInfo("America/Los_Angeles"))
    assert next_session(connection, there)[0].days == 1, "in days of those who read it"
    postponed(lives, near, 61, 95)
    later = replace(NOW, as_of=MAY + timedelta(days=62))
    assert next_session(connection, later)[0].session == far
    held(lives, far, 90, "lena", ends=False)
    assert next_session(connection, replace(NOW, as_of=MAY + timedelta(days=90.01)))[0].running
    assert next_session(connection, replace(NOW, perimeters=("south",)))[0].session == near, "not that of another part"


def test_a_room_that_plans_elsewhere_counts_the_days_of_its_calendar(connection: Connection) -> None:
    given_worth.meetings(connection, (date(2026, 6, 1), date(2026, 6, 1)), (date(2026, 7, 7), None))
    (row,) = next_session(connection, NOW)
    assert (row.session, row.at, row.on, row.days) == (None, None, date(2026, 7, 7), 7)
