"""Which screen an address means, and the sentence where there is none."""

import pytest
from sqlalchemy import Engine

from tests.conftest import AS_OF, REPOSITORY
from tests.metrics import given
from wallboard.clock import stopped
from wallboard.errors import NotFound
from wallboard.layout import read_layouts
from wallboard.panels import find_panels
from wallboard.screens.addresses import Addresses
from wallboard.screens.lobby import lobby
from wallboard.screens.page import Page
from wallboard.screens.serialise import as_bytes
from wallboard.settings import Room, Settings


@pytest.fixture
def addresses(settings: Settings, engine: Engine) -> Addresses:
    with engine.begin() as connection:
        given.journey(connection)
    panels = find_panels()
    return Addresses(settings, read_layouts(REPOSITORY / "layouts", panels), panels, engine, stopped(AS_OF))


def test_the_walls_are_the_layouts_that_are_not_walked(addresses: Addresses) -> None:
    assert [wall.name for wall in addresses.walls()] == ["day_one", "issues", "outcomes", "touchpoints"]


@pytest.mark.parametrize(
    ("path", "kind"), [("/wall/issues", "wall"), ("/wall/issues/", "wall"), ("/journey", "walk"), ("/journey/leave", "walk")]
)
def test_a_known_address_is_a_board_with_the_rail(addresses: Addresses, path: str, kind: str) -> None:
    board = addresses.board(path)
    assert board.kind == kind and "rail" in board.placed() and len(board.placed()) > 1


def test_a_stage_tells_its_panels_which_stage_it_is(addresses: Addresses) -> None:
    board = addresses.board("/journey/receive")
    titles = [scene.title for scene in board.layout.scenes]
    assert titles[0] == "“I get my order”" and all(title.startswith(titles[0]) for title in titles)
    assert {placed.options.stage for placed in board.layout.placed()} == {"receive"}  # type: ignore[attr-defined]
    assert not set(board.placed()) & set(addresses.board("/journey/leave").placed()) - {"rail"}


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/wall/outcome", "there is no such wall. Did you mean 'outcomes'?"),
        ("/wall/stage", "there is no such wall."),
        ("/wall/xyzzy", "Known: day_one, issues, outcomes, touchpoints."),
        ("/journey/recieve", "there is no such stage. Did you mean 'receive'?"),
        ("/wal/issues", "there is no such screen. Begin at the lobby: /"),
        ("/wall/issues/flow", "there is no such screen."),
    ],
)
def test_an_unknown_address_is_a_sentence_with_the_nearest(addresses: Addresses, path: str, sentence: str) -> None:
    with pytest.raises(NotFound) as refusal:
        addresses.board(path)
    assert path in str(refusal.value) and sentence in str(refusal.value)


def test_a_perimeter_is_known_or_refused_with_the_nearest(addresses: Addresses) -> None:
    assert addresses.perimeter("") is addresses.perimeter(None) is None
    assert addresses.perimeter("north") == "north"
    with pytest.raises(NotFound, match=r"there is no such perimeter\. Did you mean 'north'"):
        addresses.perimeter("nroth")


def test_the_lobby_opens_no_door_behind_which_nothing_is(settings: Settings, engine: Engine, empty_room: Room) -> None:
    """Without a journey a tour has no stage to begin at, and its address is no screen."""
    panels = find_panels()
    there = Addresses(settings, read_layouts(REPOSITORY / "layouts", panels), panels, engine, stopped(AS_OF))
    with pytest.raises(NotFound):
        there.board("/tour")
    assert not there.has_journey()
    assert b'"/tour"' not in as_bytes({"lobby": lobby(empty_room, there.walls(), None, journey=there.has_journey())})
    assert b'"/tour"' in as_bytes({"lobby": lobby(empty_room, there.walls(), None)})


def test_the_lobby_reaches_every_scene_of_every_deck_and_names_what_a_wall_leaves_out(
    settings: Settings, empty_store: Engine, empty_room: Room
) -> None:
    """A store of which nothing is loaded: each scene says what it needs."""
    panels = find_panels()
    there = Addresses(settings, read_layouts(REPOSITORY / "layouts", panels), panels, empty_store, stopped(AS_OF))
    page_text = as_bytes(Page(empty_room, empty_store, there, stopped(AS_OF)).render("/", "")).decode()
    walls = there.walls()
    assert len(walls) >= 4 and all(wall.label in page_text for wall in walls) and "Wall: " not in page_text
    assert all(f"/wall/{wall.name}?scene={scene.name}" in page_text for wall in walls for scene in wall.scenes)
    assert "Left out of the turn. Load " in page_text
