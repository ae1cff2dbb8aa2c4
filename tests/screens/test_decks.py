"""Every scene of every layout is reached in each way: lobby, touch, ?scene=, ?deck=, and the walk."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests.conftest import AS_OF, REPOSITORY
from tests.metrics import given
from wallboard.clock import stopped
from wallboard.layout import DECKS, Layout, Scene, read_layouts
from wallboard.panels import find_panels
from wallboard.screens.addresses import Addresses
from wallboard.screens.page import Page
from wallboard.screens.serialise import as_bytes
from wallboard.settings import Room, Settings

LAYOUTS = read_layouts(REPOSITORY / "layouts", find_panels())


@pytest.fixture
def addresses(settings: Settings, empty_store: Engine) -> Addresses:
    with empty_store.begin() as connection:
        given.journey(connection)
    return Addresses(settings, LAYOUTS, find_panels(), empty_store, stopped(AS_OF))


@pytest.fixture
def page(empty_room: Room, empty_store: Engine, addresses: Addresses) -> Page:
    return Page(empty_room, empty_store, addresses, stopped(AS_OF))


def drawn(page: Page, path: str, search: str = "") -> str:
    return as_bytes(page.render(path, search)).decode().replace("&amp;", "&")


def placed(walls: list[Layout]) -> Iterator[tuple[Layout, Scene]]:
    return ((wall, scene) for wall in walls for scene in wall.scenes)


def test_every_scene_of_a_wall_is_reached_in_each_way(page: Page, addresses: Addresses) -> None:
    walls = addresses.walls()
    lobby = drawn(page, "/")
    boards = {wall.name: drawn(page, f"/wall/{wall.name}", "?screen=tv") for wall in walls}
    assert {scene.deck for _, scene in placed(walls)} == {*DECKS} and any(scene.about for _, scene in placed(walls))
    for wall, scene in placed(walls):
        touched = f"/wall/{wall.name}?deck={scene.deck}&scene={scene.name}&screen=tv"
        assert f"/wall/{wall.name}?scene={scene.name}" in lobby and f"/wall/{wall.name}?deck={scene.deck}" in lobby
        assert f'"{touched}"' in boards[wall.name], "a touch opens it"
        for search in (f"?scene={scene.name}", f"?{touched.partition('?')[2]}"):
            there = drawn(page, f"/wall/{wall.name}", search)
            assert f'"data-pinned":"{scene.name}"' in there and scene.panels[0].id in there
            assert ("deck-way" in there) is ("deck=" in search), "what hangs there for good has no way back"
    for wall in walls:
        for name in {scene.deck for scene in wall.scenes}:
            assert f'"data-pinned":"{wall.deck(name)[0].name}"' in drawn(page, f"/wall/{wall.name}", f"?deck={name}")


def test_every_scene_of_the_walk_is_reached_at_its_address(page: Page, addresses: Addresses) -> None:
    paths = {"journey": "/journey", "stage": "/journey/receive", "tour": "/tour/receive", "end": "/journey/end"}
    for layout in (layout for layout in LAYOUTS.values() if layout.kind in paths):
        for scene in layout.scenes:
            assert f'"data-pinned":"{scene.name}"' in drawn(page, paths[layout.kind], f"?scene={scene.name}"), scene.name


def test_an_unknown_deck_is_refused_with_those_that_there_are(page: Page) -> None:
    assert "there is no such deck on this screen. Did you mean 'session'?" in drawn(page, "/wall/outcomes", "?deck=sesion")


def test_the_way_through_a_deck_goes_round_it_and_keeps_screen_and_perimeter(page: Page) -> None:
    first, second, last = ("bridge", "parts", "milestones")
    there = drawn(page, "/wall/outcomes", f"?deck=session&scene={first}&screen=tv")
    for scene in (second, last):
        assert there.count(f"/wall/outcomes?deck=session&scene={scene}&screen=tv") == 2, "in the list of all, and beside it"
    assert '"/wall/outcomes?screen=tv"' in there and '"data-quiet":"180"' in there
