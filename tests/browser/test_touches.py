"""From a customer's complaint to "alleviated" with ten touches at most, of everybody who takes part."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.chromium import Chromium
from tests.browser.console import Opened, Person, opened
from tests.browser.watching import Watch, until, until_at, until_text
from tests.fixtures import Light
from tests.metrics.given import posts
from tests.screens.console.given import COMPLAINT
from wallboard.store.connections import writing

pytestmark = pytest.mark.browser

IN_PUBLIC = "The driver left my parcel in the rain, and it was late."
COUNTED = "addEventListener('pointerdown', () => touched(), true)"


@pytest.fixture
def room(tmp_path: Path, blank: Path, lit: Light, chromium: Chromium, watch: Watch) -> Iterator[Opened]:
    made = opened(tmp_path / "room", blank, lit, chromium, watch)
    with writing(made.living.engine) as connection:
        posts(connection, {"posted_at": made.living.at - timedelta(hours=1), "words": IN_PUBLIC, "tone": "negative"})
    yield made
    made.living.engine.dispose()


class Touches:
    """How often anybody has touched a screen; to write into a field, one touches it."""

    def __init__(self) -> None:
        self.count = 0

    def counted_at(self, page: Page) -> None:
        page.expose_function("touched", self._one_more)
        page.add_init_script(COUNTED)

    def _one_more(self) -> None:
        self.count += 1


def chosen(person: Person, verb: str, name: str) -> str:
    option: Locator = person.form(verb).locator(f'[name="{name}"] option:checked')
    return option.inner_text()


def test_a_complaint_is_alleviated_with_ten_touches_of_everybody_who_takes_part(room: Opened) -> None:
    touches = Touches()
    with room.person("tom") as tom, room.person("fay") as fay:
        for person in (tom, fay):
            touches.counted_at(person.page)
        tom.open("/room/relay")
        newest = tom.page.locator(".newest button")
        assert [IN_PUBLIC in button.inner_text() for button in newest.all()] == [True, False], "the newest complaint stands first"
        assert COMPLAINT in newest.nth(1).inner_text()
        newest.first.click()
        assert tom.value("relay", "title") == "My order is late: The parcel arrives"
        assert (chosen(tom, "relay", "stage"), chosen(tom, "relay", "touchpoint")) == ("I get my order", "The parcel arrives")
        assert tom.form("relay").locator('[name="function.logistics"]').is_checked()
        tom.tick("relay", "function.shop")
        tom.page.locator(".choices label", has_text="strong").click()
        tom.form("relay").locator(".buttons button").click()
        until(lambda: tom.page.locator(".became").count(), page=tom.page)

        fay.open("/room/issues")
        fay.page.locator("#judge button", has_text="Admit it").click()
        until_at(fay.page, "/room/issue/1")
        assert chosen(fay, "own", "user_id") == "Tom, Logistics", "who relayed it, of a function that must work on it"
        fay.form("own").locator(".buttons button").click()
        until_text(fay.page, "main.console", "Alleviate now")

        tom.open("/room/relayed/1")
        tom.page.locator("a", has_text="Open the issue").click()
        until_at(tom.page, "/room/issue/1")
        assert tom.value("alleviate", "due_on") == str(room.living.today + timedelta(days=1)), "tomorrow"
        field = tom.form("alleviate").locator("[name=words]")
        field.click()
        field.press_sequentially("I bring a dry one.")
        tom.form("alleviate").locator(".buttons button").click()
        until(lambda: room.life(1).status == "alleviation" and tom.has("alleviated"), page=tom.page)
        tom.page.locator('form[action*="/do/alleviated/"] button[type=submit]').click()
        until(lambda: room.life(1).status == "alleviated", page=tom.page)
    assert 0 < touches.count <= 10, touches.count
