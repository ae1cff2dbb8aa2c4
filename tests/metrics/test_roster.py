"""What stands on the roster, and its target measure when it came there and now."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection

from tests.metrics import given
from tests.metrics.given_room import MAY, Lives
from tests.metrics.given_roster import listed, removed
from wallboard.metrics.roster import roster_targets
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import INCOMPLETE, MEASURED, NOT_MEASURED, TOO_FEW

SINCE = MAY.date()
"""A Friday: the eight complete weeks before it end on Sunday, 26 April."""


def weekly(connection: Connection, first: date, count: int, weeks: int, kind: str = "late") -> None:
    rows = [{"day": first + timedelta(weeks=n, days=1), "issue_type": kind} for n in range(weeks) for _ in range(count)]
    given.complaints(connection, *rows)


@pytest.fixture
def lived(connection: Connection) -> Lives:
    given.journey(connection)
    return Lives(connection)


def until(scope: Scope, day: date) -> Scope:
    return replace(scope, as_of=MAY.replace(year=day.year, month=day.month, day=day.day))


def test_then_is_the_eight_weeks_before_it_came_and_now_the_newest(connection: Connection, lived: Lives, scope: Scope) -> None:
    weekly(connection, date(2026, 3, 2), 10, 8)
    weekly(connection, date(2026, 4, 27), 30, 1)
    weekly(connection, date(2026, 5, 4), 4, 8)
    weekly(connection, date(2026, 6, 29), 1, 1)
    number = listed(lived, "Say when the box comes", sponsor="lena")
    row = roster_targets(connection, scope)[0]
    assert (row.item, row.title, row.sponsor, row.since, row.less_by) == (number, "Say when the box comes", "Lena", SINCE, 30)
    assert (row.state, row.complaints_before, row.complaints_now) == (MEASURED, 80, 32)
    assert (row.before, row.now, row.adjusted) == (10, 4, False)
    assert row.change == pytest.approx(-0.6)
    assert row.reached and row.silent_days is None, "nobody has to do anything any more"


def test_before_eight_weeks_are_over_nothing_is_compared(connection: Connection, lived: Lives, scope: Scope) -> None:
    weekly(connection, date(2026, 3, 2), 10, 12)
    listed(lived, "Say when the box comes")
    row = roster_targets(connection, until(scope, date(2026, 5, 26)))[0]
    assert (row.state, row.before, row.now, row.change) == (INCOMPLETE, 10, None, None)


def test_none_before_is_too_few_and_silence_is_not_measured(connection: Connection, lived: Lives, scope: Scope) -> None:
    listed(lived, "Say when the box comes")
    assert roster_targets(connection, scope)[0].state == NOT_MEASURED
    weekly(connection, date(2026, 3, 2), 1, 18, kind="bill")
    row = roster_targets(connection, scope)[0]
    assert (row.state, row.before, row.now, row.change) == (TOO_FEW, 0, 0, None)


def test_what_left_the_roster_stands_there_no_more_but_did_then(connection: Connection, lived: Lives, scope: Scope) -> None:
    number = listed(lived, "Say when the box comes")
    removed(lived, number, day=20)
    assert not roster_targets(connection, scope)
    assert [row.item for row in roster_targets(connection, until(scope, date(2026, 5, 15)))] == [number]
