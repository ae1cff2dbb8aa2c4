"""What an initiative moves: against the number that was frozen when it started, and flagged where nothing has moved for long."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from tests.metrics.given import complaints, journey
from tests.panels.words import THEME, words_of
from tests.records.living import ROOM, Living
from tests.records.rosters import step
from wallboard.errors import RuleRefused
from wallboard.metrics.initiative_ledger import finished_initiatives, ledger_months
from wallboard.metrics.initiatives import initiative_movements
from wallboard.metrics.scope import Scope
from wallboard.panels.improvement_ledger import PANEL
from wallboard.records import initiatives
from wallboard.screens.console.roster_actions import ROSTER_ACTIONS
from wallboard.screens.console.sent import Sent
from wallboard.store.connections import writing


@pytest.fixture
def room(sqlite_store: Engine) -> Living:
    living = Living(sqlite_store)
    with writing(living.engine) as connection:
        journey(connection)
        days = (living.today + timedelta(days=n) for n in range(-60, 200, 2))
        complaints(connection, *({"day": day, "touchpoint": "parcel", "words": f"Late on {day}."} for day in days))
    return living


def started(room: Living, before: int | None) -> int:
    with room.by("tom") as act:
        return initiatives.start(act, "Foam", "logistics", "parcel", complaints=before)


def moved(room: Living, days: int) -> tuple[int | None, int | None, bool, str]:
    with room.engine.connect() as connection:
        rows = initiative_movements(connection, Scope.of(ROOM, room.at + timedelta(days=days)))
    return (rows[0].then, rows[0].now, rows[0].flat, rows[0].state)


@pytest.mark.req("R158", "R171")
def test_movement_is_read_against_the_frozen_start_and_flat_after_twelve_weeks(room: Living) -> None:
    number = started(room, 14)
    assert moved(room, 7) == (14, None, False, "incomplete")
    assert moved(room, 40) == (14, 14, False, "measured")
    assert moved(room, 90) == (14, 14, True, "measured"), "twelve weeks, and nothing has moved"
    with writing(room.engine) as connection:
        connection.exec_driver_sql("DELETE FROM voice_day")
        connection.exec_driver_sql("DELETE FROM complaint_week")
    assert moved(room, 90)[0] == 14, "what was frozen stays, whatever is loaded since"
    step(room, number, "stop-initiative", words="It does nothing.")
    with room.engine.connect() as connection:
        assert initiative_movements(connection, Scope.of(ROOM, room.at)) == ()


@pytest.mark.req("R31")
def test_what_is_finished_stands_in_the_ledger_with_what_was_frozen_before_and_after(room: Living) -> None:
    worked, failed = started(room, 60), started(room, None)
    room.at += timedelta(days=90)
    for number, answer in ((worked, "yes"), (failed, "no")):
        with room.by("tom") as act:
            sent = Sent({"seen": "1", "words": "Foam is in every box.", "worked": answer})
            assert ROSTER_ACTIONS["finish-initiative"](act, number, sent).message.startswith("Finished")
    with writing(room.engine) as connection:
        connection.exec_driver_sql("DELETE FROM voice_day")
        connection.exec_driver_sql("DELETE FROM complaint_week")
    scope = Scope.of(ROOM, room.at + timedelta(days=31))
    with room.engine.connect() as connection:
        rows = finished_initiatives(connection, scope)
        months = ledger_months(connection, scope)
        assert initiative_movements(connection, scope) == (), "it runs no more"
        options = PANEL.options()
        words = words_of(PANEL.picture(PANEL.read(connection, scope, options), options, THEME))
    assert [(row.initiative, row.worked, row.before, row.after, row.state) for row in rows] == [
        (failed, False, None, 14, "not measured"),
        (worked, True, 60, 14, "measured"),
    ]
    assert [(row.begun, row.finished, row.worked) for row in months if row.begun or row.finished] == [(2, 0, 0), (0, 2, 1)]
    assert "Two finished, one worked" in words and "60 → 14 complaints" in words and "it did not work" in words
    with pytest.raises(RuleRefused, match="is over"):
        step(room, worked, "stop-initiative", words="It does nothing.")


def test_a_large_move_is_none_by_chance_and_an_unknown_start_compares_nothing(room: Living) -> None:
    started(room, 60)
    assert moved(room, 90) == (60, 14, False, "measured")
    started(room, None)
    with room.engine.connect() as connection:
        rows = initiative_movements(connection, Scope.of(ROOM, room.at + timedelta(days=90)))
    assert (rows[1].then, rows[1].flat, rows[1].state) == (None, False, "not measured")
