"""Every screen can be read from where its readers stand: sizes, contrast, nothing cut off; each meets each glass and each theme.

All of them on every glass in both themes and two rooms are read by `python -m bench.glasses`.
"""

import math
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page

from tests.browser.chromium import Chromium
from tests.browser.glass import (
    FOUR_K,
    FULL_HD,
    MARKS,
    PHONE,
    PORTRAIT,
    SMALL,
    TABLET,
    Glass,
    clean_glass,
    faults,
    floor,
    looked_at,
    resize,
)
from tests.browser.serving import Lit, served
from tests.browser.watching import open_board, until
from tests.conftest import AS_OF, REPOSITORY
from tests.fixtures import copied
from tests.rooms.made import AT as MADE_AT
from tests.rooms.made import deserted, larger
from wallboard.clock import stopped
from wallboard.drawing.scale import Scale
from wallboard.drawing.vector import values, vector
from wallboard.layout import Layout, read_layouts
from wallboard.panels import find_panels
from wallboard.settings import Room

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TYPE_SCALE = (Path(__file__).parent / "type_scale.js").read_text(encoding="utf-8")
LAYOUTS = read_layouts(REPOSITORY / "layouts", find_panels())
STAGES = ("look", "order", "wait", "arrives", "use", "help")


@pytest.fixture(scope="module")
def pane(chromium: Chromium) -> Iterator[Glass]:
    with clean_glass(chromium) as glass:
        yield glass


@pytest.fixture
def glass(pane: Glass) -> Iterator[Glass]:
    pane.watch.forget()
    yield pane
    pane.watch.settle()


@pytest.fixture
def page(glass: Glass) -> Page:
    resize(glass.page, FULL_HD)
    return glass.page


def scenes(layout: Layout) -> list[str]:
    if layout.name == "stage":
        others = [f"/journey/wait?scene={scene.name}" for scene in layout.scenes[1:]]
        return [*(f"/journey/{stage}" for stage in STAGES), *others]
    if layout.name == "tour":
        return ["/tour/wait"]
    path = {"journey": "/journey", "end": "/journey/end"}.get(layout.name, f"/wall/{layout.name}")
    return [f"{path}?scene={scene.name}" for scene in layout.scenes]


ADDRESSES = [address for layout in LAYOUTS.values() for address in scenes(layout)]
DECKS = {
    f"/wall/{layout.name}?scene={scene.name}" for layout in LAYOUTS.values() if layout.kind == "wall" for scene in layout.turning
}
"""What walls turn through is read on every canvas in both themes: wide (4K is the same, made finer), tablet, portrait, phone."""
FIRST = {scenes(layout)[0] for layout in LAYOUTS.values()}
"""One scene of each layout is looked at on a small glass too: it is the same canvas, made coarser."""


def test_the_floor_is_that_of_the_reference() -> None:
    table = {(55, 3): 31, (55, 4): 41, (55, 5): 51, (43, 4): 53, (65, 4): 35, (75, 4): 30}
    assert {glass: round(floor(1080, *glass)) for glass in table} == pytest.approx(table, abs=1)
    assert floor(1080) / 1080 == pytest.approx(0.038, abs=0.0001)


@pytest.mark.req("S4")
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_scene_can_be_read_on_every_glass(glass: Glass, lit_demo: Lit, address: str) -> None:
    sizes = (PORTRAIT, PHONE, FOUR_K, *([SMALL] if address in FIRST else []), *([TABLET] if address in DECKS else []))
    faults_found = glass.faults(lit_demo, address, sizes)
    resize(glass.page, FOUR_K)
    faults_found += glass.page.evaluate(TYPE_SCALE)
    assert not faults_found, "\n" + "\n".join(faults_found)


@pytest.fixture(scope="session")
def lit_light(demo_room: Room, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lit]:
    """Other words, larger numbers and another day, seen in a bright room: two things in one visit."""
    root = tmp_path_factory.mktemp("light") / "room"
    room = larger(copied(demo_room, root, lambda text: text.replace('theme              = "dark"', 'theme = "light"')))
    assert room.settings.theme == "light" and len(room.settings.company) == 25
    with served(room, stopped(MADE_AT)) as server:
        yield server


@pytest.mark.req("S4")
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_scene_of_other_words_and_larger_numbers_can_be_read_in_a_bright_room(
    glass: Glass, lit_light: Lit, address: str
) -> None:
    faults_found = glass.faults(lit_light, address, (FULL_HD, TABLET, *((PORTRAIT, PHONE) if address in DECKS else ())))
    assert glass.page.locator("#board.light").count() == 1
    assert not faults_found, "\n" + "\n".join(faults_found)


@pytest.fixture(scope="session")
def lit_deserted(demo_room: Room, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lit]:
    """The demo without one customer, on the same Sunday."""
    with served(deserted(copied(demo_room, tmp_path_factory.mktemp("deserted") / "room")), stopped(MADE_AT)) as server:
        yield server


def test_walls_without_a_customer_can_be_read(glass: Glass, lit_deserted: Lit) -> None:
    faults_found = [f"{at}: {fault}" for at in scenes(LAYOUTS["outcomes"]) for fault in glass.faults(lit_deserted, at)]
    assert not faults_found, "\n" + "\n".join(faults_found)


@pytest.fixture(scope="session")
def lit_stopped(demo_room: Room) -> Iterator[Lit]:
    """The demo in another year, seven months after its newest fact."""
    with served(demo_room, stopped(AS_OF + timedelta(days=212))) as server:
        yield server


@pytest.mark.parametrize("wall", ["outcomes", "issues", "end"])
def test_what_has_stopped_in_another_year_can_be_read(glass: Glass, lit_stopped: Lit, wall: str) -> None:
    faults_found = [f"{at}: {fault}" for at in scenes(LAYOUTS[wall]) for fault in glass.faults(lit_stopped, at)]
    assert not faults_found, "\n" + "\n".join(faults_found)


@pytest.mark.parametrize("address", ["/wall/outcomes?scene=growth", "/wall/issues?scene=flow", "/journey/arrives"])
def test_the_letters_on_the_glass_are_those_of_inter(page: Page, lit_demo: Lit, address: str) -> None:
    open_board(page, lit_demo.url + address)
    devtools = page.context.new_cdp_session(page)
    devtools.send("DOM.enable")
    devtools.send("CSS.enable")
    used = until(lambda: _fonts(devtools), page=page)
    assert {name.partition(" ")[0]: custom for name, custom in used.items()} == {"Inter": True}


def _fonts(devtools: CDPSession) -> dict[str, bool]:
    """The fonts of all letters by name, true where they came from the page; an Error where a picture is painted meanwhile."""
    root = devtools.send("DOM.getDocument")["root"]["nodeId"]
    nodes = devtools.send("DOM.querySelectorAll", {"nodeId": root, "selector": ".scene.shown *, .board > footer *"})["nodeIds"]
    used: dict[str, bool] = {}
    for node in nodes:
        for font in devtools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]:
            used[font["familyName"]] = font["isCustomFont"]
    return used


@pytest.mark.req("R45")
@pytest.mark.parametrize("size", [FULL_HD, FOUR_K])
def test_the_headline_digits_are_higher_than_a_two_hundredth_of_the_distance(
    page: Page, lit_demo: Lit, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_board(page, f"{lit_demo.url}/wall/outcomes?scene=growth&screen=outcomes")
    heights: list[dict[str, Any]] = page.evaluate(DIGITS)
    pitch_mm = 55 * 25.4 * 9 / math.sqrt(337) / size[1]
    assert heights and all(height["pixels"] * pitch_mm >= 20 for height in heights), heights
    root = page.evaluate("[document.scrollingElement.scrollWidth, document.scrollingElement.scrollHeight]")
    assert root == list(size)


DIGITS = (Path(__file__).parent / "digits.js").read_text(encoding="utf-8")

GOOD = (Path(__file__).parent / "good.html").read_text(encoding="utf-8").strip()

FAULTY = {
    "small": '<p style="font-size:30px">too small</p>',
    "pale": '<p style="color:#4a5560">too pale</p>',
    "pale ": '<p style="opacity:.4">faded</p>',
    "typeface": '<p style="font-family:serif">another face</p>',
    "off the screen": '<p style="position:fixed;left:1800px;white-space:nowrap">beyond the edge</p>',
    "out of its panel": '<p style="position:absolute;top:390px">below the border</p>',
    "cut off": '<div style="height:40px;overflow:hidden"><p>one</p><p>two</p></div>',
    "cut off  ": '<svg class="main-svg" width="60" height="200"><text class="ytitle" transform="translate(40,210) rotate(-90)" '
    'fill="#fff" style="font-size:42px">tickets a week</text></svg>',
    "cut off ": '<p style="width:200px;white-space:nowrap;overflow:hidden;text-overflow:ellipsis">this ends in dots</p>',
    "overflow": '<div style="width:100px;height:60px;overflow:auto"><div style="height:90px"></div></div>',
    "overlap": '<p style="position:absolute;left:10px;top:8px">over it</p>',
    "overlap ": '<p style="position:absolute;left:10px;top:100px;line-height:1">hanging by</p>'
    '<p style="position:absolute;left:10px;top:136px;line-height:1">EHEH</p>',
    "cursor": '<a style="cursor:pointer">touch me</a>',
    "line over text": '<svg class="scatterlayer" style="position:absolute;left:0;top:0"><path class="js-line" d="M0 30H290" '
    'style="stroke:#56b4e9;stroke-width:6px"/></svg>',
    "line over text ": '<svg class="shapelayer" style="position:absolute;left:0;top:0"><path d="M0 30H290" '
    'style="fill:none;stroke:#56b4e9;stroke-width:3px"/></svg>',
    "pale mark": '<i class="shape" style="background:#2b3540"></i>',
    "thin line": '<svg class="scatterlayer"><path class="js-line" d="M0 5H90" style="stroke:#56b4e9;stroke-width:2px"/></svg>',
}  # fmt: skip


GONE = """<div class="scene shown"><section class="frame" id="bars"><div class="body"><b data-at="1"
  style="display:block;width:9px;height:9px"></b></div></section></div><style>
  @media (max-width: 1100px) { #bars b { display: none !important } }</style>"""


def test_a_picture_that_a_column_has_no_room_for_says_why(page: Page) -> None:
    page.set_content(GONE)
    assert not [fault for fault in looked_at(page, "/wall/mine", (FULL_HD, FOUR_K)) if fault.startswith("no picture")]
    left = [fault for fault in looked_at(page, "/wall/mine", (FULL_HD, PORTRAIT)) if fault.startswith("no picture")]
    assert left == ["no picture: #bars: drawn on a wide glass, and no word why not (1080×1920)"]
    page.evaluate("document.getElementById('bars').dataset.fit = 'brief'")
    assert not [fault for fault in looked_at(page, "/wall/mine", (FULL_HD, PORTRAIT)) if fault.startswith("no picture")]


SCALE = 'class="well" data-scale="people" data-low="-50" data-high="100" data-along="x"'
WELL = f"<div {SCALE}>%s</div>"
BAR = '<i class="sized" data-from="0" data-to="{}" style="left:{}px;width:{}px"></i>'
LINE = f'<path d="M0 500.0L1000 900.0" {values(50, 15)}/>'
ARROW = '<path d="M0 34H240" stroke-width="12" data-size="40" data-per=".5" data-least="4"/>'
LYING = {
    "wrong size": WELL % BAR.format(40, 50, 36),
    "wrong size ": WELL % (BAR.format(40, 50, 40) + BAR.format(41, 50, 46)),
    "wrong size  ": '<div class="pictograms" data-count="31" data-per="10" data-scale="x" data-low="0" data-high="1" data-along="x">'  # noqa: E501
    '<i data-from="0" data-to="0" style="width:0;height:9px"></i></div>',
    "mark over text": WELL % BAR.format(40, 50, 40) + '<p style="margin-top:-30px">90 customers</p>',
    "wrong side": WELL % BAR.format(-40, 50, 40),
    "misplaced": WELL % '<b data-at="0" style="position:absolute;left:20px;width:7px;height:20px"></b>',
    "too thin": WELL % '<b data-at="0" style="position:absolute;left:50px;width:1px;height:20px"></b>',
    "two measures": WELL % "" + (WELL % "").replace("well", "well narrow"),
    "misplaced ": f'<img src="{vector([LINE], Scale("people", 100))}">',
    "wrong size   ": f'<img src="{vector([ARROW], size=(240, 110))}">',
    "no scale": BAR.format(4, 0, 4),
    "no scale ": (WELL % "").replace('"100"', '"-50"'),
    "no room": (WELL % "").replace("well", "well nothing"),
    "unmarked size": '<i style="width:35.2%;height:20px"></i>',
}


WELLS = (
    "<style>.well { position: relative; width: 150px; height: 20px } .narrow { width: 140px } .nothing { width: 0 }"
    " .pictograms { width: 90px } .sized { position: absolute; height: 20px; background: #56b4e9 }</style>"
)


def test_a_mark_that_is_not_as_long_as_its_number_is_found(page: Page) -> None:
    def checked(body: str) -> list[str]:
        page.set_content(GOOD.replace("</section><section", f"{WELLS}{body}</section><section"))
        answer: list[str] = page.evaluate(MARKS)
        return answer

    assert not checked(WELL % (BAR.format(40, 50, 40) + BAR.format(-40, 10, 40)))
    for kind, piece in LYING.items():
        faults_found = checked(piece)
        assert any(fault.startswith(f"{kind.strip()}:") for fault in faults_found), (kind, faults_found)


def test_the_checks_find_every_kind_of_fault(page: Page, lit_demo: Lit) -> None:
    page.goto(f"{lit_demo.url}/healthz")

    def checked(body: str) -> list[str]:
        page.set_content(body)
        page.evaluate("document.fonts.load('50px Inter')")
        return faults(page, 42, wall=True)

    assert checked(GOOD) == []
    for kind, piece in FAULTY.items():
        faults_found = checked(GOOD.replace("</section><section", f"{piece}</section><section"))
        assert any(fault.startswith(f"{kind.strip()}:") for fault in faults_found), (kind, faults_found)
    assert "typeface: Inter is not loaded" in checked(GOOD.replace("font-family: Inter; src", "font-family: Other; src"))
    assert checked("<!doctype html><body></body>")[0] == "empty: there is no text on this screen"
