"""A person at a wall opens another deck by touch, mouse or keyboard; left alone the wall turns again; a TV shows none of it."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page

from tests.browser.boards import due, shown
from tests.browser.watching import after_questions, open_board, until
from tests.conftest import AS_OF
from tests.fixtures import Light
from wallboard.settings import Room

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FINGER = 44
SIZES = """where => [...document.querySelectorAll(where)].filter((part) => part.checkVisibility())
  .map((part) => { const { width, height } = part.getBoundingClientRect(); return Math.round(Math.min(width, height)); })"""


def test_a_touch_opens_a_deck_and_a_quiet_time_closes_it(page: Page, empty_room: Room, lit: Light) -> None:
    now = [AS_OF]
    url = lit(empty_room, lambda: now[0]).url
    page.set_viewport_size({"width": 1280, "height": 800})
    open_board(page, f"{url}/wall/outcomes?screen=tv")
    assert not page.locator("#decks").is_visible() and page.locator(".deck-way").count() == 0
    assert page.evaluate("getComputedStyle(document.querySelector('.spine')).cursor") == "none"
    assert min(page.evaluate(SIZES, ".board > .spine")) >= FINGER

    page.locator("#spine").click()
    assert page.locator("#decks").is_visible() and min(page.evaluate(SIZES, "#decks a, #decks button")) >= FINGER
    page.get_by_role("link", name="Who is profitable?").click()
    until(lambda: page.locator(".deck-way").count() == 1, page=page)
    until(lambda: page.locator(".scene.shown .stands").inner_text() == "Session, 5 of 9", page=page)
    assert (
        "For a session" in page.locator(".deck-way").inner_text()
        and min(page.evaluate(SIZES, ".deck-way > :is(a, button)")) >= FINGER
    )

    before = due(page, f"{url}/wall/outcomes")
    now[0] += timedelta(seconds=70)
    assert due(page, f"{url}/wall/outcomes") != before
    after_questions(page)
    assert shown(page) == "profitable", "it does not turn by itself"

    page.locator(".deck-way").evaluate("(way) => { way.dataset.quiet = 1; }")
    until(lambda: page.url == f"{url}/wall/outcomes?screen=tv", page=page)


def test_a_keyboard_opens_a_deck_goes_through_it_and_back(page: Page, empty_room: Room, lit: Light) -> None:
    url = lit(empty_room).url
    open_board(page, f"{url}/wall/outcomes?perimeter=gb")
    page.locator("#spine").focus()
    page.keyboard.press("Enter")
    assert page.locator("#decks").is_visible()
    page.keyboard.press("Escape")
    until(lambda: not page.locator("#decks").is_visible(), page=page)
    until(lambda: page.locator("body.decks-open").count() == 0, page=page)  # a dialog says that it closed a task later
    open_board(page, f"{url}/wall/outcomes?deck=session&perimeter=gb")
    for key, scene in (("ArrowRight", "parts"), ("ArrowLeft", "bridge"), ("ArrowLeft", "milestones")):
        until(lambda: page.locator(".deck-way").count() == 1, page=page)
        page.keyboard.press(key)
        until(lambda scene=scene: f"scene={scene}&" in page.url, page=page)  # type: ignore[misc]
    until(lambda: page.locator(".deck-way").count() == 1, page=page)
    page.keyboard.press("Escape")
    until(lambda: page.url == f"{url}/wall/outcomes?perimeter=gb", page=page)
