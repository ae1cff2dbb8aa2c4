"""The demo company's calendar of changes explains the shifts of its story; one is left for the room to find out."""

from sqlalchemy import Connection

from tests.demo.conftest import AT, Written
from wallboard.demo.words import read_words
from wallboard.metrics.events import LOADED, events
from wallboard.metrics.monthly_shifts import milestone_shifts, scoreboard_shifts, turns
from wallboard.metrics.scope import Scope
from wallboard.metrics.shifts import Shift, complaint_shifts, early_shifts
from wallboard.metrics.state_shifts import state_shifts

LEFT_TO_THE_ROOM = {"Nobody could tell me where it is"}
"""What nobody has written down a cause for, on purpose: the demo shows how a room is asked."""


def going_on(connection: Connection, scope: Scope) -> list[Shift]:
    every = complaint_shifts, early_shifts, scoreboard_shifts, milestone_shifts, turns, state_shifts
    return [shift for metric in every for shift in metric(connection, scope) if shift.goes_on]


def unexplained(connection: Connection, scope: Scope) -> set[str]:
    return {shift.name for shift in going_on(connection, scope) if shift.explained_by is None}


def test_the_shifts_that_the_story_tells_are_explained_and_one_is_left_to_the_room(
    connection: Connection, written: Written
) -> None:
    scope = Scope.of(written.room.settings, AT)
    explained = {shift.issue_type: shift.explained_by for shift in going_on(connection, scope) if shift.issue_type}
    assert "Double-wall boxes" in (explained["late-or-broken"] or "")
    assert "Billing" in (explained["charged-twice"] or "")
    assert len(going_on(connection, scope)) > 5
    assert unexplained(connection, scope) == LEFT_TO_THE_ROOM


def test_the_calendar_of_changes_is_loaded_whole_and_stands_beside_what_follows_from_other_lists(
    connection: Connection, written: Written
) -> None:
    known = events(connection, Scope.of(written.room.settings, AT))
    assert {event.words for event in known if event.origin == LOADED} == {row["what"] for row in read_words("events")["event"]}
    assert {"action", "definition"} <= {event.origin for event in known}
