"""A room with people who can sign in, lit for a test; and one person in front of its console."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from tests.browser.chromium import Chromium
from tests.browser.serving import Lit
from tests.browser.watching import Watch, until, until_text
from tests.conftest import REPOSITORY
from tests.fixtures import Light
from tests.records.living import Living
from tests.screens.console.given import CALL, House, furnished, small_room
from wallboard.lifecycle.life import Life
from wallboard.screens.console.session import SIGNED_IN
from wallboard.store.open import make_engine

RECORDED = REPOSITORY / "data" / "media" / "help" / "call" / "hear" / "transferred-three-times.ogg"
REFUSED = r"status of 4(01|03|04|09|13|22|29)"
"""What the browser notes when the room refuses something: that belongs to a test of refusals."""


@dataclass
class Person:
    """One person's browser at the console."""

    page: Page
    url: str

    def open(self, path: str) -> "Person":
        self.page.goto(self.url + path)
        until(lambda: self.page.locator("main.console").count(), page=self.page)
        return self

    def form(self, verb: str) -> Locator:
        """The form of a verb, unfolded where it is folded: of several the one that is named like it."""
        forms = self.page.locator(f'form[action*="/do/{verb}/"]')
        until(lambda: forms.count(), page=self.page)
        named = forms.and_(self.page.locator(f"form.{verb}"))
        form = (named if named.count() else forms).first
        form.evaluate(
            "(one) => { for (let up = one.closest('.fold'); up; up = up.parentElement.closest('.fold'))"
            " up.querySelector('.accordion-button.collapsed')?.click(); }"
        )
        return form

    def has(self, verb: str) -> bool:
        return self.page.locator(f'form[action*="/do/{verb}/"]').count() > 0

    def fill(self, verb: str, **fields: str) -> Locator:
        """Write into the fields of a form; what is a list to choose from is chosen from."""
        form = self.form(verb)
        for name, value in fields.items():
            field = form.locator(f'[name="{name.replace("__", ".")}"]')
            if field.first.get_attribute("type") == "radio":
                form.locator(f'[name="{name}"][value="{value}"]').check()
            elif field.evaluate("(one) => one.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        return form

    def tick(self, verb: str, *names: str) -> None:
        for name in names:
            self.form(verb).locator(f'[name="{name}"]').check()

    def send(self, verb: str, sentence: str, **fields: str) -> None:
        """Send a form that the room accepts; the page comes back with what was done."""
        self.fill(verb, **fields).locator("button[type=submit]").first.click()
        until_text(self.page, ".toast-now", sentence)

    def refused(self, verb: str, **fields: str) -> str:
        """Send a form that the room refuses; what it says stands beside the form."""
        form = self.fill(verb, **fields)
        form.locator("button[type=submit]").first.click()
        until(
            lambda: form.locator(".refusal").is_visible() and not form.locator("button[type=submit]").first.is_disabled(),
            page=self.page,
        )
        return " ".join(form.locator(".refusal").inner_text().split())

    def value(self, verb: str, name: str) -> str:
        return self.form(verb).locator(f'[name="{name}"]').input_value()

    def text(self) -> str:
        return " ".join(self.page.locator("main.console").inner_text().split())

    def post(self, address: str, **fields: Any) -> dict[str, Any]:
        """What a person would send who knows how to write a script in the page."""
        script = """async ([address, fields]) => {
            const { token } = await (await fetch("/room/token")).json();
            const body = new URLSearchParams(fields);
            return (await fetch(address, { method: "POST", body, headers: { "X-Room-Token": token } })).json();
        }"""
        sent = {name.replace("__", "."): str(value) for name, value in fields.items()}
        answer: dict[str, Any] = self.page.evaluate(script, [address, sent])
        return answer


@dataclass
class Opened:
    """A lit room, its people, and a browser for each of them."""

    living: Living
    served: Lit
    house: House
    chromium: Chromium
    watch: Watch

    @contextmanager
    def person(self, login: str, **more: Any) -> Iterator[Person]:
        """Somebody who has signed in, in a browser of their own."""
        with self.chromium.context(viewport={"width": 1280, "height": 800}, locale="en-GB", **more) as context:
            context.on("page", self.watch.attach)
            context.add_cookies([{"name": SIGNED_IN, "value": self.house.secret(login), "url": self.served.url}])
            try:
                yield Person(context.new_page(), self.served.url)
            finally:
                context.remove_listener("page", self.watch.attach)

    def life(self, issue: int) -> Life:
        return self.living.steps(issue)


def opened(root: Path, blank: Path, lit: Light, chromium: Chromium, watch: Watch) -> Opened:
    """A furnished room whose clock is that of its people."""
    room = small_room(root)
    shutil.copy(RECORDED, room.media / CALL)
    shutil.copy(blank, room.root / "data" / "room.sqlite")
    living = furnished(make_engine(room.store_url))
    watch.forgive(REFUSED)
    return Opened(living, lit(room, lambda: living.at), House(room, living), chromium, watch)
