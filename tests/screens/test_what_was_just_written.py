"""What people write stands on the next picture, also in the minute in which it was written, and stays there."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import orjson
import pytest
from sqlalchemy import Engine

from tests.records.living import MONDAY, ROOM, Living
from wallboard.drawing.theme import Theme
from wallboard.layout import Placed
from wallboard.panels import find_panels
from wallboard.records import verbs
from wallboard.screens.pictures import Pictures
from wallboard.store.connections import reading, writing
from wallboard.store.versions import raise_versions, read_versions


class Wall:
    """One panel on a wall whose clock moves with the people in the room."""

    def __init__(self, room: Living, show: str) -> None:
        self.now = room.at
        panel = find_panels()[show]
        self.placed = Placed("wall--scene--one", "one", show, panel, panel.options())
        self.pictures = Pictures(ROOM, room.engine, lambda: self.now, lambda screen, perimeter: self.theme)

    @property
    def theme(self) -> Theme:
        return Theme("en-GB", "GBP", ROOM.zone(), self.now, "dark", 41)

    def shown(self, at: datetime) -> str:
        """The words of the picture that a screen gets at `at`."""
        self.now = at
        answer = self.pictures.get(self.placed, None)
        assert answer is not None
        return str(orjson.loads(answer.body)["children"])


@pytest.fixture
def room(store: Engine) -> Living:
    return Living(store)


@pytest.fixture
def wall(room: Living) -> Iterator[Wall]:
    made = Wall(room, "awaiting")
    yield made


def present_at(room: Living, issue: int, at: datetime) -> None:
    room.at = at - timedelta(hours=1)
    room.take(issue, verbs.present, "by telephone", "Mrs. Lee")
    assert room.at == at


def test_an_issue_that_was_presented_this_minute_waits_for_the_customer(room: Living, wall: Wall) -> None:
    issue = room.until("answered")
    start = room.at + timedelta(hours=2)
    assert "No customer owes us an answer" in wall.shown(start)
    written = start + timedelta(seconds=20, microseconds=250_000)
    present_at(room, issue, written)
    for later in (0.1, 2, 10, 45, 3600):
        assert "seen our answer but not yet said yes or no" in wall.shown(written + timedelta(seconds=later)), later


def test_what_another_machine_wrote_with_a_clock_ahead_is_shown_once_it_is_due(room: Living, wall: Wall) -> None:
    issue = room.until("answered")
    start = room.at + timedelta(hours=2)
    present_at(room, issue, start + timedelta(seconds=40))
    assert "No customer owes us an answer" in wall.shown(start)
    assert "seen our answer but not yet said yes or no" in wall.shown(start + timedelta(seconds=41))


def test_a_replayed_room_sees_nothing_that_was_written_later(room: Living, wall: Wall) -> None:
    issue = room.until("answered")
    start = room.at + timedelta(hours=2)
    present_at(room, issue, start + timedelta(days=1))
    assert "No customer owes us an answer" in wall.shown(start)


def test_who_writes_last_but_began_first_hides_nobody(store: Engine) -> None:
    for seconds in (20, 10):
        with writing(store) as connection:
            raise_versions(connection, ("issue_step",), MONDAY + timedelta(seconds=seconds))
    with reading(store) as connection:
        versions = read_versions(connection)
    assert versions["issue_step"] == 2
    assert versions.as_of(MONDAY + timedelta(seconds=30)) == MONDAY + timedelta(seconds=20)
    assert versions.as_of(MONDAY + timedelta(seconds=15)) == MONDAY + timedelta(seconds=15)
    assert versions.as_of(MONDAY + timedelta(seconds=70)) == MONDAY + timedelta(seconds=60)
