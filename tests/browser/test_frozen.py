"""A TV that has been on for a while is taken hold of by a session, shows what is put on it, and goes on by itself afterwards."""

from pathlib import Path

import pytest

from tests.browser.boards import until_shown
from tests.browser.chromium import Chromium
from tests.browser.console import opened
from tests.browser.watching import Watch, open_board, until, until_text
from tests.conftest import SCREEN
from tests.fixtures import Light
from tests.records.sessions import planned, seen

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_wall_stands_still_for_a_session_and_shows_what_is_put_on_it(
    tmp_path: Path, blank: Path, lit: Light, chromium: Chromium, watch: Watch
) -> None:
    room = opened(tmp_path / "room", blank, lit, chromium, watch)
    number = planned(room.living, "lena", perimeter="north")
    with chromium.context(**SCREEN) as context, room.person("fay") as fay:
        tv = context.new_page()
        open_board(tv, f"{room.served.url}/wall/issues?perimeter=north")
        fay.open(f"/room/session/{number}").send("begin-session", "The session has begun.")
        until_text(tv, ".place", f"Session {number}, ")
        place = tv.locator(".place").inner_text()
        room.living.at = room.living.at.replace(hour=16)
        fay.open(f"/room/session/{number}").send("show-scene", "It is on the wall now.", scene="issues/flow")
        until_shown(tv, "flow")
        assert tv.locator(".place").inner_text() == place, "the numbers are of the moment at which it began"
        fay.send("attend", "Marked as present.")
        fay.send("uncommitted", "Recorded: no commitment", user_id=str(room.living.people["fay"]), words="I lead it.")
        fay.send("end-session", "The session has ended.")
        until(lambda: "Session" not in tv.locator(".place").inner_text(), page=tv)
        tv.goto(f"{room.served.url}/session/{number}/wall/issues")
        until_text(tv, ".place", place)
    assert seen(room.living, number).life.status == "ended"
