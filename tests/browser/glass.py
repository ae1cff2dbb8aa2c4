"""One page for many scenes, at any size of the glass: its scripts stay compiled, and no scene is loaded anew for a size."""

import math
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.chromium import Chromium
from tests.browser.serving import Lit
from tests.browser.watching import Watch, open_board, settled

HERE = Path(__file__).parent
CHECKS = (HERE / "legibility.js").read_text(encoding="utf-8")
MARKS = (HERE / "marks.js").read_text(encoding="utf-8")
Size = tuple[int, int]
FULL_HD, FOUR_K, SMALL = (1920, 1080), (3840, 2160), (1366, 768)
PORTRAIT, TABLET, PHONE = (1080, 1920), (1280, 800), (390, 844)
HAND_WIDE, IN_HAND = 700, 16
"""Narrower than this a glass is held in a hand; the smallest type on it, in its own pixels."""

LEFT_OUT = """() => [...document.querySelectorAll(".tall .scene.shown .frame[data-fit]")]
  .filter((frame) => !frame.matches('.portrait .frame[data-fit="brief"]'))
  .map((frame) => `no room: #${frame.id}: ${frame.dataset.fit}`)"""
"""The panels whose picture a column has no room for; a portrait glass may say so beside headline and number, and no less."""

PICTURED = """() => {
  const seen = (mark) => mark.checkVisibility({ visibilityProperty: true }) && mark.getBoundingClientRect().height > 1;
  const marks = (frame) => [...frame.querySelectorAll(".body :is(.main-svg, .sized, [data-at], img)")];
  const frames = [...document.querySelectorAll(".scene.shown .frame[id]")];
  return frames.filter((frame) => frame.matches('[data-fit="brief"]') || marks(frame).some(seen)).map(({ id }) => id);
}"""
"""The panels of which a mark is seen, or a word why none is: what is drawn on a wide glass must not be gone from a column."""

CAP_HEIGHT = 0.716
"""Height of a capital per em that reference/legibility.md assumes; Inter's own is a little more."""


@dataclass
class Glass:
    """The page of somebody who wants nothing to move: no scene fades in, and what was fetched once is there."""

    page: Page
    watch: Watch

    def show(self, lit: Lit, address: str) -> Page:
        """Put a board of a lit room on the glass, and wait until every picture of its scene stands."""
        open_board(self.page, lit.url + address)
        return self.page

    def faults(self, lit: Lit, address: str, sizes: Collection[Size] = (FULL_HD,)) -> list[str]:
        """What cannot be read of a board of a lit room at these sizes of the glass."""
        if seen_at(self.page) not in sizes:
            resize(self.page, next(iter(sizes)), waits=False)
        return looked_at(self.show(lit, address), address, sizes)


def floor(height: int, diagonal_in: float = 55, distance_m: float = 4, arcmin: float = 16) -> float:
    """Font size in pixels whose capitals span 16 arc minutes: ISO 9241-3's floor, computed anew from the reference."""
    image_mm = diagonal_in * 25.4 * 9 / math.sqrt(337)
    glyph_mm = 2 * distance_m * 1000 * math.tan(math.radians(arcmin / 60) / 2)
    return glyph_mm / (image_mm / height) / CAP_HEIGHT


def smallest(size: Size) -> float:
    """The smallest type on a glass: of a phone as in a hand, else of 55 inches from 4 metres, upright or turned on its side."""
    long, short = max(size), min(size)
    return IN_HAND if size[0] < HAND_WIDE else floor(min(short, long * 9 // 16))


def faults(page: Page, smallest: float, *, wall: bool) -> list[str]:
    """What cannot be read on the page as it stands, and every mark that is not as long as its number."""
    answer: list[str] = page.evaluate(CHECKS, {"floor": smallest, "wall": wall})
    return [*answer, *page.evaluate(MARKS), *page.evaluate(LEFT_OUT)]


def looked_at(page: Page, address: str, sizes: Iterable[Size]) -> list[str]:
    """The faults of one scene, which has settled, at several sizes of the glass: first at the size that it has, if it is one."""
    by_fault: dict[str, list[str]] = {}
    pictured: dict[Size, set[str]] = {}
    for size in sorted(sizes, key=lambda size: size != seen_at(page)):
        resize(page, size)
        for fault in faults(page, smallest(size), wall=address.startswith("/wall/")):
            by_fault.setdefault(fault, []).append(f"{size[0]}×{size[1]}")
        pictured[size] = {*page.evaluate(PICTURED)}
    wide = set[str]().union(*(there for (width, height), there in pictured.items() if width > height))
    for (width, height), there in pictured.items():
        for panel in wide - there if width < height else ():
            gone = f"no picture: #{panel}: drawn on a wide glass, and no word why not"
            by_fault.setdefault(gone, []).append(f"{width}×{height}")
    return [f"{fault} ({', '.join(at)})" for fault, at in by_fault.items()]


def seen_at(page: Page) -> Size:
    """The size of the glass."""
    size = page.viewport_size or {"width": 0, "height": 0}
    return size["width"], size["height"]


def resize(page: Page, size: Size, *, waits: bool = True) -> None:
    """Make the glass larger or smaller, and wait until what it shows is fitted."""
    if size == seen_at(page):
        return
    page.set_viewport_size({"width": size[0], "height": size[1]})
    if waits and page.locator("#board").count():
        settled(page)


@contextmanager
def clean_glass(chromium: Chromium) -> Iterator[Glass]:
    """A page in a profile of its own."""
    with chromium.context(locale="en-GB", timezone_id="Europe/London") as context:
        glass = Glass(context.new_page(), Watch())
        glass.watch.attach(glass.page)
        yield glass
