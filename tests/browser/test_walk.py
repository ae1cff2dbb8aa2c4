"""The walkthrough in a real browser: stages, three lanes each; pictures that zoom, calls that play, seek and can be read."""

import csv
import re

import pytest
from playwright.sync_api import Page, Response

from tests.browser.serving import Lit
from tests.browser.watching import Watch, open_board, until, until_at, until_text
from tests.conftest import AS_OF, Light
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


@pytest.mark.slow
def test_the_arrow_keys_walk_from_stage_to_stage(page: Page, lit_demo: Lit) -> None:
    open_board(page, f"{lit_demo.url}/journey?perimeter=gb")
    for stage in STAGES:
        page.keyboard.press("ArrowRight")
        until_at(page, f"/journey/{stage}")
        page.locator(f'.rail li.here[data-stage="{stage}"]').wait_for()
        assert page.evaluate("location.search") == "?perimeter=gb"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    until_at(page, "/journey/use")


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
    captions = page.locator(".show-stage-experience figcaption").all_text_contents()
    old = [words for words in captions if "hand-written card" in words]
    assert len(old) == 1 and "from May 2025" in old[0]
    assert not any("from " in words.partition("hand-written")[0] for words in captions if words not in old)


@pytest.mark.req("R83")
def test_a_picture_zooms_to_its_own_pixels_and_closes(page: Page, lit_demo: Lit) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    open_board(page, f"{lit_demo.url}/journey/arrives")
    picture = page.locator("img.zoom:visible").first
    natural = picture.evaluate("(image) => image.naturalWidth")
    assert picture.bounding_box()["width"] < natural  # type: ignore[index]
    picture.click()
    large = page.locator("#zoomed img")
    until(lambda: large.evaluate("(image) => image.complete && image.naturalWidth > 0"), page=page)
    assert large.bounding_box()["width"] >= natural  # type: ignore[index]
    page.keyboard.press("Escape")
    assert page.locator("#zoomed").count() == 0
    picture.focus()
    page.keyboard.press("Enter")
    assert page.locator("#zoomed").count() == 1
    page.locator("#zoomed button").click()
    assert page.locator("#zoomed").count() == 0


@pytest.mark.req("R83")
@pytest.mark.slow
def test_a_picture_that_is_gone_leaves_a_sentence_and_a_refused_row(
    page: Page, watch: Watch, fresh_room: Room, lit: Light
) -> None:
    watch.forgive("404")
    served = lit(fresh_room)
    gone = fresh_room.media / "arrives/unpack/experience/box-just-opened.png"
    gone.unlink()
    page.goto(f"{served.url}/journey/arrives")
    lane = page.locator("#stage--arrives--walk--experience")
    until(lambda: re.search("missing|not there|gone", lane.text_content() or ""), within=20, page=page)
    (loaded,) = load(fresh_room, served.engine, stopped(AS_OF), only=["media"])
    assert loaded.refused >= 1


def cues(vtt: str) -> list[tuple[float, float, str]]:
    """From, to and words of every cue of a WebVTT file."""
    found = re.findall(r"([\d:.]+) --> ([\d:.]+)[^\n]*\n(.+?)(?:\n\n|\Z)", vtt, re.DOTALL)
    seconds = [
        [sum(float(part) * 60**i for i, part in enumerate(reversed(at.split(":")))) for at in (start, end)]
        for start, end, _ in found
    ]
    words = [" ".join(re.sub("<[^>]*>", "", said).split()) for _, _, said in found]
    return [(start, end, said) for (start, end), said in zip(seconds, words, strict=True)]


@pytest.mark.req("R85")
@pytest.mark.slow
def test_a_call_plays_seeks_and_its_words_follow(page: Page, lit_demo: Lit) -> None:
    ranges: list[Response] = []
    page.on(
        "response",
        lambda answer: (
            ranges.append(answer) if "/media/" in answer.url and "ogg" in answer.headers.get("content-type", "") else None
        ),
    )
    open_board(page, f"{lit_demo.url}/journey/arrives")
    clip = page.locator("#stage--arrives--walk--hear details[open]").first
    address = clip.locator("track").get_attribute("src") or ""
    script = cues(page.request.get(lit_demo.url + address).text())
    assert len(script) > 5

    clip.locator(".controls button").click()
    until(lambda: clip.locator("audio").evaluate("(audio) => audio.currentTime") > 0.5, page=page)
    clip.locator(".controls button").click()
    assert clip.locator("audio").evaluate("(audio) => audio.paused")

    for start, end, said in (script[len(script) // 2], script[-2], script[1]):
        length = clip.locator("audio").evaluate("(audio) => audio.duration")
        middle = (start + end) / 2
        clip.locator(".controls input").evaluate(
            "(seek, at) => { seek.value = at; seek.dispatchEvent(new Event('input', { bubbles: true })); }",
            middle / length * 1000,
        )
        until_text(page, "#stage--arrives--walk--hear details[open] .cues", said)
        assert abs(clip.locator("audio").evaluate("(audio) => audio.currentTime") - middle) < length / 500
        assert clip.locator(".cues .speaker").inner_text()
    assert {answer.status for answer in ranges} == {206}


@pytest.mark.req("R85")
def test_a_call_without_consent_does_not_play(page: Page, lit_demo: Lit) -> None:
    open_board(page, f"{lit_demo.url}/journey/help")
    lane = page.locator("#stage--help--walk--hear")
    assert "consent is not on file" in (lane.text_content() or "")
    with lit_demo.engine.connect() as connection:
        numbers = (
            connection.exec_driver_sql("SELECT id FROM media WHERE kind = 'call' AND consent NOT IN ('given', 'not needed')")
            .scalars()
            .all()
        )
    assert numbers
    for number in numbers:
        assert lane.locator(f'[src="/media/{number}"]').count() == 0
        assert page.request.get(f"{lit_demo.url}/media/{number}").status == 403
