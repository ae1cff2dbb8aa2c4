"""The journey's map in a real browser: all stages on it, its views one key or one touch away, and what is old says so."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.serving import Lit
from tests.browser.watching import open_board, until_at

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STAGES = ("look", "order", "wait", "arrives", "use", "help")


def names(page: Page) -> list[str]:
    return [" ".join(name.split()) for name in page.locator(".scene.shown .stages h3").all_inner_texts()]


@pytest.mark.req("R72")
def test_the_walk_opens_on_the_map_of_today_with_all_stages_and_the_curve_through_them(page: Page, lit_demo: Lit) -> None:
    open_board(page, f"{lit_demo.url}/journey")
    assert page.locator(".scene.shown").get_attribute("data-scene") == "map"
    assert names(page) == ["I look around", "I order", "I wait", "It arrives", "I use it", "I need help"]
    ways = page.locator(".scene.shown .stages a").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    assert ways == [f"/journey/{stage}" for stage in STAGES]
    drawn = page.locator(".scene.shown img.curve")
    assert drawn.evaluate("image => image.complete && image.naturalWidth > 0")
    described = drawn.get_attribute("alt") or ""
    assert "I use it: not measured" in described and "I look around: +1.0 assumed" in described


@pytest.mark.req("R72")
def test_the_points_of_the_curve_stand_over_their_stages(page: Page, lit_demo: Lit) -> None:
    open_board(page, f"{lit_demo.url}/journey")
    middles = page.locator(".scene.shown .stages > li:not(.curve-row)").evaluate_all(
        "all => all.map((one) => { const box = one.getBoundingClientRect(); return box.x + box.width / 2; })"
    )
    values = page.locator(".scene.shown .curve-in-words .value").evaluate_all(
        "all => all.map((one) => { const box = one.getBoundingClientRect(); return box.x + box.width / 2; })"
    )
    assert values == pytest.approx(middles, abs=12)


@pytest.mark.req("R80")
def test_old_evidence_says_from_which_month_it_is_on_the_map_too(page: Page, lit_demo: Lit) -> None:
    open_board(page, f"{lit_demo.url}/journey")
    old = page.locator(".scene.shown .stages .stale").all_inner_texts()
    assert len(old) == 1 and re.fullmatch(r"from \w{3,4} 20\d\d", old[0])


def test_every_view_is_one_key_and_one_touch_away(page: Page, lit_demo: Lit) -> None:
    open_board(page, f"{lit_demo.url}/journey")
    page.keyboard.press("ArrowDown")
    until_at(page, "/journey")
    page.locator('.scene.shown[data-scene="feelings"] .views a.here').wait_for()
    page.keyboard.press("ArrowUp")
    page.locator('.scene.shown[data-scene="map"] .views a.here').wait_for()
    page.get_by_role("link", name="promises").click()
    page.locator('.scene.shown[data-scene="promises"] .promises .delivered').first.wait_for()
    assert page.locator(".scene.shown .promises h3").count() == len(STAGES)
