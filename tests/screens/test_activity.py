"""What happens in the room stands on its walls: a line since this morning, and a moment for an acceptance."""

from datetime import datetime, time, timedelta
from functools import partial

import orjson
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.conftest import REPOSITORY
from tests.panels.words import words_of
from tests.records.living import ROOM, Living
from tests.records.sessions import promised
from wallboard.app import create_app
from wallboard.records import verbs
from wallboard.screens.activity import NEW, Activity
from wallboard.screens.themes import theme_of
from wallboard.settings import Room, Settings
from wallboard.store.connections import reading
from wallboard.store.versions import read_versions

MARKUP = "<img src=x onerror=alert(1)> Thank you."


class Wall:
    """What walls are told at an instant that a test names."""

    def __init__(self, engine: Engine, settings: Settings = ROOM) -> None:
        self.room = Living(engine)
        self.now = self.room.at
        themes = partial(theme_of, Room(root=REPOSITORY, settings=settings))
        self.activity = Activity(settings, engine, lambda: self.now, themes)

    def announced(self, at: datetime, perimeter: str | None = "north") -> dict[str, object]:
        self.now = at
        with reading(self.room.engine) as connection:
            versions = read_versions(connection)
        return self.activity.announced(self.activity.today(perimeter, versions), perimeter)

    def line(self, at: datetime) -> tuple[str, str]:
        """The token of the line, and its words."""
        self.now = at
        with reading(self.room.engine) as connection:
            picture = self.activity.line("north", read_versions(connection), None)
        parts = picture["parts"]
        assert isinstance(parts, dict)
        (words,) = {words_of(part) for part in parts.values()}
        return str(picture["token"]), words


def test_the_line_is_empty_until_something_happens_and_new_in_the_morning(engine: Engine) -> None:
    wall = Wall(engine)
    start = wall.room.at
    assert wall.line(start) == ("", "")
    wall.room.until("accepted")
    promised(wall.room, "tom")
    now = wall.room.at + timedelta(seconds=1)
    token, words = wall.line(now)
    assert token and words.startswith("Since this morning 1 accepted 1 presented 1 decided 2 promised")
    assert wall.line(now + timedelta(seconds=2))[0] == token
    assert wall.line(now + timedelta(days=1)) == ("", "")


def test_a_moment_is_told_while_it_is_new_to_its_part_and_not_in_the_quiet_hours(engine: Engine) -> None:
    wall = Wall(engine)
    issue = wall.room.until("accepted")
    key, at = f"{issue}-{wall.room.steps(issue).of('accepted')[0].seq}", wall.room.at
    assert wall.announced(at) == {"moments": [key]} == wall.announced(at + NEW - timedelta(seconds=1))
    assert wall.announced(at + NEW) == {} == wall.announced(at, "south"), "a wall that is turned on later replays nothing"
    for hours, is_quiet in (((time(8), time(20)), True), ((time(22), time(8)), False), ((time(8), time(7)), True)):
        quiet = Activity(ROOM.model_copy(update={"quiet_hours": hours}), engine, lambda: at, wall.activity._themes)
        with reading(engine) as connection:
            today = quiet.today("north", read_versions(connection))
        assert bool(quiet.announced(today, "north")) is not is_quiet, hours


@pytest.fixture
def client(empty_room: Room, empty_store: Engine) -> FlaskClient:
    client: FlaskClient = create_app(empty_room, lambda: Living.at + timedelta(hours=1), empty_store).server.test_client()
    return client


def test_a_wall_asks_more_often_while_a_page_of_the_console_is_open(client: FlaskClient) -> None:
    def every(path: str) -> object:
        return orjson.loads(client.get(f"/pulse?path={path}").data).get("every")

    assert every("/wall/issues") is None
    assert every("/room") is None and every("/wall/issues") == 500


def test_no_wall_shows_a_moment_that_is_none(client: FlaskClient) -> None:
    answer = client.get("/picture/moment?path=/wall/issues&of=1-1")
    assert answer.status_code == 404 and "is over" in answer.get_data(as_text=True)


def test_the_customers_words_come_first_as_written(engine: Engine) -> None:
    wall = Wall(engine)
    issue = wall.room.until("presented")
    wall.room.take(issue, verbs.react, MARKUP, True)
    wall.now = wall.room.at
    with reading(engine) as connection:
        versions = read_versions(connection)
    key = f"{issue}-{wall.room.steps(issue).of('accepted')[0].seq}"
    shown = words_of(wall.activity.moment(key, "north", versions, None))
    assert shown.startswith(f"A customer has just said yes “{MARKUP}”") and "It began with The box was late again" in shown
