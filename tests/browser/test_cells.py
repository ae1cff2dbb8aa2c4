"""A panel draws for the cell that it gets: its picture can be read there, or the cell is refused; headline and number stay."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.cells import CELLS, Held, fill, held
from tests.browser.chromium import Chromium
from tests.browser.glass import FULL_HD as FULL
from tests.browser.glass import faults, smallest
from tests.browser.serving import Lit
from tests.browser.watching import open_board
from tests.conftest import REPOSITORY
from wallboard.drawing.cell import WHOLE, Cell
from wallboard.drawing.theme import DEFAULT_FLOOR, smallest_legible
from wallboard.layout import read_layout
from wallboard.layout_faults import too_small
from wallboard.panels import find_panels
from wallboard.screens.addresses import COUNTDOWN, RAIL
from wallboard.settings import Screen

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PANELS = {name: panel for name, panel in find_panels().items() if name not in (RAIL, COUNTDOWN)}
GRIDS = {
    "a whole wall": ["a"],
    "a half, one above the other": ["a", "b"],
    "a half, side by side": ["a b"],
    "a third": ["a b c"],
    "a sixth": ["a b c", "d e f"],
}
FULL_HD, FOUR_K = {"width": 1920, "height": 1080}, {"width": 3840, "height": 2160}
UPON = """() => {
  const [first, other] = document.querySelectorAll("#issues--ages--times .annotation");
  const place = first.ownerSVGElement.getScreenCTM();
  const [here, there] = [first, other].map((word) => word.querySelector("text").getBoundingClientRect());
  const [right, down] = [(there.left - here.left) / place.a + 15, (there.top - here.top) / place.d + 4];
  first.setAttribute("transform", `translate(${right},${down})`);
}"""
MANY = """() => {
  const frame = document.getElementById("issues--stages--stages"), rows = frame.querySelector(".matrix");
  [...rows.children].slice(1).forEach((row) => [1, 2, 3].forEach(() => rows.append(row.cloneNode(true))));
  dispatchEvent(new CustomEvent("room:fit"));
  return frame.dataset.fit;
}"""
PLACES = (
    ("outcomes", "growth", "/wall/outcomes"),
    ("issues", "who", "/wall/issues"),
    ("touchpoints", "map", "/wall/touchpoints"),
    ("end", "learned", "/journey/end"),
)
FRAMES = """() => Object.fromEntries([...document.querySelectorAll(".scene.shown .frame")].map((frame) =>
  [frame.style.gridArea.split(" ")[0], [frame.offsetWidth, frame.offsetHeight]]))"""


@pytest.fixture(scope="module")
def page(chromium: Chromium) -> Iterator[Page]:
    with chromium.context(viewport=FULL_HD, locale="en-GB", timezone_id="Europe/London") as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def cells(page: Page, lit_demo: Lit) -> dict[str, dict[str, Held]]:
    """What becomes of every panel in each size of cell: one page, and each panel drawn once."""
    names = fill(page, lit_demo, PANELS)
    return {where: held(page, cell.pixels(DEFAULT_FLOOR), names) for where, cell in CELLS.items()}


def fits(panel: str, cell: Cell) -> bool:
    return cell.holds(PANELS[panel].smallest, DEFAULT_FLOOR)


@pytest.mark.parametrize("where", CELLS)
def test_a_panel_can_be_read_in_each_cell_that_it_declares_and_refuses_no_other_one(
    cells: dict[str, dict[str, Held]], where: str
) -> None:
    kept, cell = cells[where], CELLS[where]
    left = {name: its.form or its.faults for name, its in kept.items() if fits(name, cell) and not its.stands}
    assert not left, f"{where}: let these draw less there, or measure them again (python -m bench.smallest)"
    unreadable = [fault for its in kept.values() for fault in its.faults if its.form]
    assert not unreadable, f"{where}: headline and number alone cannot be read:\n" + "\n".join(unreadable)
    needless = [name for name, its in kept.items() if its.stands and not fits(name, cell)]
    assert not needless, f"{where}: these can be read there; measure them again (python -m bench.smallest)"


def test_every_panel_can_be_read_on_a_whole_wall_and_those_that_turn_on_half_of_it_and_on_a_third() -> None:
    assert [name for name in PANELS if not fits(name, WHOLE)] == []
    walls = [read_layout(file, find_panels()) for file in sorted((REPOSITORY / "layouts").glob("*.toml"))]
    turning = {placed.show for wall in walls if wall.kind == "wall" for scene in wall.turning for placed in scene.panels}
    shares = [where for where in CELLS if where != "a sixth"]
    assert [(name, where) for name in sorted(turning) for where in shares if not fits(name, CELLS[where])] == []


@pytest.mark.parametrize("where", GRIDS)
def test_a_cell_that_is_too_small_is_named_with_its_panel_what_it_has_and_what_it_needs(where: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('kind = "wall"\ntitle = "?"\n' + "".join(scene(name, GRIDS[where]) for name in PANELS), encoding="utf-8")
    sentences = [str(fault) for fault in too_small(read_layout(file, find_panels()), [Screen(wall="mine")])]
    for name, panel in PANELS.items():
        needs = " or ".join(map(str, panel.smallest))
        words = f"too small for {name}, which needs {needs} and has {CELLS[where].size(smallest_legible(55, 4))}."
        areas = sum(words in fault for fault in sentences)
        assert areas == (0 if fits(name, CELLS[where]) else len(" ".join(GRIDS[where]).split())), (name, sentences)


def scene(panel: str, grid: list[str]) -> str:
    """A scene of a layout in which one panel stands in every area."""
    stage = 'stage = "arrives"\n' if "stage" in PANELS[panel].options.model_fields else ""
    areas = [f'[scene.panel.{area}]\nshow = "{panel}"\n{stage}' for area in " ".join(grid).split()]
    return f'[[scene]]\nname = "{panel.replace("_", "-")}"\ngrid = {grid}\n'.replace("'", '"') + "".join(areas)


@pytest.mark.parametrize("size", [FULL_HD, FOUR_K], ids=["1920x1080", "3840x2160"])
def test_a_cell_is_as_large_as_the_check_takes_it_for(page: Page, lit_demo: Lit, size: dict[str, int]) -> None:
    """What the wall's head and foot leave is computed from the sizes of type, and measured here."""
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    for layout_name, name, path in PLACES:
        open_board(page, f"{lit_demo.url}{path}?scene={name}")
        layout = read_layout(REPOSITORY / "layouts" / f"{layout_name}.toml", find_panels())
        shown = layout.named(name)
        assert shown is not None
        glass = page.evaluate(FRAMES)
        for placed in shown.panels:  # to a quarter of a line: rows of unlike heights share the gaps between them otherwise
            assert glass[placed.area] == pytest.approx(placed.cell.pixels(DEFAULT_FLOOR), abs=12), (layout_name, placed.area)


def test_rows_that_would_run_over_the_foot_leave_headline_and_number_alone(page: Page, lit_demo: Lit) -> None:
    """In a cell as large as the panel asks for: of this room's kinds it holds all, and not of four times as many."""
    page.set_viewport_size({"width": 1920, "height": 1080})
    open_board(page, f"{lit_demo.url}/wall/issues?scene=stages")
    form = page.evaluate(MANY)
    assert form == "brief" and not faults(page, smallest(FULL), wall=True)


def test_words_of_a_chart_that_lie_on_each_other_are_set_apart(page: Page, lit_demo: Lit) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    open_board(page, f"{lit_demo.url}/wall/issues?scene=ages")
    page.evaluate(UPON)
    over = [fault for fault in faults(page, smallest(FULL), wall=True) if fault.startswith("overlap")]
    page.evaluate("() => dispatchEvent(new CustomEvent('room:fit'))")
    left = [fault for fault in faults(page, smallest(FULL), wall=True) if fault.startswith("overlap")]
    assert over and not left
