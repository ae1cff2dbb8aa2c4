"""A wall answers in a minute: question, answer and place are on the glass at any moment, and the verdict comes within it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random, randrange

import pytest
from playwright.sync_api import Page

from tests.browser.boards import WALLS, all_drawn, due, shown
from tests.browser.watching import open_board, until
from tests.conftest import AS_OF, REPOSITORY, Light
from tests.rooms import AT, instant, missing
from wallboard.layout import Layout, read_layouts
from wallboard.loaders.load import Loaded
from wallboard.panels import find_panels
from wallboard.screens.programme import WITHIN
from wallboard.screens.spine import verdict_scene
from wallboard.settings import Room

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LAYOUTS = read_layouts(REPOSITORY / "layouts", find_panels())
MOMENTS = 4
"""Moments a wall: what holds at every one of a day is shown without a browser (tests/screens/test_programme.py)."""
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


def faults_of(page: Page, url: str, wall: Layout, now: list[datetime], part: str = "") -> list[str]:
    """What is not on the glass of a wall in a minute from ten random moments; the seed gives the same moments again."""
    begin, seed, faults = now[0], randrange(10**6), []
    chance = Random(seed)
    address = f"{url}/wall/{wall.name}{part}"
    open_board(page, address)
    all_drawn(page)
    until(lambda: page.evaluate(GLASS)[".spine .answer"] or not wall.answer, page=page)
    for _ in range(MOMENTS):
        now[0], seen = begin + timedelta(seconds=chance.randrange(6 * 3600)), set[str]()
        moment = f"{address} at {now[0]:%H:%M:%S} (seed {seed})"
        for scene in minute(page, address, now):
            until(lambda scene=scene: turned(page, scene), page=page)  # type: ignore[misc]
            glass = page.evaluate(GLASS)
            shown = all(text for part, text in glass.items() if wall.answer or part != ".spine .answer")
            there = shown and glass[".spine .asked"] == wall.title and " of " in glass[".scene.shown .stands"]
            faults += [] if there else [f"{moment}: {scene}: {glass}"]
            seen.add(scene)
        faults += [] if not wall.answer or verdict_scene(wall) in seen else [f"{moment}: no verdict among {seen}"]
    return faults


@pytest.mark.parametrize("path", WALLS)
def test_a_guest_who_stays_a_minute_has_seen_question_answer_place_and_verdict(
    page: Page, demo_room: Room, lit: Light, path: str
) -> None:
    now, wall = [AS_OF], LAYOUTS[path.removeprefix("/wall/")]
    faults = faults_of(page, lit(demo_room, lambda: now[0]).url, wall, now)
    assert not faults, "\n".join(faults)


@pytest.mark.skipif(missing() is not None, reason=str(missing()))
def test_the_same_in_the_real_room(page: Page, retail_on_sqlite: tuple[Room, dict[str, Loaded]], lit: Light) -> None:
    room, now = retail_on_sqlite[0], [instant(AT)]
    walls = [wall for wall in read_layouts(room.layouts, find_panels()).values() if wall.kind == "wall" and len(wall.turning) > 1]
    url = lit(room, lambda: now[0]).url
    faults = []
    for wall in walls:
        now[0] = instant(AT)
        faults += faults_of(page, url, wall, now, f"?perimeter={room.settings.screen[wall.name].perimeter}")
    assert walls and not faults, "\n".join(faults)
