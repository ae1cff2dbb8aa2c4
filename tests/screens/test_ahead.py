"""A board of the walk comes with its pictures in it, each under the token that the pulse knows it by."""

from typing import Any

import orjson
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.conftest import AS_OF
from tests.metrics import given
from wallboard.app import create_app
from wallboard.clock import stopped
from wallboard.screens.first_look import draw
from wallboard.settings import Room


@pytest.fixture
def client(empty_room: Room, empty_store: Engine) -> FlaskClient:
    with empty_store.begin() as connection:
        given.journey(connection)
    client: FlaskClient = create_app(empty_room, stopped(AS_OF), empty_store).server.test_client()
    return client


def parts(board: Any) -> dict[str, dict[str, Any]]:
    """Every part of a board that has an id."""
    by_id: dict[str, dict[str, Any]] = {}
    if isinstance(board, list):
        for child in board:
            by_id |= parts(child)
    elif isinstance(board, dict) and "props" in board:
        if "id" in board["props"]:
            by_id[board["props"]["id"]] = board["props"]
        by_id |= parts(board["props"].get("children"))
    return by_id


def asked(client: FlaskClient, address: str) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    content: dict[str, Any] = orjson.loads(answer.data)
    return content


def test_a_stage_comes_whole_and_the_pulse_has_nothing_to_add(client: FlaskClient) -> None:
    board = parts(asked(client, "/board?path=/journey/receive")["board"])
    tokens = asked(client, "/pulse?path=/journey/receive")["tokens"]
    for lane in ("experience", "hear", "react", "strip"):
        name = f"stage--receive--walk--{lane}"
        assert "being drawn" not in str(board[name]["children"])
        assert board[name]["data-token"] == tokens[name] and board[name]["data-state"]
    assert board["rail"]["data-token"] == tokens["rail"]
    assert board["board"]["data-path"] == "/journey/receive" and "promised" in board["board"]["data-scenes"].split()


def test_a_scene_of_a_stage_is_a_place_of_its_own(client: FlaskClient) -> None:
    names = set(parts(asked(client, "/board?path=/journey/receive&scene=promised")["board"]))
    assert any(name.startswith("stage--receive--promised--") for name in names)
    assert not any(name.startswith("stage--receive--walk--") for name in names)


def test_where_there_is_no_board_it_says_so(client: FlaskClient) -> None:
    for where in ("/journey/nowhere", "/journey/receive&scene=none", "/"):
        assert asked(client, f"/board?path={where}") == {"gone": True}, where


def first(client: FlaskClient, address: str) -> dict[str, dict[str, Any]]:
    """The parts of the board that stands in the page itself."""
    page = client.get(address).text.partition(' id="first"')[2]
    return parts(orjson.loads(page.partition(">")[2].partition("</script>")[0]))


def test_a_wall_comes_with_the_pictures_that_have_been_made(client: FlaskClient) -> None:
    """On the scene that is due now, and with its spine: the pulse then knows nothing newer."""
    address = "/pulse?path=/wall/issues"
    assert not any(part.get("data-token") for part in first(client, "/wall/issues").values())
    for name in asked(client, address)["tokens"]:
        client.get(f"/picture/{name}?path=/wall/issues")
    now, board = asked(client, address), first(client, "/wall/issues")
    there = {name: part["data-token"] for name, part in board.items() if part.get("data-token")}
    shown = {name for name in now["tokens"] if name.startswith(f"issues--{now['scene']}--")}
    assert there.keys() == {*shown, "rail", "countdown", "spine"} and shown
    assert there == {name: now["tokens"][name] for name in there}
    assert "waiting" not in str([board[name]["children"] for name in there])


def test_a_screen_that_is_pinned_to_a_scene_shows_that_one(client: FlaskClient) -> None:
    name = asked(client, "/pulse?path=/wall/issues")["scenes"].split()[1]
    boards = first(client, f"/wall/issues?scene={name}")
    assert {part.split("--")[1] for part in boards if part.startswith("issues--")} == {name}


def test_the_first_screen_of_a_room_finds_its_pictures_made(empty_room: Room, empty_store: Engine) -> None:
    with empty_store.begin() as connection:
        given.journey(connection)
    server = create_app(empty_room, stopped(AS_OF), empty_store).server
    draw(server.wsgi_app)
    client = server.test_client()
    for wall in client.get("/walls").text.split():
        shown = asked(client, f"/pulse?path=/wall/{wall}")["scene"]
        board = first(client, f"/wall/{wall}")
        there = {name for name, part in board.items() if part.get("data-token")}
        assert there >= {name for name in board if name.startswith(f"{wall}--{shown}--")} | {"rail", "spine"}, wall


def test_a_room_is_lit_whose_walls_cannot_be_drawn_ahead(caplog: pytest.LogCaptureFixture) -> None:
    def broken(_environ: object, _start: object) -> list[bytes]:
        raise RuntimeError

    draw(broken)
    assert "could not be drawn ahead" in caplog.text
