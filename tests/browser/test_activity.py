"""What a phone writes stands on a wall that is on: in the line since this morning, and a customer's yes over the whole glass."""

from pathlib import Path

import pytest

from tests.browser.chromium import Chromium
from tests.browser.console import opened
from tests.browser.watching import Watch, open_board, until, until_text
from tests.conftest import SCREEN
from tests.fixtures import Light

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MARKUP = "<img src=x onerror='document.title=1'> You called me back!"


def test_a_yes_that_a_phone_writes_is_shown_once_and_told_until_the_evening(
    tmp_path: Path, blank: Path, lit: Light, chromium: Chromium, watch: Watch
) -> None:
    room = opened(tmp_path / "room", blank, lit, chromium, watch)
    issue, asked = room.living.until("presented"), f"{room.served.url}/wall/issues?perimeter=north"
    with chromium.context(**SCREEN) as context, room.person("tom") as tom:
        tv = context.new_page()
        open_board(tv, asked)
        assert tv.locator("#since-morning").inner_text().startswith("Since this morning"), "it was presented today"
        tom.open(f"/room/issue/{issue}").send("react", "The customer has accepted it", words=MARKUP, accepted="yes")
        until(lambda: tv.locator("#moment").is_visible(), page=tv)
        assert MARKUP in tv.locator("#moment blockquote").inner_text() and not tv.locator("#moment img").count()
        until_text(tv, "#since-morning", "1 accepted")
        tv.keyboard.press("Escape")
        assert tv.locator("#moment").is_hidden(), "a touch or a key goes on at once"
        tv.goto(asked)
        for _ in range(2):  # a screen has read one answer when it asks again
            tv.wait_for_event("request", lambda request: "/pulse?" in request.url)
        until_text(tv, "#since-morning", "1 accepted")
        assert tv.locator("#moment").is_hidden(), "who comes later is shown none"
