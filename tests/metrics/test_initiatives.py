"""What an initiative moves: against the number that was frozen when it started, and flagged where nothing has moved for long."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from tests.metrics.given import complaints, journey
from tests.records.living import ROOM, Living
from tests.records.rosters import step
from wallboard.metrics.initiatives import initiative_movements
from wallboard.metrics.scope import Scope
from wallboard.records import initiatives
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


def test_a_large_move_is_none_by_chance_and_an_unknown_start_compares_nothing(room: Living) -> None:
    started(room, 60)
    assert moved(room, 90) == (60, 14, False, "measured")
    started(room, None)
    with room.engine.connect() as connection:
        rows = initiative_movements(connection, Scope.of(ROOM, room.at + timedelta(days=90)))
    assert (rows[1].then, rows[1].flat, rows[1].state) == (None, False, "not measured")
