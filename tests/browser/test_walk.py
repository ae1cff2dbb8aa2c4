"""The walk in a real browser: from stage to stage in place, by keys, touch and clicker; three lanes each; nothing stops it."""

import csv
import re
from itertools import cycle

import pytest
from playwright.sync_api import Page, Response

from tests.browser.serving import Lit
from tests.browser.watching import Watch, open_board, settled, until, until_at
from tests.conftest import AS_OF
from tests.fixtures import Light
from wallboard.clock import stopped
from wallboard.loaders.load import load
from wallboard.settings import Room
from wallboard.store.versions import raise_versions

pytestmark = pytest.mark.browser

STAGES = ("look", "order", "wait", "arrives", "use", "help")
LANES = ("What they experience", "What they hear", "How they react")


@pytest.mark.req("R72")
def test_the_walk_opens_on_the_map_with_all_stages(page: Page, lit_demo: Lit) -> None:
    open_board(page, f"{lit_demo.url}/journey")
    with (lit_demo.room.data / "exports/journey/stages.csv").open(newline="", encoding="utf-8") as there:
        names = [row["customer says"] for row in csv.DictReader(there)]
    assert page.locator(".scene.shown .stages h3").all_inner_texts() == names and len(names) == len(STAGES)


def until_stage(page: Page, stage: str, scene: str = "") -> None:
    """Wait until the page stands at a stage: its address, its rail and its pictures."""
    until_at(page, f"/journey/{stage}")
    page.locator(f'.rail li.here[data-stage="{stage}"]').wait_for()
    where = f"stage--{stage}--{scene or 'walk'}--"
    until(lambda: (page.locator(".scene.shown .frame").first.get_attribute("id") or "").startswith(where), page=page)
    settled(page)


def came_in_place(page: Page) -> bool:
    """Whether the page is still the one on which `mark` was called."""
    return bool(page.evaluate("window.cameHere === true"))


ARRIVALS = """() => {
  let frames = 0, went = 0;
  const count = () => { frames += 1; requestAnimationFrame(count); };
  const push = history.pushState.bind(history);
  window.arrivals = [];
  history.pushState = (...state) => { went = frames; push(...state); };
  addEventListener("room:arrived", () => window.arrivals.push(frames - went));
  count();
}"""
"""How many pictures of the browser lie between each new address and the arrival there."""


def mark(page: Page) -> None:
    page.evaluate("window.cameHere = true")


@pytest.mark.req("R73")
def test_keys_walk_through_all_stages_and_back_without_a_reload(page: Page, lit_demo: Lit) -> None:
    """Those of a keyboard and those of a clicker in turn."""
    open_board(page, f"{lit_demo.url}/journey?perimeter=gb")
    mark(page)
    page.evaluate(ARRIVALS)
    for stage, key in zip(STAGES, cycle(("ArrowRight", "PageDown"))):
        page.keyboard.press(key)
        until_stage(page, stage)
        assert page.evaluate("location.search") == "?perimeter=gb"
    for stage, key in zip(STAGES[-2::-1], cycle(("ArrowLeft", "PageUp"))):
        page.keyboard.press(key)
        until_stage(page, stage)
    arrivals = page.evaluate("window.arrivals")
    assert len(arrivals) == 11 and max(arrivals) < 60, "a stage that stands is arrived at, and marked in the rail, at once"
    page.keyboard.press("PageUp")
    until_at(page, "/journey")
    assert came_in_place(page)


@pytest.mark.req("R73")
def test_a_walk_resumes_after_a_reload_and_by_the_way_back(page: Page, lit_demo: Lit) -> None:
    open_board(page, f"{lit_demo.url}/journey/order")
    page.keyboard.press("ArrowRight")
    until_stage(page, "wait")
    page.keyboard.press("ArrowDown")
    until_stage(page, "wait", "promised")
    page.reload()
    until_stage(page, "wait", "promised")
    assert page.locator(".tabs a.here").inner_text() == "promised"
    mark(page)
    page.keyboard.press("ArrowUp")
    until_stage(page, "wait")
    page.keyboard.press("ArrowRight")
    until_stage(page, "arrives")
    page.go_back()
    until_stage(page, "wait")
    assert came_in_place(page)


@pytest.mark.slow
def test_every_scene_of_a_stage_is_reached_by_arrows_and_by_touch(page: Page, lit_demo: Lit) -> None:
    open_board(page, f"{lit_demo.url}/journey/wait")
    names = (page.locator("#board").get_attribute("data-scenes") or "").split()
    assert names[:2] == ["walk", "promised"]
    for name in names[1:]:
        page.keyboard.press("ArrowDown")
        until_stage(page, "wait", name)
    page.keyboard.press("ArrowDown")
    page.locator(".tabs a").first.click()
    until_stage(page, "wait")
    assert page.evaluate("location.search") == ""


def test_keys_pressed_faster_than_stages_come_are_all_walked(page: Page, lit_demo: Lit) -> None:
    open_board(page, f"{lit_demo.url}/journey/look")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    until_stage(page, "arrives")


def test_an_order_from_afar_goes_there_in_place_and_keeps_the_screen(page: Page, lit_demo: Lit) -> None:
    open_board(page, f"{lit_demo.url}/journey/look?screen=issues")
    mark(page)
    page.evaluate("dispatchEvent(new CustomEvent('room:go', { detail: '/journey/help' }))")
    until_stage(page, "help")
    assert page.evaluate("location.search") == "?screen=issues"
    page.evaluate("dispatchEvent(new CustomEvent('room:go', { detail: '/journey/nowhere' }))")
    page.evaluate("dispatchEvent(new CustomEvent('room:go', { detail: '/journey/wait?scene=promised' }))")
    until_stage(page, "wait", "promised")
    assert page.evaluate("location.search") == "?scene=promised&screen=issues"
    assert came_in_place(page)


def test_the_rail_and_a_finger_drawn_across_lead_on(page: Page, lit_demo: Lit) -> None:
    open_board(page, f"{lit_demo.url}/journey/look")
    mark(page)
    page.locator('.rail [data-stage="arrives"] a').click()
    until_stage(page, "arrives")
    for start, end, stage in ((1500, 1100, "use"), (700, 1100, "arrives")):
        page.mouse.move(start, 880)
        page.mouse.down()
        page.mouse.move(end, 885, steps=4)
        page.mouse.up()
        until_stage(page, stage)
    assert came_in_place(page)


def test_the_stage_that_is_next_is_there_before_it_is_asked_for(page: Page, watch: Watch, lit_demo: Lit) -> None:
    open_board(page, f"{lit_demo.url}/journey/order")
    panels = page.locator(".scene.shown .frame").count()
    order = f"{lit_demo.url}/board?path=%2Fjourney%2Forder"
    until(lambda: page.request.get(order).text().count('"data-token"') >= panels, page=page)  # its pictures have been made
    open_board(page, f"{lit_demo.url}/journey/look")
    until(lambda: [url for url in watch.requests if "/board?path=%2Fjourney%2Forder" in url], page=page)
    until(lambda: [url for url in watch.requests if re.search(r"/media/\d+$", url)], page=page)
    page.wait_for_load_state("networkidle")
    before = len(watch.requests)
    page.keyboard.press("ArrowRight")
    until_stage(page, "order")
    asked = [url for url in watch.requests[before:] if "/picture/" in url and "order" in url]
    assert not asked


@pytest.mark.req("R81")
@pytest.mark.slow
def test_every_stage_has_three_lanes_and_an_empty_one_says_so(page: Page, fresh_room: Room, lit: Light) -> None:
    served = lit(fresh_room)
    with served.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM media WHERE stage = 'order' AND lane = 'hear'")
        connection.exec_driver_sql("DELETE FROM media WHERE stage = 'look'")
        raise_versions(connection, ["media"], AS_OF)
    for stage in STAGES:
        open_board(page, f"{served.url}/journey/{stage}")
        assert tuple(page.locator(".scene.shown .frame h2").all_inner_texts()) == LANES
        for lane in ("experience", "hear"):
            empty = "nothing collected" in page.locator(f"#stage--{stage}--walk--{lane}").inner_text()
            assert empty == (stage == "look" or (stage, lane) == ("order", "hear")), (stage, lane)


@pytest.mark.req("R80")
def test_old_evidence_says_from_when_it_is(page: Page, lit_demo: Lit) -> None:
    open_board(page, f"{lit_demo.url}/journey/use")
    captions = page.locator(".panel-stage-experience figcaption").all_text_contents()
    old = [words for words in captions if "hand-written card" in words]
    assert len(old) == 1 and "from May 2025" in old[0]
    assert not any("from " in words.partition("hand-written")[0] for words in captions if words not in old)


@pytest.mark.req("R83")
@pytest.mark.slow
def test_a_picture_that_is_gone_leaves_a_sentence_and_a_refused_row(
    page: Page, watch: Watch, fresh_room: Room, lit: Light
) -> None:
    watch.forgive("404")
    served = lit(fresh_room)
    gone = fresh_room.media / "arrives/unpack/experience/box-just-opened.png"
    gone.unlink()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    open_board(page, f"{served.url}/journey/arrives")
    strip = page.locator(".panel-stage-experience .strip button")
    for place in range(strip.count()):
        strip.nth(place).click()

    def refusals() -> list[str]:
        return [answer.text() for answer in answers if answer.status == 404 and re.search(r"/media/\d+$", answer.url)]

    refusal, *_ = until(refusals, page=page)
    assert "missing" in refusal and "<svg" in refusal
    page.keyboard.press("ArrowRight")
    until_stage(page, "use")
    (loaded,) = load(fresh_room, served.engine, stopped(AS_OF), only=["media"])
    assert loaded.refused >= 1
