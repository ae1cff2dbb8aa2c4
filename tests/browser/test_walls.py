"""The walls in a real browser: they turn, refresh, fail politely, and show what customers wrote without running it."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from threading import Event, Lock
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.boards import all_drawn, due, instead, shown, states, until_shown, written
from tests.browser.serving import Lit
from tests.browser.watching import Watch, after_questions, open_board, settled, until, until_at
from tests.conftest import AS_OF
from tests.fixtures import Light
from wallboard.panel import AnyPanel
from wallboard.panels import find_panels
from wallboard.screens.spine import SPINE
from wallboard.settings import Room
from wallboard.store.versions import raise_versions

pytestmark = pytest.mark.browser


def test_a_wall_turns_by_the_clock_and_stays_where_it_is_pinned(
    page: Page, context: BrowserContext, fresh_room: Room, lit: Light
) -> None:
    now = [AS_OF]
    url = lit(fresh_room, lambda: now[0]).url
    pinned = context.new_page()
    open_board(page, f"{url}/wall/outcomes")
    open_board(pinned, f"{url}/wall/outcomes?scene=reasons")
    seen = [shown(page)]
    for _ in range(2):
        now[0] += timedelta(seconds=60)
        turned = due(page, f"{url}/wall/outcomes")
        until_shown(page, turned)
        assert shown(pinned) == "reasons"
        seen.append(turned)
    assert len(set(seen)) == 3


@pytest.mark.req("R36")
def test_a_wall_fills_the_glass_and_refreshes_itself(page: Page, fresh_room: Room, lit: Light) -> None:
    served = lit(fresh_room)
    open_board(page, f"{served.url}/wall/outcomes?scene=growth")
    assert page.locator("#board").bounding_box() == {"x": 0, "y": 0, "width": 1920, "height": 1080}
    before = page.locator("#outcomes--growth--flow").inner_text()

    def twice_as_many(connection: Any) -> None:
        connection.exec_driver_sql("UPDATE customer_movement SET customers = customers * 2")
        raise_versions(connection, ["customer_movement"], AS_OF)

    with served.engine.begin() as connection:
        twice_as_many(connection)
    until(lambda: page.locator("#outcomes--growth--flow").inner_text() != before, page=page)


def test_a_panel_that_fails_says_so_and_the_others_draw(
    page: Page, demo_room: Room, lit: Light, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: AnyPanel) -> Callable[..., Any]:
        def fail(*_: Any) -> Any:
            raise ZeroDivisionError("secret detail")

        return fail

    instead(monkeypatch, "customer_flow", broken)
    open_board(page, f"{lit(demo_room).url}/wall/outcomes?scene=growth")
    panel_states = states(page, "growth")
    assert {name for name, state in panel_states.items() if state == "failed"} == {"outcomes--growth--flow"}
    assert (
        "This picture could not be drawn. The room's log says why. Tried today"
        in page.locator("#outcomes--growth--flow").inner_text()
    )
    assert "secret detail" not in page.content() and "Traceback" not in page.content()


@pytest.mark.slow
def test_a_slow_panel_does_not_hold_up_the_others(
    page: Page, demo_room: Room, lit: Light, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wallboard.screens.pictures.PATIENCE_SECONDS", 0.05)
    enough = Event()

    def slow(panel: AnyPanel) -> Callable[..., Any]:
        def wait(*args: Any) -> Any:
            enough.wait(60)
            return panel.measure(*args)

        return wait

    instead(monkeypatch, "customer_flow", slow)
    page.goto(f"{lit(demo_room).url}/wall/outcomes?scene=growth")
    until(lambda: sum(bool(s) for s in states(page, "growth").values()) == len(states(page, "growth")) - 1, page=page)
    assert "being drawn" in page.locator("#outcomes--growth--flow").inner_text()
    enough.set()
    until(lambda: all(states(page, "growth").values()), page=page)
    assert "being drawn" not in page.locator("#outcomes--growth--flow").inner_text()


def test_two_pages_are_one_computation(
    page: Page, context: BrowserContext, demo_room: Room, lit: Light, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: Counter[tuple[str, date]] = Counter()
    lock = Lock()

    def counted(name: str) -> Callable[[AnyPanel], Callable[..., Any]]:
        def around(panel: AnyPanel) -> Callable[..., Any]:
            def count(*args: Any) -> Any:
                with lock:
                    times[name, args[1].today] += 1
                return panel.measure(*args)

            return count

        return around

    for name in ("growth_verdict", "customer_flow", "customer_trend", "lost_reasons", "stage_rail"):
        instead(monkeypatch, name, counted(name))
    url = f"{lit(demo_room).url}/wall/outcomes"
    other = context.new_page()
    page.goto(url, wait_until="commit")
    other.goto(url, wait_until="commit")
    for each in (page, other):
        all_drawn(each)
    page.reload()
    settled(page)
    assert times == dict.fromkeys(times, 1) and len(times) >= 5


@pytest.mark.slow
def test_a_load_asks_only_for_pictures_whose_tables_have_changed(page: Page, watch: Watch, fresh_room: Room, lit: Light) -> None:
    served = lit(fresh_room)
    open_board(page, f"{served.url}/wall/issues")
    all_drawn(page)

    def pictures() -> list[str]:
        """Without the spine, which says what the pictures have found and comes again after them."""
        return [name for name in watch.pictures() if name != SPINE]

    asked = len(pictures())
    after_questions(page)
    assert len(pictures()) == asked, "nothing has changed"

    def one_more(rows: list[dict[str, str]]) -> None:
        rows.append({**rows[-1], "No": "99001", "Date": "28/06/2026", "In the customer's words": "It came, and it was warm."})

    changed = written(served, "relayed_remarks.csv", one_more, "remarks")
    frames = page.evaluate("[...document.querySelectorAll('.frame')].map((frame) => [frame.id, frame.className])")
    frames = [(name, kinds.partition("panel-")[2].replace("-", "_")) for name, kinds in frames]
    panels = find_panels()
    expected = {
        name
        for name, show in [*frames, ("rail", "stage_rail"), ("countdown", "next_session")]
        if changed & set(panels[show].reads)
    }
    until(lambda: expected <= set(pictures()[asked:]), page=page)
    after_questions(page)
    assert set(pictures()[asked:]) == expected
    assert "voice" in changed and expected and len(expected) < len(frames) + 1


def test_a_screen_is_heard_in_healthz(page: Page, lit_demo: Lit) -> None:
    open_board(page, f"{lit_demo.url}/wall/issues?screen=issues")
    until(lambda: lit_demo.health()["screens"]["issues"] < 4)


@pytest.mark.req("S12")
@pytest.mark.slow
def test_what_customers_wrote_is_shown_and_never_runs(page: Page, watch: Watch, fresh_room: Room, lit: Light) -> None:
    hostile = ("<script>window.ran=1</script>", '<img src=/x onerror="ran=1">')
    served = lit(fresh_room)

    def attack(rows: list[dict[str, str]]) -> None:
        for number, row in enumerate(rows):
            if not row["Solved at"]:
                row["Subject"] = hostile[number % 2]

    written(served, "zendesk_tickets.csv", attack, "tickets")
    open_board(page, f"{served.url}/wall/issues?scene=people")
    text = page.locator("#issues--people--list").inner_text()
    assert all(words in text for words in hostile), text
    for path in ("/journey", "/journey/arrives", "/wall/touchpoints", "/status"):
        page.goto(served.url + path)
        until(lambda: page.locator("main").count(), page=page)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.ran") is None
    assert not [url for url in watch.requests if url.endswith("/x")]


def test_a_wall_that_is_no_longer_there_says_so_and_keeps_its_pictures(page: Page, lit_demo: Lit) -> None:
    open_board(page, f"{lit_demo.url}/wall/issues?scene=nature")
    before = page.locator(".scene.shown .grid").inner_text()
    page.route("**/pulse*", lambda route: route.continue_(url=route.request.url.replace("issues", "isues")))
    until(lambda: "there is no such wall. Did you mean 'issues'?" in page.locator("#lost").inner_text(), page=page)
    assert page.locator(".scene.shown .grid").inner_text() == before


@pytest.mark.req("R27")
def test_the_first_number_on_wall_1_counts_customers_and_no_money_is_larger(page: Page, lit_demo: Lit) -> None:
    open_board(page, f"{lit_demo.url}/wall/outcomes?scene=growth")
    sizes = page.evaluate(
        """() => [...document.querySelectorAll(".scene.shown .frame *")]
            .filter((one) => one.children.length === 0 && /\\d/.test(one.textContent))
            .map((one) => [one.textContent, parseFloat(getComputedStyle(one).fontSize)])"""
    )
    first = sizes[0][0]
    assert re.search(r"\d+ (more|fewer) customers?$", first), first
    money = max((size for text, size in sizes if "£" in text), default=0.0)
    people = max(size for text, size in sizes if "£" not in text)
    assert money <= people, "no sum of money is larger than the largest count of people"


def test_a_wall_that_somebody_leads_to_a_stage_is_the_same_screen_there_and_comes_home(page: Page, lit_demo: Lit) -> None:
    wall = "/wall/outcomes?screen=outcomes&idle=4"
    open_board(page, lit_demo.url + wall)
    page.locator(".rail [data-stage] a, .rail a").nth(2).click()
    until_at(page, "/journey/wait")
    settled(page)
    assert "screen=outcomes" in page.url
    until_at(page, "/wall/outcomes")
    assert page.url == lit_demo.url + wall
