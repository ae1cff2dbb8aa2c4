"""The pulse is tiny, says what a screen should show now, and hears that it is alive."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, cast
from unittest.mock import ANY

import orjson
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from werkzeug.test import Client

from tests.conftest import AS_OF, REPOSITORY
from wallboard.app import create_app
from wallboard.layout import MOST_SECONDS, read_layouts
from wallboard.panels import find_panels
from wallboard.screens.pictures import Pictures
from wallboard.screens.programme import WITHIN
from wallboard.screens.pulse_middleware import PulseMiddleware
from wallboard.screens.spine import verdict_scene
from wallboard.settings import Room
from wallboard.store.versions import VersionsWatch, raise_versions


@pytest.fixture
def now() -> list[datetime]:
    return [AS_OF]


@pytest.fixture
def client(empty_room: Room, empty_store: Engine, now: list[datetime]) -> FlaskClient:
    client: FlaskClient = create_app(empty_room, lambda: now[0], empty_store).server.test_client()
    return client


@pytest.fixture
def ask(client: FlaskClient) -> Callable[[str], dict[str, object]]:
    return lambda address: orjson.loads(client.get(address).data)


@pytest.mark.slow
def test_a_wall_turns_its_scenes_by_the_clock_of_the_server(ask: Callable[[str], dict[str, object]], now: list[datetime]) -> None:
    outcomes = read_layouts(REPOSITORY / "layouts", find_panels())["outcomes"]
    seen = []
    for _ in range(2 * MOST_SECONDS // 2):
        seen.append(str(ask("/pulse?path=/wall/outcomes")["scene"]))
        now[0] += timedelta(seconds=2)
    assert set(seen) == {scene.name for scene in outcomes.turning}
    away = [len(list(its)) * 2 for scene, its in groupby(seen, key=lambda scene: scene == verdict_scene(outcomes)) if not scene]
    assert max(away) <= WITHIN, "the verdict comes again within a minute"


def test_a_pulse_with_nothing_changed_is_the_same_and_small(client: FlaskClient) -> None:
    first, second = (client.get("/pulse?path=/wall/issues&screen=issues") for _ in range(2))
    assert first.data == second.data and first.headers["Cache-Control"] == "no-store"
    known = orjson.loads(first.data)
    again = client.get(f"/pulse?path=/wall/issues&screen=issues&state={known['state']}").data
    assert len(again) < 250 and orjson.loads(again) == {
        key: value for key, value in known.items() if key not in ("tokens", "newest", "scenes")
    }
    assert client.get("/pulse?path=/wall/issues&screen=issues&state=older").data == first.data


def test_only_panels_whose_tables_changed_get_a_new_token(ask: Callable[[str], dict[str, object]], empty_store: Engine) -> None:
    def tokens() -> dict[str, str]:
        by_panel = ask("/pulse?path=/wall/outcomes")["tokens"]
        assert isinstance(by_panel, dict)
        return by_panel

    before = tokens()
    with empty_store.begin() as connection:
        raise_versions(connection, ["reason_day"], AS_OF)
    after = tokens()
    assert {name for name in before if before[name] != after[name]} == {
        "outcomes--reasons--left", "outcomes--reasons--came", "outcomes--left--why", "outcomes--joined--why",
        "outcomes--scoreboard--board", "outcomes--worth--worth", "outcomes--worth-by-stage--worth",
    }  # fmt: skip


def test_a_screen_is_heard(client: FlaskClient, ask: Callable[[str], dict[str, object]]) -> None:
    client.get("/pulse?path=/wall/issues&screen=issues&launch=tv-1")
    client.get(f"/pulse?path=/&screen={'x' * 500}")
    assert ask("/healthz")["launches"] == {"tv-1": ANY}
    screens = ask("/healthz")["screens"]
    assert isinstance(screens, dict) and set(screens) == {"issues", "x" * 80}


def test_a_screen_that_is_gone_still_learns_the_build(ask: Callable[[str], dict[str, object]]) -> None:
    for address in ("/pulse?path=/wall/nothing", "/pulse?path=/wall/issues&perimeter=mars", "/pulse"):
        assert set(ask(address)) == {"build", "boot", "at", "walk", "rests", "gone"}, address


def test_a_picture_that_does_not_exist_is_a_sentence(client: FlaskClient) -> None:
    for address in ("nothing?path=/wall/issues", "rail?path=/wall/nothing", "rail?path=/wall/issues&perimeter=x"):
        answer = client.get(f"/picture/{address}")
        assert answer.status_code == 404 and "refusal" in answer.get_json(), address


def test_a_pulse_reads_versions_and_no_facts_and_those_only_where_one_has_changed(
    client: FlaskClient, empty_store: Engine
) -> None:
    client.get("/pulse?path=/wall/issues")
    asked: list[str] = []
    event.listen(empty_store, "before_cursor_execute", lambda *args: asked.append(args[2]))
    client.get("/pulse?path=/wall/issues")
    assert asked == []
    with empty_store.begin() as connection:
        raise_versions(connection, ["unit_cost"], AS_OF)
    asked.clear()
    client.get("/pulse?path=/wall/issues")
    assert {table for statement in asked for table in re.findall(r"FROM (\w+)", statement)} == {"table_version", "source_state"}


def test_a_pulse_asks_the_store_once_and_measures_its_screen_again_where_something_has_changed(
    client: FlaskClient, ask: Callable[[str], dict[str, object]], empty_store: Engine, now: list[datetime]
) -> None:
    """By the pool: a bare question to the database begins no transaction, and no cursor of SQLAlchemy hears of it."""
    address, connections = "/pulse?path=/wall/outcomes&screen=outcomes", list[object]()
    event.listen(empty_store, "checkout", lambda *args: connections.append(args[0]))
    before = ask(address)
    connections.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(Pictures, "tokens")
        assert ask(address) == before
    assert len(connections) <= 1, "none of the pool where the store is a file: it has one of its own for this question"
    for picture in cast("dict[str, str]", before["tokens"]):
        client.get(f"/picture/{picture}?path=/wall/outcomes&screen=outcomes")
    drawn = ask(address)
    assert drawn["state"] != before["state"], "the spine says what the pictures say that have been made meanwhile"
    now[0] += timedelta(days=1)
    assert ask(address)["state"] != drawn["state"]


def test_whoever_asks_within_one_question_to_the_store_has_its_answer(empty_store: Engine) -> None:
    watch = VersionsWatch(empty_store)
    with watch.once() as total:
        with empty_store.begin() as connection:
            raise_versions(connection, ["unit_cost"], AS_OF)
        assert watch.total() == total
    assert watch.total() != total


@pytest.fixture
def reached(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The queries that Flask itself is asked."""
    queries: list[str] = []
    flask = behind(client)

    def noted(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        queries.append(environ["QUERY_STRING"])
        return flask(environ, start_response)

    monkeypatch.setattr(client.application.wsgi_app, "_application", noted)
    return queries


def behind(client: FlaskClient) -> Callable[[dict[str, Any], Any], Iterable[bytes]]:
    middleware = client.application.wsgi_app
    assert isinstance(middleware, PulseMiddleware)
    return middleware._application


def test_a_pulse_with_nothing_changed_does_not_reach_flask_and_is_what_flask_says(
    client: FlaskClient, reached: list[str]
) -> None:
    address = "/pulse?path=/wall/issues&screen=b%C3%BCro&state="
    address += client.get(address).get_json()["state"]
    reached.clear()
    short = client.get(address)
    assert reached == [] and short.status_code == 200 and len(short.data) < 250
    flask = Client(behind(client), client.application.response_class).get(address)
    assert reached and flask.data == short.data and dict(flask.headers) == dict(short.headers)


def test_every_other_pulse_is_answered_by_flask(client: FlaskClient, reached: list[str]) -> None:
    others = {
        "path=/wall/issues&state=older": 200,
        "path=/wall/nothing&state=x": 200,
        "path=/wall/issues%00&state=x": 400,
        "path=/wall/issues&screen=%ff&state=": 200,
        f"path=/wall/issues&state={'x' * 9_000}": 400,
    }
    assert {query: client.get(f"/pulse?{query}").status_code for query in others} == others
    assert client.head("/pulse?state=x").status_code == 200 and client.post("/pulse?state=x").status_code == 405
    assert len(reached) == len(others) + 2
