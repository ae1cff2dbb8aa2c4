"""The golden rules stand on every wall, all the time: one after the other, and in the words of the store."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from playwright.sync_api import BrowserContext, Page
from sqlalchemy import select

from tests.browser.boards import WALLS
from tests.browser.chromium import Chromium
from tests.browser.watching import until
from tests.conftest import SCREEN
from tests.fixtures import Light
from wallboard.settings import Room
from wallboard.store.schema import golden_rule

pytestmark = pytest.mark.browser

ADDRESSES = (*WALLS, "/wall/issues?scene=ladder", "/wall/outcomes?perimeter=ie&screen=outcomes")
EACH = timedelta(seconds=20)
"""How long a rule stands: for somebody who walks past, and for somebody who reads slowly."""


@pytest.fixture
def context(chromium: Chromium) -> Iterator[BrowserContext]:
    """A profile whose clock stands."""
    with chromium.spoilt_context(**SCREEN) as context:
        yield context


LONG = ("Why we cannot fix it is not the point. ", "What can we do now to at least alleviate it?")
"""The rule that is longer than its line, sentence by sentence; another is named in fewer letters."""


RULES_AND_NOTE = """() => {
  const parts = [".golden-line", "#lost"].map((name) => document.querySelector(name));
  parts[1].hidden = false;
  return parts.map((part) => part.getBoundingClientRect().toJSON());
}"""


def turn(nth: int) -> datetime:
    """An instant a second after the nth rule's turn has come."""
    return datetime(2026, 1, 1, tzinfo=UTC) + nth * EACH + timedelta(seconds=1)


def seen(page: Page) -> list[str]:
    """The rules that a reader can see now, as a reader sees them."""
    lines: list[str] = page.evaluate(
        "() => [...document.querySelectorAll('.golden-line li')]"
        ".filter((one) => one.checkVisibility({ visibilityProperty: true }))"
        ".map((one) => one.innerText.replace(/\\s+/g, ' ').trim())"
    )
    return lines


def only(page: Page) -> str:
    """The one rule that can be seen, once the board stands; never none, and never two."""
    if not page.locator("#board").count():
        return ""
    (line,) = seen(page)
    return line


def stands(page: Page, rule: str) -> bool:
    return only(page) == rule


@pytest.mark.req("R15")
def test_every_wall_shows_each_golden_rule_of_the_store_in_turn(page: Page, lit: Light, empty_room: Room) -> None:
    served = lit(empty_room)
    with served.engine.connect() as connection:
        stored = connection.execute(select(golden_rule.c.number, golden_rule.c.rule).order_by(golden_rule.c.number)).all()
    shortest = {5: "Rule 5"}
    split = [(rule.number, part) for rule in stored for part in (LONG if "".join(LONG) == rule.rule else (rule.rule,))]
    expected = [f"{shortest.get(number, f'Golden rule {number}')} {part.strip()}" for number, part in split]
    assert len(stored) == 5 and len(expected) == 6
    for address in ADDRESSES:
        page.clock.set_fixed_time(turn(2))
        page.goto(served.url + address)
        for nth in range(2, 8):
            page.clock.set_fixed_time(turn(nth))
            until(partial(stands, page, expected[nth % 6]), page=page)


def test_a_rule_stands_long_enough_to_be_read_twice(page: Page, lit: Light, empty_room: Room) -> None:
    page.clock.set_fixed_time(turn(3))
    page.goto(lit(empty_room).url + WALLS[0])
    until(lambda: only(page).startswith("Golden rule 3"), page=page)
    page.clock.set_fixed_time(turn(3) + EACH - timedelta(seconds=2))
    page.wait_for_timeout(1500)
    assert only(page).startswith("Golden rule 3")


def test_the_rules_stay_while_the_server_is_lost(page: Page, lit: Light, empty_room: Room) -> None:
    page.goto(lit(empty_room).url + WALLS[0])
    until(lambda: only(page), page=page)
    rules, note = page.evaluate(RULES_AND_NOTE)  # at once: whoever hears the room meanwhile hides the note
    assert rules["bottom"] <= note["top"] + 2, "the notice of a lost server does not cover them"
