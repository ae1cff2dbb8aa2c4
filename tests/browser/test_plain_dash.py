"""A panel from a plain Dash developer's hand is lit on a wall and can be read there."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route

from tests.browser import plain_dash
from tests.browser.glass import FOUR_K, FULL_HD, looked_at
from tests.browser.serving import Lit, served
from tests.browser.watching import after_questions, open_board, settled, until
from tests.conftest import MORNING
from wallboard import app
from wallboard.drawing.theme import DARK
from wallboard.panels import find_panels
from wallboard.settings import Room

WALL = """kind = "wall"
title = "What did a Dash developer draw?"
[[scene]]
name = "plain"
seconds = 45
widths = [60, 40]
grid = ["wide narrow"]
[scene.panel.wide]
show = "plain_dash"
[scene.panel.narrow]
show = "plain_dash"
"""

NOTE = """
window.told = [];
["room:turned", "room:charted"].forEach((name) => addEventListener(name, ({ type, detail }) => window.told.push([type, detail])));
"""
OUTSIDE = """() => [...document.querySelectorAll('.scene.shown .main-svg text')].filter((name) => {
  const words = name.getBoundingClientRect(), panel = name.closest('.frame').getBoundingClientRect();
  return words.width && (words.left < panel.left || words.right > panel.right || words.bottom > panel.bottom);
}).map((name) => name.textContent)"""


@pytest.fixture
def lit(empty_room: Room, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lit]:
    monkeypatch.setattr(app, "find_panels", lambda: {**find_panels(), "plain_dash": plain_dash.PANEL, "words": plain_dash.WORDS})
    (empty_room.layouts / "plain.toml").write_text(WALL, encoding="utf-8")
    (empty_room.layouts / "words.toml").write_text(WALL.replace('show = "plain_dash"', 'show = "words"', 1), encoding="utf-8")
    german = empty_room.settings.model_copy(update={"locale": "de-DE"})
    with served(empty_room.model_copy(update={"settings": german}), MORNING) as server:
        yield server


@pytest.mark.browser
@pytest.mark.slow
def test_a_plain_plotly_figure_can_be_read_from_four_metres(lit: Lit, page: Page) -> None:
    open_board(page, f"{lit.url}/wall/plain")
    graphs = page.locator('.frame .graph[role="img"][aria-label="Complaints grow"] .js-plotly-plot')
    assert graphs.count() == 2 and page.locator(".modebar").count() == 0
    words = graphs.first.text_content() or ""
    assert all(part in words for part in ("month", "complaints", "All kinds", "3.000", "Mai", "2026")), words
    line = graphs.first.evaluate("(graph) => graph._fullData[0].line")
    assert line["color"] == DARK["accent"] and line["width"] >= 4, "Plotly Express took the room's palette"
    faults_found = looked_at(page, "/wall/plain", (FULL_HD, FOUR_K))
    assert not faults_found, "\n" + "\n".join(faults_found)


@pytest.mark.browser
@pytest.mark.slow
def test_a_board_whose_panel_needs_another_component_of_dash_comes_with_its_renderer(lit: Lit, page: Page) -> None:
    """The page loads itself once more where that is not known before its first picture is made."""
    open_board(page, f"{lit.url}/wall/words")
    assert page.locator(".frame strong").text_content() == "12993"
    assert page.locator(".frame .js-plotly-plot .main-svg").count() and page.evaluate("() => 'dash_clientside' in window")
    page.goto(f"{lit.url}/wall/plain")
    assert not page.evaluate("() => 'dash_clientside' in window"), "and no other board does"


@pytest.mark.browser
def test_charts_are_drawn_once_in_the_letters_of_the_room_and_the_scene_that_came_is_not_turned_to(lit: Lit, page: Page) -> None:
    until(lambda: "waiting" not in page.request.get(f"{lit.url}/board?path=/wall/plain&scene=plain").text())
    held: list[Route] = []
    page.route("**/fonts/inter.ttf", lambda route: held.append(route))
    page.add_init_script(NOTE)
    page.goto(f"{lit.url}/wall/plain?scene=plain", wait_until="commit")
    until(lambda: held and page.evaluate("() => document.querySelectorAll('.dash-graph').length"), page=page)
    after_questions(page, 1)
    assert page.locator(".main-svg").count() == 0, "drawn in other letters"
    held[0].continue_()
    settled(page)
    assert page.evaluate(OUTSIDE) == []
    charts = page.evaluate("() => [...document.querySelectorAll('.frame:has(.dash-graph)')].map(({ id }) => id)")
    assert page.evaluate("window.told") == [["room:charted", chart] for chart in charts]
