"""A wall answers in a minute: question, answer and place are on the glass at any moment, and the verdict comes within it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

import pytest
from playwright.sync_api import Page

from tests.browser.boards import WALLS, all_drawn, due, shown
from tests.browser.watching import open_board, until
from tests.conftest import AS_OF, REPOSITORY, Light
from wallboard.layout import read_layouts
from wallboard.panels import find_panels
from wallboard.screens.programme import WITHIN
from wallboard.screens.spine import verdict_scene
from wallboard.settings import Room

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LAYOUTS = read_layouts(REPOSITORY / "layouts", find_panels())
MOMENTS = 10
GLASS = """() => Object.fromEntries([
  ".spine .asked", ".spine .answer", ".scene.shown .stands", ".scene.shown .facts"
].map((where) => {
  const part = document.querySelector(where), { right, bottom } = part?.getBoundingClientRect() || {};
  const isSeen = part?.checkVisibility({ visibilityProperty: true }) && bottom <= innerHeight && right <= innerWidth;
  return [where, isSeen ? part.innerText : ""];
}))"""


def minute(page: Page, wall: str, now: list[datetime]) -> Iterator[str]:
    """The scenes that are due in the next minute, each at the instant at which it comes."""
    start, last = now[0], ""
    for second in range(0, WITHIN + 1, 2):
        now[0] = start + timedelta(seconds=second)
        if (scene := due(page, wall)) != last:
            last = scene
            yield scene


def turned(page: Page, scene: str) -> bool:
    page.evaluate("dispatchEvent(new CustomEvent('room:closed'))")  # a pulse at once
    page.wait_for_timeout(50)
    return shown(page) == scene


@pytest.mark.parametrize("path", WALLS)
def test_a_guest_who_stays_a_minute_has_seen_question_answer_place_and_verdict(
    page: Page, demo_room: Room, lit: Light, path: str
) -> None:
    now, chance, wall = [AS_OF], Random(path), LAYOUTS[path.removeprefix("/wall/")]
    address = f"{lit(demo_room, lambda: now[0]).url}{path}"
    open_board(page, address)
    all_drawn(page)
    until(lambda: page.evaluate(GLASS)[".spine .answer"], page=page)
    for _ in range(MOMENTS):
        now[0], seen = AS_OF + timedelta(seconds=chance.randrange(6 * 3600)), set[str]()
        for scene in minute(page, address, now):
            until(lambda scene=scene: turned(page, scene), page=page)  # type: ignore[misc]
            glass = page.evaluate(GLASS)
            assert glass[".spine .asked"] == wall.title and all(glass.values()), (scene, glass)
            assert " of " in glass[".scene.shown .stands"], glass
            seen.add(scene)
        assert verdict_scene(wall) in seen, (now, seen)
