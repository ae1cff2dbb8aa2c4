"""The demo company's calendar of changes explains its shifts: all of them but one, which the room is to find out."""

from sqlalchemy import Connection

from tests.demo.conftest import AT, Written
from wallboard.demo.words import read_words
from wallboard.metrics.events import LOADED, events
from wallboard.metrics.scope import Scope
from wallboard.metrics.shifts import complaint_shifts, early_shifts


def test_every_shift_is_explained_but_one(connection: Connection, written: Written) -> None:
    scope = Scope.of(written.room.settings, AT)
    shifts = (*complaint_shifts(connection, scope), *early_shifts(connection, scope))
    assert [shift.issue_type for shift in shifts if shift.explained_by is None] == ["where-is-it"]
    explanations = {shift.issue_type: shift.explained_by for shift in shifts}
    assert "Double-wall boxes" in (explanations["late-or-broken"] or "") and "Billing" in (explanations["charged-twice"] or "")


def test_the_calendar_of_changes_is_loaded_whole_and_stands_beside_what_follows_from_other_lists(
    connection: Connection, written: Written
) -> None:
    known = events(connection, Scope.of(written.room.settings, AT))
    assert {event.words for event in known if event.origin == LOADED} == {row["what"] for row in read_words("events")["event"]}
    assert {"action", "definition"} <= {event.origin for event in known}
