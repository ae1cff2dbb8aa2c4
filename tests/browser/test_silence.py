"""A wall whose room falls silent: what it says, what it goes on doing, and that it comes back by itself."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Page, Route
from sqlalchemy import Engine

from tests.browser.serving import Lit
from tests.browser.watching import Watch, open_board, until, until_text
from tests.conftest import AS_OF
from tests.fixtures import Light
from tests.metrics import given
from wallboard.settings import Room
from wallboard.store.connections import writing
from wallboard.store.versions import raise_versions

pytestmark = pytest.mark.browser

IMPATIENT = "AbortSignal.timeout = ((was) => (limit) => was.call(AbortSignal, window.limit || limit))(AbortSignal.timeout)"
"""Questions that the page asks from now on are given up as soon as `window.limit` says: set only while none is answered."""

SOON = "((was) => { window.setTimeout = (act, wait) => was(act, wait === 15_000 ? 300 : wait); })(setTimeout)"
"""Only the page's wait before it loads itself again is shortened: the time limit of a script on its way is a timer too."""

LATER = "((was) => { Date.now = () => was() + 61_000; })(Date.now.bind(Date))"
FORGIVEN = "ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_ABORTED|Failed to fetch|503|TimeoutError|signal timed out"


def came(engine: Engine, name: str, many: int) -> None:
    """So many customers come in April."""
    with writing(engine) as connection:
        rows = [(f"{name}{n}", date(2026, 4, 10), "new", 100.0) for n in range(many)]
        given.customers(connection, *rows, perimeter="gb", group="Regulars")
        raise_versions(connection, ["customer_day", "customer_month", "customer_event"], AS_OF)


@pytest.fixture
def there(empty_room: Room, empty_store: Engine, lit: Light, watch: Watch) -> Iterator[Lit]:
    watch.forgive(FORGIVEN)
    came(empty_store, "a", 30)
    yield lit(empty_room)


def test_a_picture_that_is_never_answered_is_asked_for_again_and_told(page: Page, there: Lit) -> None:
    asked: list[str] = []
    stalled = [False]

    def picture(route: Route) -> None:
        asked.append(route.request.url)
        if not stalled[0]:
            route.continue_()

    page.add_init_script(IMPATIENT)
    page.route("**/picture/**", picture)
    open_board(page, f"{there.url}/wall/outcomes?scene=growth&screen=outcomes")
    before = page.locator(".scene.shown").inner_text()
    stalled[0] = True
    page.evaluate("window.limit = 1500")
    asked.clear()
    came(there.engine, "b", 12)
    until(lambda: asked, page=page)
    assert not page.locator("#lost").is_visible()
    page.evaluate(LATER)
    until_text(page, "#lost", "Newer pictures have not arrived since Tuesday 30 June")
    assert page.locator(".scene.shown").inner_text() == before, "the old picture stays"
    stalled[0] = False
    page.evaluate("window.limit = 0")
    until(lambda: page.locator(".scene.shown").inner_text() != before, page=page)
    until(lambda: not page.locator("#lost").is_visible(), page=page)


def test_a_wall_that_lost_the_room_tells_the_day_covers_nothing_and_turns_on(page: Page, there: Lit) -> None:
    open_board(page, f"{there.url}/wall/outcomes?screen=outcomes")
    until(lambda: page.locator(".frame .waiting").count() == 0, page=page)
    page.context.set_offline(True)
    until_text(page, "#lost", "No answer from the room since Tuesday 30 June, 10:00")
    note = page.locator("#lost").bounding_box()
    assert note is not None
    rail = page.locator(".board > footer .rail").bounding_box()
    assert rail is not None and rail["y"] >= note["y"] + note["height"]
    assert page.locator(".board > footer .whose .demo").bounding_box() is not None, (
        "whose numbers they are stands at the other end"
    )
    scenes = page.locator(".scene")
    shown = page.locator(".scene.shown").get_attribute("data-scene")
    page.evaluate("""() => { const turn = document.querySelector(".turn").dataset;
      turn.slots = turn.slots.replace(/:[\\d.]+/g, ":1.7"); }""")  # no part of the two seconds of a pulse
    assert scenes.count() > 1
    until(lambda: page.locator(".scene.shown").get_attribute("data-scene") != shown, page=page)
    page.context.set_offline(False)
    until(lambda: not page.locator("#lost").is_visible(), page=page)


def test_a_page_reloads_only_when_the_new_one_is_known_to_answer(page: Page, there: Lit) -> None:
    open_board(page, f"{there.url}/wall/outcomes?scene=growth&screen=outcomes")
    answers = [503]
    tried: list[str] = []

    def document(route: Route) -> None:
        tried.append(route.request.resource_type)
        route.fulfill(status=503) if answers[0] == 503 else route.continue_()

    page.route("**/wall/outcomes?*", document)
    page.evaluate("window.mark = 'the same page'")
    page.route("**/pulse?*", lambda route: route.fulfill(json={"build": "new", "boot": "new"}))
    until(lambda: len(tried) > 1, page=page)
    assert set(tried) == {"fetch"} and page.evaluate("window.mark") == "the same page"
    page.unroute("**/pulse?*")


def test_a_library_that_did_not_arrive_is_asked_for_again(page: Page, there: Lit) -> None:
    page.add_init_script(SOON)
    asked: list[str] = []

    def first_lost(route: Route) -> None:
        asked.append(route.request.url)
        route.abort() if len(asked) == 1 else route.continue_()

    page.route("**/bundle/*.js", first_lost)
    open_board(page, f"{there.url}/wall/outcomes?scene=growth&screen=outcomes")
    assert len(asked) == 2, asked


def test_the_library_of_charts_that_did_not_arrive_is_asked_for_again(page: Page, lit_demo: Lit, watch: Watch) -> None:
    watch.forgive(f"{FORGIVEN}|error: Event")
    page.add_init_script(SOON)
    asked: list[str] = []

    def first_lost(route: Route) -> None:
        """What the page asks for ahead of its charts is lost, and what the first chart asks for."""
        asked.append(route.request.url)
        route.abort() if len(asked) <= 2 else route.continue_()

    page.route("**/bundle/plotly-basic-*.js", first_lost)
    page.goto(f"{lit_demo.url}/wall/issues?scene=flow&screen=issues")
    until(lambda: page.locator(".scene.shown .js-plotly-plot").count(), page=page)
    assert len(asked) > 2, asked
