"""Measures the smallest cells in which each panel can be read, and writes them into its file: `python -m bench.smallest`."""

import argparse
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from playwright.sync_api import Page

from bench.browsing import chromium
from bench.rooms import REPOSITORY, demo, given, workshop
from tests.browser.cells import CELLS, fill, held
from tests.browser.serving import served
from tests.conftest import AS_OF
from wallboard.clock import stopped
from wallboard.drawing.cell import WHOLE, Cell, Smallest
from wallboard.drawing.theme import DEFAULT_FLOOR
from wallboard.layout import read_layouts
from wallboard.panels import find_panels
from wallboard.settings import Room

LETTERS = (25, 38, 51, 76)
"""Widths that are tried: a third of a wall, a half, two thirds, all of it."""

BY_HAND = re.compile(r"    smallest=\(.*?\),  # by hand: \S", re.DOTALL)
"""What somebody has decided, with the reason behind it: it is left as it is."""

DECLARED = re.compile(r"    smallest=\(.*?\),\n(?=    \w+=|\))", re.DOTALL)
AT = f"{AS_OF:%Y-%m-%dT%H:%MZ}"
"""The moment at which the tests look at the demo company."""

PANELS = REPOSITORY / "wallboard" / "panels"


Stands: TypeAlias = Callable[[tuple[float, float]], bool]
"""Whether a picture stands in a cell of that width and height on the canvas, and can be read there."""


def smallest(stands: Stands, used: Iterable[Cell] = ()) -> tuple[Smallest, ...]:
    """The corners of what holds a picture: the fewest lines at each width, and the cells in use.

    A cell that is larger both ways than one that holds it holds it too: what stands in a narrow cell and not in a wide one as
    high, or in a low one and not in a higher one, is not taken for a size that a panel needs.
    """
    corners, least = list[Smallest](), 0
    for letters in reversed(LETTERS):
        lines = WHOLE.size(DEFAULT_FLOOR).lines
        while lines > 0 and stands(Smallest(letters, lines).pixels(DEFAULT_FLOOR)):
            lines -= 1
        least = max(least, lines + 1)
        corners += [Smallest(letters, least)] * (least <= WHOLE.size(DEFAULT_FLOOR).lines)
    others = [cell for cell in used if not cell.holds(corners, DEFAULT_FLOOR) and stands(cell.pixels(DEFAULT_FLOOR))]
    sizes = [cell.size(DEFAULT_FLOOR) for cell in others]
    return _outermost({*corners, *(size for size in sizes if _goes_on(size, corners))})


def _goes_on(size: Smallest, corners: Iterable[Smallest]) -> bool:
    """Whether it stands from there on: what is drawn in a cell and not in the next larger ones is no size that a panel needs."""
    return all(corner.lines - size.lines <= 1 for corner in corners if corner.letters == size.letters)


def _outermost(corners: set[Smallest]) -> tuple[Smallest, ...]:
    """Without those that another one contains, from the narrowest on."""
    least = [
        each for each in corners if not any(o != each and o.letters <= each.letters and o.lines <= each.lines for o in corners)
    ]
    return tuple(sorted(least, key=lambda corner: corner.letters))


def declared(file: Path, corners: Iterable[Smallest]) -> bool:
    """Write them into a panel's file, unless it has its own by hand; whether it said something else before."""
    text = file.read_text(encoding="utf-8")
    if BY_HAND.search(text):
        return False
    sizes = "".join(f"Smallest({corner.letters}, {corner.lines}), " for corner in corners)
    new = DECLARED.sub(f"    smallest=({sizes.rstrip()}),\n", text)
    file.write_text(new, encoding="utf-8")
    return new != text


def measured(page: Page, names: Iterable[str], room: Room) -> Iterator[tuple[str, tuple[Smallest, ...]]]:
    """The smallest cells of each panel that is drawn on the page."""
    placed = [placed for layout in read_layouts(room.layouts, find_panels()).values() for placed in layout.placed()]
    for name in names:

        def stands(size: tuple[float, float], name: str = name) -> bool:
            return held(page, size, [name])[name].stands

        yield name, smallest(stands, {*CELLS.values(), *(its.cell for its in placed if its.show == name)})


def main() -> None:
    """Measure the panels that the command line names, or all."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("names", nargs="*", help="only these panels")
    ask.add_argument("--root", type=Path, help="a demo room that was made as of that moment")
    options = ask.parse_args()
    with workshop() as folder, chromium() as browser:
        ready = given(options.root, AT) if options.root else demo(folder, AT)
        page = browser.new_page(viewport={"width": 1920, "height": 1080}, locale="en-GB", reduced_motion="reduce")
        with served(ready.room, stopped(ready.moment)) as lit:
            drawn = fill(page, lit, options.names or find_panels(), ready.moment)
            for name, corners in measured(page, drawn, ready.room):
                changed = declared(PANELS / f"{name}.py", corners) if corners else False
                print(f"{name:20} {' or '.join(map(str, corners)) or 'NOWHERE'}{' (new)' if changed else ''}", flush=True)


if __name__ == "__main__":
    main()
