"""A lost server leaves the last pictures, dated; a server that is back needs nobody; a new build reloads the page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.serving import Program, new_port
from tests.browser.watching import Watch, after_questions, open_board, until
from wallboard.settings import Room

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def program(fresh_room: Room) -> Iterator[Program]:
    program = Program(fresh_room.root, new_port(), "2026-06-30T10:00")
    program.start()
    yield program
    program.kill()


@pytest.mark.req("S1")
def test_a_server_is_killed_comes_back_and_comes_back_new(page: Page, watch: Watch, program: Program, fresh_room: Room) -> None:
    watch.forgive("ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_SOCKET_NOT_CONNECTED|Failed to fetch")
    open_board(page, f"{program.url}/wall/issues?scene=people&screen=issues")
    page.evaluate("window.mark = 'the same page'")
    area, lost = page.locator("#issues--people--list"), page.locator("#lost")
    before = area.inner_text()
    assert not lost.is_visible()

    program.kill()
    until(lost.is_visible, page=page)
    assert "No answer from the room since Tuesday 30 June" in lost.inner_text() and "newest fact" in lost.inner_text()
    after_questions(page, 3)
    assert area.inner_text() == before and lost.is_visible()

    program.start()
    until(lambda: not lost.is_visible(), page=page)
    assert page.evaluate("window.mark") == "the same page" and area.inner_text() == before

    program.kill()
    layout = fresh_room.layouts / "issues.toml"
    layout.write_text(layout.read_text(encoding="utf-8").replace("Who is on it?", "Who is on it now?"), encoding="utf-8")
    until(lost.is_visible, page=page)
    program.start()
    until(lambda: "Who is on it now?" in page.locator("#board .scene.shown h1").inner_text(), page=page)
    assert page.evaluate("window.mark") is None
    until(lambda: area.inner_text() == before, page=page)
