"""A wall answers in a minute: question, answer and place are on the glass at any moment, and the verdict comes within it."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random, randrange

import pytest
from playwright.sync_api import Page

from tests.browser.boards import all_drawn, shown
from tests.browser.watching import open_board, until
from tests.conftest import AS_OF, REPOSITORY
from tests.fixtures import Light
from tests.rooms import AT, instant, missing
from wallboard.layout import Layout, read_layouts
from wallboard.loaders.load import Loaded
from wallboard.panels import find_panels
from wallboard.screens.programme import WITHIN, Programme, Slot
from wallboard.screens.spine import verdict_scene
from wallboard.settings import Room

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LAYOUTS = read_layouts(REPOSITORY / "layouts", find_panels())
WALLS = [wall.name for wall in LAYOUTS.values() if wall.kind == "wall"]
SEED = int(os.environ.get("MOMENTS_SEED") or randrange(10**6))
"""Which ten moments: a failure prints it, and MOMENTS_SEED=… brings the same again."""

MOMENTS = 10
GLASS = """() => Object.fromEntries([
  ".spine .asked", ".spine .answer", ".scene.shown .stands", ".scene.shown .facts"
].map((where) => {
  const part = document.querySelector(where), { right, bottom } = part?.getBoundingClientRect() || {};
  const isSeen = part?.checkVisibility({ visibilityProperty: true }) && bottom <= innerHeight && right <= innerWidth;
  return [where, isSeen ? part.innerText : ""];
}))"""


def programme_of(page: Page) -> Programme:
    """The turn of a wall as the room has told it to the screen."""
    slots = (slot.split(":") for slot in page.locator(".turn").get_attribute("data-slots").split())  # type: ignore[union-attr]
    return Programme(tuple(Slot(scene, float(seconds), "in turn") for scene, seconds in slots))


def minute(turn: Programme, start: datetime) -> Iterator[datetime]:
    """The instants of the next minute at which another scene comes, from the one that is there, as a screen asks for it."""
    last = None
    for second in range(0, WITHIN + 1, 2):
        now = start + timedelta(seconds=second)
        if (slot := turn.at(now)) is not last:
            last = slot
            yield now


def turned(page: Page, now: datetime) -> str:
    """The scene that is due, once it stands there; the turn is made anew when the last picture is there."""
    page.evaluate("dispatchEvent(new CustomEvent('room:closed'))")  # a pulse at once
    page.wait_for_timeout(20)
    scene = programme_of(page).at(now).scene
    return scene if shown(page) == scene else ""


def faults_of(page: Page, url: str, wall: Layout, now: list[datetime], part: str = "") -> list[str]:
    """What is not on the glass of a wall in a minute from ten random moments; the page is opened once, and its clock moved."""
    begin, chance, faults = now[0], Random(f"{SEED} {wall.name}"), []
    address = f"{url}/wall/{wall.name}{part}"
    print(f"MOMENTS_SEED={SEED} brings the same moments of {wall.name} again")
    open_board(page, address)
    all_drawn(page)
    until(lambda: page.evaluate(GLASS)[".spine .answer"] or not wall.answer, page=page)
    until(lambda: turned(page, begin), page=page)
    turn = programme_of(page)
    for _ in range(MOMENTS):
        start, seen = begin + timedelta(seconds=chance.randrange(6 * 3600)), set[str]()
        for now[0] in minute(turn, start):
            scene = until(lambda: turned(page, now[0]), page=page)
            glass = page.evaluate(GLASS)
            shown = all(text for part, text in glass.items() if wall.answer or part != ".spine .answer")
            there = shown and glass[".spine .asked"] == wall.title and " of " in glass[".scene.shown .stands"]
            faults += [] if there else [f"{address} at {now[0]:%H:%M:%S}: {scene}: {glass}"]
            seen.add(scene)
        verdict = verdict_scene(wall) if verdict_scene(wall) in turn.order else None  # what measures nothing is left out
        faults += [] if verdict is None or verdict in seen else [f"{address} at {start}: no verdict in {seen}"]
    return faults


@pytest.mark.parametrize("name", WALLS)
def test_a_guest_who_stays_a_minute_has_seen_question_answer_place_and_verdict(
    page: Page, demo_room: Room, lit: Light, name: str
) -> None:
    now = [AS_OF]
    faults = faults_of(page, lit(demo_room, lambda: now[0]).url, LAYOUTS[name], now)
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
