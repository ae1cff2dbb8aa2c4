"""The room decides on a tablet, held either way: nothing runs over its side, fingers hit, and the form is at hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.chromium import Chromium
from tests.browser.console import Opened, opened
from tests.browser.test_console_room import SMALL
from tests.browser.watching import Watch
from tests.fixtures import Light

pytestmark = pytest.mark.browser


@pytest.fixture
def room(tmp_path: Path, blank: Path, lit: Light, chromium: Chromium, watch: Watch) -> Iterator[Opened]:
    made = opened(tmp_path / "room", blank, lit, chromium, watch)
    yield made
    made.living.engine.dispose()


def test_a_decision_is_taken_on_a_tablet_without_a_long_way(room: Opened) -> None:
    issue = room.living.until("alleviation")
    with room.person("fay") as fay:
        for width, height in ((1024, 768), (768, 1024)):
            fay.page.set_viewport_size({"width": width, "height": height})
            fay.open(f"/room/issue/{issue}")
            form = fay.form("decide").bounding_box()
            assert form and form["y"] < height, "it begins on the first screen"
            assert form["height"] < 1.25 * height, (width, form["height"])
            assert fay.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert fay.page.evaluate(SMALL) == []
