"""Touch a number: what it means, its files and its SQL open over the wall; after an idle minute the loop goes on."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from tests.browser.boards import due, shown, signed_in, until_shown, written
from tests.browser.serving import Lit
from tests.browser.watching import Watch, after_questions, open_board, until, until_at, until_text
from tests.conftest import AS_OF, REPOSITORY
from tests.fixtures import Light
from wallboard.layout import read_layouts
from wallboard.panels import find_panels
from wallboard.settings import Room
from wallboard.store.schema import load_run

pytestmark = pytest.mark.browser

OUTCOMES = read_layouts(REPOSITORY / "layouts", find_panels())["outcomes"]
SCENE = {panel.show: scene.name for scene in OUTCOMES.scenes for panel in scene.panels}
LOST = '.scene.shown [data-metric="lost_customers"]'


def sheet_of(page: Page) -> str:
    """What the open sheet says, once it has been filled."""
    until(lambda: page.locator("#sheet-content h2").count(), page=page)
    return " ".join(page.locator("#sheet").inner_text().split())


def pulses(watch: Watch) -> int:
    """How often the screen has asked what it should show."""
    return sum("/pulse?" in url for url in watch.requests)


def is_open(page: Page) -> bool:
    return page.locator("#sheet").is_visible()


@pytest.mark.req("R35", "R62", "R166", "S3")
def test_one_touch_on_a_number_opens_definition_file_load_time_and_sql(page: Page, lit_demo: Lit) -> None:
    signed_in(page, lit_demo, "leader")
    open_board(page, f"{lit_demo.url}/wall/outcomes?scene={SCENE['customer_flow']}")
    number = page.locator(LOST).first
    count = number.inner_text()
    number.click()
    content = sheet_of(page)
    assert "Customers whose last contract ended" in content and "How it is worked out count of customers who left" in content
    assert "Version 1, since" in content and "Owner Chloe Baptiste" in content and "Target" in content
    with lit_demo.engine.connect() as connection:
        (run,) = connection.execute(select(load_run).where(load_run.c.feed == "contracts", load_run.c.status == "ok")).all()
    assert run.file in content and run.sha256[:12] in content and "30 June 2026, 10:00" in content
    assert run.started_at == AS_OF, "10:00 in London"
    assert "FROM customer_day" in content and "2026-05-31" in content
    assert f"Customers who left in the last complete month: the first 50 of {count} rows" in content and "FK-1" in content
    assert page.locator("#sheet .close").bounding_box()["height"] >= 64  # type: ignore[index]
    page.locator("#sheet .close").click()
    assert not is_open(page)


@pytest.mark.req("R166")
@pytest.mark.slow
def test_any_number_and_any_head_of_a_scene_opens(page: Page, lit_demo: Lit) -> None:
    signed_in(page, lit_demo, "leader")
    open_board(page, f"{lit_demo.url}/wall/outcomes?scene={SCENE['growth_verdict']}")
    opens = page.locator(".scene.shown [data-metric], .scene.shown .frame > header, .scene.shown .question > .facts")
    assert opens.count() >= 8
    for number in range(opens.count()):
        opens.nth(number).click()
        assert "The SQL that was run" in sheet_of(page), number
        page.keyboard.press("Escape")
        assert not is_open(page)


@pytest.mark.req("R62")
def test_a_sheet_that_nobody_touches_goes_back_to_the_loop_and_the_next_scene(
    page: Page, watch: Watch, demo_room: Room, lit: Light
) -> None:
    now = [AS_OF]
    url = lit(demo_room, lambda: now[0]).url
    while (opening := SCENE["customer_flow"]) != due(page, f"{url}/wall/outcomes"):
        now[0] += timedelta(seconds=5)
    open_board(page, f"{url}/wall/outcomes?idle=8")
    until_shown(page, opening)
    page.locator(LOST).first.click()
    sheet_of(page)
    while opening == (turned := due(page, f"{url}/wall/outcomes")):
        now[0] += timedelta(seconds=5)
    asked = pulses(watch)
    for step in range(200):
        page.mouse.move(500 + step, 500)
        page.wait_for_timeout(200)
        if pulses(watch) >= asked + 2:
            break
    assert is_open(page) and shown(page) == opening, "the loop pauses while somebody reads"
    until(lambda: not is_open(page), page=page)
    until_shown(page, turned)


@pytest.mark.req("R62")
def test_the_sheet_opens_by_keyboard_on_a_stage_and_its_keys_stay_in_it(page: Page, lit_demo: Lit) -> None:
    signed_in(page, lit_demo, "leader")
    open_board(page, f"{lit_demo.url}/journey/arrives")
    head = page.locator(".scene.shown .panel-stage-react > header")
    until(lambda: head.get_attribute("tabindex") == "0", page=page)
    head.focus()
    page.keyboard.press("Enter")
    assert "The SQL that was run" in sheet_of(page)
    page.keyboard.press("ArrowRight")
    after_questions(page, 1)
    assert page.evaluate("location.pathname") == "/journey/arrives" and is_open(page)
    page.locator('#sheet [data-jump="sheet-sql"]').click()
    until(lambda: page.evaluate("document.getElementById('sheet-content').scrollTop") > 100, page=page)
    page.keyboard.press("Escape")
    assert not is_open(page)
    page.locator(".scene.shown .strip button").first.click()
    assert not is_open(page), "what has a meaning of its own keeps it"


@pytest.mark.req("R35")
def test_a_metric_that_a_file_un_flags_leaves_the_wall_and_comes_back(page: Page, fresh_room: Room, lit: Light) -> None:
    served = lit(fresh_room)
    trend = ".scene.shown .panel-customer-trend"
    open_board(page, f"{served.url}/wall/outcomes?scene={SCENE['customer_trend']}")
    assert page.locator(f"{trend} .net").count() == 1

    def priority(word: str) -> None:
        def change(rows: list[dict[str, str]]) -> None:
            for row in rows:
                row["on the wall"] = word if row["figure"] == "net_customers" else row["on the wall"]

        assert written(served, "metric_definitions.csv", change, "metric_definitions") == {"metric_definition"}

    priority("no")
    until_text(page, trend, "‘Growth in customers’ is not a priority metric now; it stays off the wall.")
    assert page.locator(f"{trend} .net").count() == 0
    priority("yes")
    until(lambda: page.locator(f"{trend} .net").count() == 1, page=page)


@pytest.mark.req("R172")
def test_a_changed_formula_is_told_under_its_picture(page: Page, lit_demo: Lit) -> None:
    open_board(page, f"{lit_demo.url}/wall/outcomes?scene={SCENE['lost_reasons']}")
    line = page.locator(".scene.shown .panel-lost-reasons > .changed")
    assert line.inner_text() == "Definition changed on 1 February 2026: earlier numbers are not comparable"
    page.locator('.scene.shown .panel-lost-reasons [data-metric="unknown_reason"]').first.click()
    assert "version 1, from 1 June 2024: departures with an empty reason field / departures" in sheet_of(page)


@pytest.mark.req("S12")
def test_a_definition_with_a_script_is_text(page: Page, fresh_room: Room, lit: Light) -> None:
    served = lit(fresh_room)
    script = "<script>document.title = 'taken'</script><img src=x onerror=\"document.title='taken'\">"

    def change(rows: list[dict[str, str]]) -> None:
        for row in rows:
            row["meaning"] = script

    written(served, "metric_definitions.csv", change, "metric_definitions")
    open_board(page, f"{served.url}/wall/outcomes?scene={SCENE['customer_flow']}")
    page.locator(LOST).first.click()
    assert script in sheet_of(page)
    assert page.locator("#sheet script, #sheet img").count() == 0 and page.title() != "taken"


@pytest.mark.req("R140")
def test_a_figure_of_the_whole_journey_belongs_to_the_council_and_one_belongs_to_nobody(page: Page, lit_demo: Lit) -> None:
    (flow,) = (placed.id for placed in OUTCOMES.placed() if placed.show == "customer_flow")
    answers = {
        metric: page.request.get(f"{lit_demo.url}/source/{flow}?path=/wall/outcomes&figure={metric}").text()
        for metric in ("nps", "retention_rate", "response_rate")
    }
    assert all("Customer Experience Council" in answers[metric] for metric in ("nps", "retention_rate"))
    assert "no owner" in answers["response_rate"] and "Council" not in answers["response_rate"]


def test_a_room_that_does_not_answer_says_so_on_the_sheet(page: Page, watch: Watch, lit_demo: Lit) -> None:
    watch.forgive("status of 500")
    open_board(page, f"{lit_demo.url}/wall/outcomes?scene={SCENE['customer_flow']}")
    page.route("**/source/**", lambda route: route.fulfill(status=500, body="no"))
    page.locator(LOST).first.click()
    until_text(page, "#sheet", "The room does not answer just now.")


def test_a_walk_that_goes_on_closes_the_sheet(page: Page, lit_demo: Lit) -> None:
    open_board(page, f"{lit_demo.url}/journey/wait")
    page.locator(".scene.shown .frame > header").last.click()
    until(lambda: is_open(page), page=page)
    page.evaluate("dispatchEvent(new CustomEvent('room:go', { detail: '/journey/arrives' }))")
    until_at(page, "/journey/arrives")
    until(lambda: not is_open(page), page=page)
