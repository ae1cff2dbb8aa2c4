"""What the room's settings and data decide on every screen: perimeters, banner, empty panels, stale sources, the journey."""

import csv
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select, update

from tests.browser.boards import BOARDS, WALLS, all_drawn, states, written
from tests.browser.serving import Lit
from tests.browser.watching import Watch, open_board, until, until_text
from tests.conftest import AS_OF
from tests.fixtures import Light
from wallboard.panels import find_panels
from wallboard.settings import Room, open_room
from wallboard.store.feeds import FEEDS
from wallboard.store.schema import source_state

PLACE = ".board > footer .place, .scene.shown .place"
"""Whose room it is: at the foot of a wall, at the head of a scene of the walk."""

pytestmark = pytest.mark.browser

REMEDIES = ("load", "wallboard user add", "at its console", "in a session")
"""What an empty panel asks for: something to load, or something to write down."""


@pytest.mark.req("R10")
@pytest.mark.slow
def test_another_perimeter_is_another_picture_on_every_screen(page: Page, lit_demo: Lit) -> None:
    for path in (
        "/wall/outcomes?scene=growth",
        "/wall/issues?scene=people",
        "/wall/touchpoints?scene=doorstep",
        "/journey?scene=map",
    ):
        seen = []
        for perimeter, name in (("all", "Fern & Kettle"), ("gb", "Great Britain"), ("ie", "Ireland")):
            open_board(page, f"{lit_demo.url}{path}&perimeter={perimeter}")
            whose = page.locator(PLACE).inner_text()
            if path.startswith("/wall"):  # the whole company is that of "Demo data", and the day stands with the facts
                assert whose == ("" if perimeter == "all" else name)
            else:
                assert whose.startswith(f"{name}, ")
            seen.append(page.locator(".scene.shown .grid").inner_text())
        assert len(set(seen)) == 3, path


def counts(page: Page) -> list[int]:
    """The whole numbers of the customer flow: came, came back, left."""
    text = page.locator("#outcomes--growth--flow .big").all_inner_texts()
    return [int(number.replace(",", "")) for number in text[:3]]


@pytest.mark.req("R10")
def test_the_parts_sum_to_the_whole(page: Page, lit_demo: Lit) -> None:
    shown = {}
    for perimeter in ("all", "gb", "ie"):
        open_board(page, f"{lit_demo.url}/wall/outcomes?scene=growth&perimeter={perimeter}")
        shown[perimeter] = counts(page)
    assert shown["all"] == [gb + ie for gb, ie in zip(shown["gb"], shown["ie"], strict=True)]
    assert all(number > 0 for number in shown["gb"] + shown["ie"])


def test_a_screen_of_one_perimeter_shows_no_other(page: Page, fresh_room: Room, lit: Light) -> None:
    file = fresh_room.root / "room.toml"
    text = file.read_text(encoding="utf-8").replace(
        "[screen.outcomes]", '[screen.pilot]\nwall = "outcomes"\nperimeter = "ie"\n\n[screen.outcomes]'
    )
    file.write_text(text, encoding="utf-8")
    open_board(page, f"{lit(open_room(fresh_room.root)).url}/wall/outcomes?screen=pilot&perimeter=gb")
    assert page.locator(PLACE).inner_text() == "Ireland"


@pytest.mark.req("S16")
@pytest.mark.parametrize("path", ["/", "/status", *BOARDS, "/wall/nothing"])
def test_demo_data_stands_on_every_screen(page: Page, lit_demo: Lit, path: str) -> None:
    page.goto(lit_demo.url + path)
    until(lambda: page.locator("main").count(), page=page)
    banner = page.get_by_text("Demo data", exact=True).and_(page.locator(":visible"))
    assert banner.count() == 1, "the sheet behind a number has one of its own, which nobody sees yet"


def test_a_real_room_has_no_banner(page: Page, empty_room: Room, lit: Light) -> None:
    """One whose store never took demo data: another says so whatever room.toml says."""
    file = empty_room.root / "room.toml"
    file.write_text(
        "\n".join(line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("demo ")),
        encoding="utf-8",
    )
    open_board(page, f"{lit(open_room(empty_room.root)).url}/wall/issues")
    assert page.get_by_text("Demo data").count() == 0


@pytest.mark.req("S15")
@pytest.mark.slow
def test_an_empty_room_says_on_every_panel_what_would_fill_it(page: Page, empty_room: Room, lit: Light) -> None:
    url = lit(empty_room).url
    silent = []
    for path in (*WALLS, "/journey"):
        page.goto(url + path)
        all_drawn(page)
        assert "failed" not in states(page).values()
        for frame in [*page.locator(".frame").all(), page.locator("#rail")]:
            text = frame.text_content() or ""
            if not any(remedy in text.replace("nothing loaded yet", "").lower() for remedy in REMEDIES):
                silent.append(f"{frame.get_attribute('id')}: {text}")
    page.goto(f"{url}/status")
    until(lambda: page.get_by_text("wallboard load").count(), page=page)
    page.goto(f"{url}/journey/arrives")
    until(lambda: page.get_by_text("there is no such stage").count(), page=page)
    assert not silent, "\n".join(silent)


@pytest.mark.req("S2")
def test_a_source_that_stopped_is_named_on_its_own_panels_only(page: Page, fresh_room: Room, lit: Light) -> None:
    served = lit(fresh_room)
    stopped_at: datetime = AS_OF - timedelta(days=10)
    with served.engine.begin() as connection:
        connection.execute(update(source_state).values(fact_at=AS_OF - timedelta(minutes=30)))
        connection.execute(update(source_state).where(source_state.c.source == "subscriptions").values(fact_at=stopped_at))
        feed = connection.execute(select(source_state.c.feed).where(source_state.c.source == "subscriptions")).scalar_one()
    tables = set(FEEDS[feed].tables)
    panels = find_panels()
    expected, stale = set(), set()
    for path in WALLS:
        open_board(page, served.url + path)
        all_drawn(page)
        for frame in page.locator(".frame").all():
            name = str(frame.get_attribute("id"))
            show = str(frame.get_attribute("class")).partition("panel-")[2].split()[0].replace("-", "_")
            if tables & set(panels[show].reads):
                expected.add(name)
            if "stale" in (frame.text_content() or ""):
                stale.add(name)
                assert "subscriptions stale: as of" in str(frame.text_content())
    assert stale == expected and {"outcomes--growth--flow", "outcomes--growth--verdict"} <= stale


@pytest.mark.slow
def test_no_request_leaves_the_host_of_the_server(page: Page, watch: Watch, lit_demo: Lit) -> None:
    for path in ("/", "/status", *BOARDS, "/wall/nothing"):
        page.goto(lit_demo.url + path)
        until(lambda: page.locator("main").count(), page=page)
        page.wait_for_load_state("networkidle")
    assert len(watch.requests) > 50 and watch.elsewhere() == []
    assert {url.split("/")[2] for url in watch.requests if url.startswith("http")} == {lit_demo.url.split("/")[2]}
    policy = page.request.get(lit_demo.url).headers["content-security-policy"]
    assert "default-src 'self'" in policy and "unsafe-eval" not in policy


def test_the_watch_hears_a_request_to_elsewhere(context: BrowserContext, lit_demo: Lit) -> None:
    watch, page = Watch(), context.new_page()
    watch.attach(page)
    page.goto(lit_demo.url + "/healthz")
    page.set_content('<img src="http://elsewhere.example/pixel.png"><script>nonsense()</script>')
    until(lambda: watch.elsewhere() and len(watch.complaints) > 1, page=page)
    assert watch.elsewhere() == ["http://elsewhere.example/pixel.png"]
    with pytest.raises(AssertionError, match="the page complained"):
        watch.settle()
    page.close()


@pytest.mark.req("R34")
@pytest.mark.slow
def test_a_stage_renamed_once_is_renamed_on_every_screen(
    page: Page, context: BrowserContext, fresh_room: Room, lit: Light
) -> None:
    served = lit(fresh_room)
    pages = [page, *(context.new_page() for _ in range(3))]
    for opened, path in zip(pages, (*WALLS, "/journey"), strict=True):
        open_board(opened, served.url + path)
        assert "It arrives" in opened.locator("#rail").inner_text()

    def rename(rows: list[dict[str, str]]) -> None:
        next(row for row in rows if row["stage"] == "arrives")["customer says"] = "At my door"

    written(served, "journey/stages.csv", rename, "stages")
    for opened in pages:
        until_text(opened, "#rail", "At my door")
        expect(opened.locator("#board")).not_to_contain_text("It arrives", timeout=60_000)


@pytest.mark.req("R46", "R128")
@pytest.mark.slow
def test_the_map_shows_every_stage_and_contact_and_follows_their_priority(page: Page, fresh_room: Room, lit: Light) -> None:
    served = lit(fresh_room)
    open_board(page, f"{served.url}/wall/touchpoints?scene=map")
    with (served.room.data / "exports/journey/touchpoints.csv").open(newline="", encoding="utf-8") as there:
        points = list(csv.DictReader(there))
    area = page.locator(".panel-touchpoint-map")
    text = area.inner_text()
    assert all(point["customer says"] in text for point in points)
    assert area.locator(".points li .shape").count() == len(points)
    plain = next(point for point in points if point["priority"] == "no")
    chip = area.locator(".points li", has_text=plain["customer says"]).first
    assert "priority" not in (chip.get_attribute("class") or "")

    def promote(rows: list[dict[str, str]]) -> None:
        next(row for row in rows if row["touchpoint"] == plain["touchpoint"])["priority"] = "yes"

    written(served, "journey/touchpoints.csv", promote, "touchpoints")
    until(lambda: "priority" in (chip.get_attribute("class") or ""), page=page)

    def add(rows: list[dict[str, str]]) -> None:
        rows.append({**rows[-1], "stage": "later", "order": "7", "customer says": "I come back"})

    written(served, "journey/stages.csv", add, "stages")
    until(lambda: "I come back" in area.inner_text(), page=page)
    rail = page.locator("#rail li", has_text="I come back")
    assert rail.locator('[title="not measured"]').count() == 1
    assert area.locator("li", has_text="I come back").locator('[title="not measured"]').count() == 1


@pytest.mark.req("R47")
def test_the_board_shows_what_came_how_well_and_what_was_said_together(page: Page, lit_demo: Lit) -> None:
    open_board(page, f"{lit_demo.url}/wall/touchpoints?scene=doorstep")
    board = page.locator("#touchpoints--board-doorstep--board")
    picture = board.locator("img").first
    assert picture.evaluate("(image) => image.naturalWidth > 0") and picture.is_visible()
    assert board.locator("blockquote").first.is_visible()
    text = board.inner_text()
    assert "fail in 1,000, target" in text and "Complaints per 1,000" in text and "satisfied" in text
