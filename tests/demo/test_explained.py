"""The demo company's calendar of changes explains the shifts of its story; one is left for the room to find out."""

from sqlalchemy import Connection

from tests.demo.conftest import AT, Written
from wallboard.demo.words import read_words
from wallboard.metrics.events import LOADED, events
from wallboard.metrics.scope import Scope
from wallboard.metrics.shifts import complaint_shifts


def test_the_shifts_that_the_story_tells_are_explained_and_one_is_left_to_the_room(
    connection: Connection, written: Written
) -> None:
    shifts = complaint_shifts(connection, Scope.of(written.room.settings, AT))
    explained = {shift.issue_type: shift.explained_by for shift in shifts if shift.goes_on}
    assert "Double-wall boxes" in (explained["late-or-broken"] or "")
    assert "Billing" in (explained["charged-twice"] or "")
    assert explained["where-is-it"] is None


def test_the_calendar_of_changes_is_loaded_whole_and_stands_beside_what_follows_from_other_lists(
    connection: Connection, written: Written
) -> None:
    known = events(connection, Scope.of(written.room.settings, AT))
    assert {event.words for event in known if event.origin == LOADED} == {row["what"] for row in read_words("events")["event"]}
    assert {"action", "definition"} <= {event.origin for event in known}
