"""A panel draws for the cell that it gets: its picture can be read there, or the cell is refused; headline and number stay."""

from collections.abc import Iterator

import pytest

from tests.browser.cells import CELLS as SIZES
from tests.browser.cells import Held, fill, held
from tests.browser.chromium import Chromium
from tests.browser.serving import Lit
from wallboard.drawing.theme import DEFAULT_FLOOR
from wallboard.panels import find_panels

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CELLS = {name: SIZES[name] for name in ("a whole wall", "a sixth")}
SIX = ("issue_arrivals", "issue_pareto", "issue_stages", "throughput", "cumulative_flow", "issue_list")
"""The panels of case 15, which somebody put on one scene."""
PANELS = {name: find_panels()[name] for name in SIX}
AT_ONCE = 14
"""Panels on the page at one time: what one changes costs all of them."""


@pytest.fixture(scope="module")
def cells(chromium: Chromium, lit_demo: Lit) -> Iterator[dict[str, Held]]:
    """What became of every panel in each size of cell."""
    size = {"width": 1920, "height": 1080}
    kept = {name: Held({}, {}) for name in CELLS}
    with chromium.context(viewport=size, locale="en-GB", timezone_id="Europe/London") as context:
        page = context.new_page()
        for first in range(0, len(PANELS), AT_ONCE):
            fill(page, lit_demo, [*PANELS][first : first + AT_ONCE])
            for name, cell in CELLS.items():
                several = held(page, cell)
                kept[name].forms.update(several.forms)
                kept[name].faults.update(several.faults)
        yield kept


def fits(panel: str, cell: str) -> bool:
    return CELLS[cell].holds(PANELS[panel].smallest, DEFAULT_FLOOR)


@pytest.mark.parametrize("cell", CELLS)
def test_what_a_panel_declares_to_fit_is_drawn_there(cells: dict[str, Held], cell: str) -> None:
    left = {name: form for name, form in cells[cell].forms.items() if form and fits(name, cell)}
    assert not left, f"{cell}: declare a larger smallest, or let them draw less"


@pytest.mark.parametrize("cell", CELLS)
def test_what_a_panel_refuses_is_really_too_small_for_it(cells: dict[str, Held], cell: str) -> None:
    needless = [
        name for name, form in cells[cell].forms.items() if not form and not cells[cell].faults[name] and not fits(name, cell)
    ]
    assert not needless, f"{cell}: declare a smaller smallest"


@pytest.mark.parametrize("cell", CELLS)
def test_everything_in_a_cell_can_be_read_whether_it_fits_or_not(cells: dict[str, Held], cell: str) -> None:
    unreadable = [
        fault for name, faults in cells[cell].faults.items() if cells[cell].forms[name] or fits(name, cell) for fault in faults
    ]
    assert not unreadable, f"{cell}:\n" + "\n".join(unreadable)


def test_every_panel_fits_a_whole_wall() -> None:
    whole = SIZES["a whole wall"]
    assert [name for name, panel in find_panels().items() if not whole.holds(panel.smallest, DEFAULT_FLOOR)] == []
