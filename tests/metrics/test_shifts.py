"""Which series have shifted, since when, and what explains it."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from tests.metrics import given, given_counts, given_events
from tests.metrics.given_tasks import someone
from tests.metrics.test_signals import CALM
from wallboard.metrics.scope import Scope
from wallboard.metrics.shifts import Shift, complaint_shifts, early_shifts

FIRST = given_counts.weeks(9)[0]
"""The Monday of a shift of nine weeks."""

FALLEN = (*CALM, 42, *(36,) * 9)


def shifted(connection: Connection, scope: Scope, counts: tuple[int, ...] = FALLEN) -> list[Shift]:
    given.journey(connection)
    given_counts.weekly(connection, {"late": counts})
    return [shift for shift in complaint_shifts(connection, scope) if shift.issue_type == "late"]


def test_a_run_is_a_shift_since_its_first_point_and_nobody_has_explained_it(connection: Connection, scope: Scope) -> None:
    (shift,) = shifted(connection, scope)
    assert (shift.name, shift.side, shift.rule) == ("My order is late", "low", "run low")
    assert (shift.since, shift.first_end) == (FIRST, FIRST + timedelta(days=6))
    assert shift.signalled_on == FIRST + timedelta(days=7 * 7 + 6) and shift.goes_on
    assert (shift.explained_by, shift.event) == (None, None)
    every = complaint_shifts(connection, scope)
    assert {row.issue_type for row in every} == {None, "late"}


def test_one_point_outside_is_a_shift_and_what_came_back_does_not_go_on(connection: Connection, scope: Scope) -> None:
    (shift,) = shifted(connection, scope, (*CALM, 41, 60, 41, 42))
    assert (shift.side, shift.rule, shift.since, shift.goes_on) == ("high", "high", given_counts.weeks(3)[0], False)


def test_where_nothing_shifts_there_is_no_row(connection: Connection, scope: Scope) -> None:
    assert shifted(connection, scope, (*CALM, 41, 42)) == []


@pytest.mark.parametrize(
    ("days", "fields", "explains"),
    [
        (-14, {}, True),
        (-15, {}, False),
        (6, {}, True),
        (7, {}, False),
        (-40, {"ends_on": FIRST - timedelta(days=3)}, True),
        (-3, {"issue_type": "late"}, True),
        (-3, {"issue_type": "broken"}, False),
        (-3, {"metric": "nps"}, False),
        (-3, {"perimeter": "west"}, False),
        (-3, {"perimeter": "north", "touchpoint": "parcel", "stage": "receive"}, True),
    ],
)
def test_what_happened_in_the_fortnight_before_or_in_the_first_week_explains_it(
    connection: Connection, scope: Scope, days: int, fields: dict[str, Any], explains: bool
) -> None:
    given.journey(connection)
    given_events.happened(connection, FIRST + timedelta(days=days), "A new carrier", **fields)
    given_counts.weekly(connection, {"late": FALLEN})
    (shift,) = (row for row in complaint_shifts(connection, scope) if row.issue_type == "late")
    assert shift.explained_by == ("A new carrier" if explains else None)


def test_what_was_recorded_for_the_shift_explains_it_whenever_it_happened(connection: Connection, scope: Scope) -> None:
    ana = someone(connection, "ana")
    given_events.happened(connection, FIRST, "Near to it")
    fields = {"issue_type": "late", "explains": FIRST}
    given_events.recorded(connection, ana, scope.as_of, date(2026, 1, 5), "Long before", **fields)
    (shift,) = shifted(connection, scope)
    assert shift.explained_by == "Long before"


def test_the_nearest_to_the_first_day_explains_it(connection: Connection, scope: Scope) -> None:
    for days, words in ((-12, "far"), (-1, "near"), (6, "later")):
        given_events.happened(connection, FIRST + timedelta(days=days), words)
    (shift,) = shifted(connection, scope)
    assert shift.explained_by == "near"


def test_a_kpi_that_slips_asks_too_and_what_happened_at_its_place_explains_it(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_counts.kpi(connection, (*(0.95, 0.96) * 12, *(0.80,) * 3))
    given.complaints(connection, {"day": given_counts.weeks(27)[0], "issue_type": "late"})
    (shift,) = early_shifts(connection, scope)
    assert (shift.touchpoint, shift.since, shift.explained_by) == ("parcel", given_counts.weeks(3)[0], None)
    given_events.happened(connection, shift.since, "A new sorter", touchpoint="parcel", stage="receive")
    given_events.happened(connection, shift.since, "A new shop", touchpoint="site", stage="choose")
    (shift,) = early_shifts(connection, scope)
    assert shift.explained_by == "A new sorter"
