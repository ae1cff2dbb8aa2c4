"""A wall on other glass: a phone reads it as one column, a portrait screen turns through it, each panel at a readable size."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.boards import WALLS
from tests.browser.chromium import Chromium
from tests.browser.serving import Lit
from tests.browser.watching import FITTED, until
from wallboard.drawing.theme import DEFAULT_FLOOR

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HERE = Path(__file__).parent
CHECKS, MARKS = ((HERE / name).read_text(encoding="utf-8") for name in ("legibility.js", "marks.js"))
PHONE, PORTRAIT = (390, 844), (1080, 1920)
AT_ARMS_LENGTH = 15.7
"""Font size in a phone's pixels whose capitals span 16 minutes of arc at 40 cm, where 390 of them are 65 mm."""

DRAWN = """() => [...document.querySelectorAll(".frame")].every(({ dataset }) => dataset.state)
  && [...document.querySelectorAll(".dash-graph")].every((graph) => graph.querySelector(".main-svg"))"""
SCENES = "() => [...document.querySelectorAll('.scene')].map((scene) => scene.dataset.scene)"
TURN = """(name) => {
  document.querySelectorAll(".scene").forEach((scene) => scene.classList.toggle("shown", scene.dataset.scene === name));
  dispatchEvent(new CustomEvent("room:fit"));
}"""
LEFT = """() => [...document.querySelectorAll(".frame")].filter(({ dataset }) => /^(brief|headline|number)$/.test(dataset.fit))
  .map(({ id }) => id)"""


@pytest.fixture(scope="module")
def page(chromium: Chromium) -> Iterator[Page]:
    with chromium.context(locale="en-GB", timezone_id="Europe/London", reduced_motion="reduce") as context:
        yield context.new_page()


def opened(page: Page, url: str, size: tuple[int, int]) -> list[str]:
    """A wall on a glass of that size with every picture of it drawn; its scenes."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(url)
    until(lambda: page.evaluate(DRAWN), within=180, page=page)
    page.evaluate(FITTED)
    scenes: list[str] = page.evaluate(SCENES)
    return scenes


def faults(page: Page, floor: float) -> list[str]:
    found: list[str] = [*page.evaluate(CHECKS, {"floor": floor, "wall": True}), *page.evaluate(MARKS)]
    return found


@pytest.mark.parametrize("wall", WALLS)
def test_a_phone_reads_a_wall_as_one_column_that_scrolls(page: Page, lit_demo: Lit, wall: str) -> None:
    opened(page, lit_demo.url + wall, PHONE)
    assert not faults(page, AT_ARMS_LENGTH)
    assert page.evaluate(LEFT) == []
    wide, high = page.evaluate("[document.scrollingElement.scrollWidth, document.scrollingElement.scrollHeight]")
    assert wide == PHONE[0] and high > 3 * PHONE[1]
    places = page.evaluate("[...document.querySelectorAll('.frame')].map((one) => one.getBoundingClientRect().toJSON())")
    assert all(above["bottom"] <= below["top"] for above, below in pairwise(places))


@pytest.mark.parametrize("wall", WALLS)
def test_a_portrait_screen_turns_through_scenes_that_fill_it(page: Page, lit_demo: Lit, wall: str) -> None:
    for scene in opened(page, lit_demo.url + wall, PORTRAIT):
        page.evaluate(TURN, scene)
        found = faults(page, DEFAULT_FLOOR)
        assert not found, f"{scene}: {found}"
        assert page.evaluate("document.scrollingElement.scrollHeight") == PORTRAIT[1]
