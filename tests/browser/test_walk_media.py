"""What a stage shows and lets be heard, in a real browser: pictures to the pixel, paper that turns, calls and video."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Response

from tests.browser.chromium import Chromium
from tests.browser.serving import Lit
from tests.browser.watching import Watch, open_board, settled, until
from tests.conftest import AS_OF
from tests.fixtures import Light
from wallboard.settings import Room
from wallboard.store.versions import raise_versions

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HEAR, EXPERIENCE = "#stage--{}--walk--hear", "#stage--{}--walk--experience"


def box(locator: Locator) -> dict[str, float]:
    """Where it lies."""
    bounds = locator.bounding_box()
    assert bounds is not None
    return {"x": bounds["x"], "y": bounds["y"], "width": bounds["width"], "height": bounds["height"]}


def test_of_the_neighbours_only_what_stands_large_is_fetched_ahead(page: Page, lit_demo: Lit) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    open_board(page, f"{lit_demo.url}/journey/wait")
    until(lambda: asked.count("/board") >= 3, page=page)
    until(lambda: page.evaluate("() => !document.querySelector('.scene.shown .waiting')"), page=page)
    small = set(page.locator("#board img[src$=thumb]").evaluate_all("(all) => all.map((one) => new URL(one.src).pathname)"))
    films = set(
        page.locator("#board video").evaluate_all("(all) => all.map((one) => new URL(one.poster || '/', location).pathname)")
    )
    assert small and {path for path in asked if path.endswith("/thumb")} <= small | films
    assert [path for path in asked if path.removeprefix("/media/").isdecimal()], "and something large of them is"


# ---- pictures ----


@pytest.mark.req("R83")
@pytest.mark.parametrize("glass", [(1366, 768), (3840, 2160)], ids=["small", "4K"])
def test_a_picture_zooms_to_its_own_pixels_moves_and_closes(page: Page, lit_demo: Lit, glass: tuple[int, int]) -> None:
    page.set_viewport_size({"width": glass[0], "height": glass[1]})
    open_board(page, f"{lit_demo.url}/journey/arrives")
    picture = page.locator("img.zoom:visible").first
    natural = picture.evaluate("(image) => image.naturalWidth")
    picture.click()
    large = page.locator("#zoomed img")
    until(lambda: large.evaluate("(image) => image.complete && image.naturalWidth > 0"), page=page)
    until(lambda: box(large)["width"] >= min(natural, glass[0] * 0.9) - 1, page=page)
    page.keyboard.press("1")
    until(lambda: abs(box(large)["width"] - natural) < 1, page=page)
    assert page.locator("#zoomed .percent").inner_text() == "100 %"

    before = box(large)
    page.mouse.move(glass[0] / 2, glass[1] / 2)
    page.mouse.down()
    page.mouse.move(glass[0] / 2 + 80, glass[1] / 2 + 40, steps=3)
    page.mouse.up()
    assert (box(large)["x"] - before["x"], box(large)["y"] - before["y"]) == pytest.approx((80, 40), abs=1)
    page.keyboard.press("ArrowRight")
    assert box(large)["x"] < before["x"] + 80 and page.evaluate("location.pathname") == "/journey/arrives"
    page.keyboard.press("+")
    assert box(large)["width"] > natural
    page.keyboard.press("Escape")
    assert page.locator("#zoomed").count() == 0
    picture.focus()
    page.keyboard.press("Enter")
    page.locator("#zoomed .close").click()
    assert page.locator("#zoomed").count() == 0


def test_before_and_after_are_one_picture_whose_border_a_finger_moves(page: Page, fresh_room: Room, lit: Light) -> None:
    served = lit(fresh_room)
    with served.engine.begin() as connection:
        for path, moment in (("dented-box.png", "before"), ("missed-you-card.png", "after")):
            where = f"path LIKE '%{path}'"
            connection.exec_driver_sql(f"UPDATE media SET pair = 'doorstep', moment = '{moment}' WHERE {where}")
        raise_versions(connection, ["media"], AS_OF)
    open_board(page, f"{served.url}/journey/arrives")
    compare = page.locator(".compare")
    assert compare.locator(".moment").all_inner_texts() == ["before", "after"]
    thumb = page.locator(f"{EXPERIENCE.format('arrives')} .strip button", has=page.locator("i", has_text="⇄"))
    assert thumb.count() == 1
    thumb.click()
    there = box(compare)
    page.mouse.move(there["x"] + there["width"] / 2, there["y"] + 60)
    page.mouse.down()
    page.mouse.move(there["x"] + there["width"] * 0.2, there["y"] + 60, steps=4)
    page.mouse.up()
    assert compare.get_attribute("aria-valuenow") == "20"
    assert "20%" in compare.locator("img.after").evaluate("(image) => getComputedStyle(image).clipPath")
    compare.press("ArrowRight")
    assert compare.get_attribute("aria-valuenow") == "25" and page.evaluate("location.pathname") == "/journey/arrives"


# ---- paperwork ----


@pytest.fixture
def touched(chromium: Chromium) -> Iterator[BrowserContext]:
    """A tablet that is touched."""
    with chromium.context(viewport={"width": 1180, "height": 820}, has_touch=True, locale="en-GB") as context:
        yield context


def swipe(page: Page, locator: Locator, by: float) -> None:
    """A finger drawn across it, as slowly as fingers are: after a fling Chromium takes the next tap for a stop."""
    devtools, there = page.context.new_cdp_session(page), box(locator)
    x, y = there["x"] + there["width"] / 2 - by / 2, there["y"] + there["height"] / 2
    devtools.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for part in (0.3, 0.6, 0.9, 1, 1):
        page.wait_for_timeout(60)
        devtools.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x + by * part, "y": y}]})
    devtools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.req("R84")
def test_a_form_of_several_pages_opens_says_its_fields_and_turns_by_touch(touched: BrowserContext, lit_demo: Lit) -> None:
    page = touched.new_page()
    open_board(page, f"{lit_demo.url}/journey/help")
    lane = page.locator(EXPERIENCE.format("help"))
    paper = lane.locator(".paper").first
    number = paper.get_attribute("data-paper")
    lane.locator(f'.strip button[data-media="{number}"]').tap()
    assert paper.is_visible() and paper.get_attribute("data-pages") == "3"
    assert "3 pages, 52 fields" in lane.locator(f'figure[data-media="{number}"] figcaption').inner_text()
    image, at = paper.locator("img"), paper.locator(".at")

    def shows(page_number: int) -> bool:
        source = image.get_attribute("src") or ""
        drawn = image.evaluate("(one) => one.complete && one.naturalWidth > 300")
        return bool(f"/page/{page_number}?" in source and drawn and at.inner_text() == f"{page_number} of 3")

    until(lambda: shows(1), page=page)
    swipe(page, image, -150)
    until(lambda: shows(2), page=page)
    paper.locator(".turn.on").tap()
    until(lambda: shows(3), page=page)
    assert paper.locator(".turn.on").is_disabled()
    swipe(page, image, -150)
    swipe(page, image, 150)
    until(lambda: shows(2), page=page)
    image.focus()
    page.keyboard.press("ArrowLeft")
    until(lambda: shows(1), page=page)
    assert page.evaluate("location.pathname") == "/journey/help" and page.locator("#zoomed").count() == 0


# ---- calls ----


def cues(vtt: str) -> list[tuple[float, float, str]]:
    """From, to and words of every cue of a WebVTT file."""
    cue_texts = re.findall(r"([\d:.]+) --> ([\d:.]+)[^\n]*\n(.+?)(?:\n\n|\Z)", vtt, re.DOTALL)
    seconds = [
        [sum(float(part) * 60**i for i, part in enumerate(reversed(at.split(":")))) for at in (start, end)]
        for start, end, _ in cue_texts
    ]
    words = [" ".join(re.sub("<[^>]*>", "", cue).split()) for _, _, cue in cue_texts]
    return [(start, end, word) for (start, end), word in zip(seconds, words, strict=True)]


def here(clip: Locator) -> str:
    """The words that are marked as being said."""
    return " ".join(" ".join(clip.locator(".cue.here").all_inner_texts()).split())


@pytest.mark.req("R85")
def test_a_call_seeks_by_touch_and_its_words_follow_and_jump(page: Page, lit_demo: Lit) -> None:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    open_board(page, f"{lit_demo.url}/journey/arrives")
    clip = page.locator(f"{HEAR.format('arrives')} .clip.shown")
    audio, wave = clip.locator("audio"), clip.locator(".wave")
    script = cues(page.request.get(lit_demo.url + (clip.locator("track").get_attribute("src") or "")).text())
    assert len(script) > 5 and clip.locator(".speaker").first.inner_text()

    clip.locator(".play").click()
    until(lambda: audio.evaluate("(audio) => audio.currentTime") > 0.5, page=page)
    clip.locator(".play").click()
    assert audio.evaluate("(audio) => audio.paused")

    length, there = audio.evaluate("(audio) => audio.duration"), box(wave)
    for start, end, line in (script[len(script) // 2], script[-2], script[1]):
        middle = (start + end) / 2
        page.mouse.click(there["x"] + there["width"] * middle / length, there["y"] + there["height"] / 2)
        assert abs(audio.evaluate("(audio) => audio.currentTime") - middle) < length / 100
        until(lambda line=line: here(clip) and here(clip) in line, page=page)  # type: ignore[misc]
        assert clip.locator(".speaker").first.inner_text()
        played = wave.evaluate("(wave) => Number.parseFloat(wave.style.getPropertyValue('--left'))")
        assert 100 - played == pytest.approx(middle / length * 100, abs=2)

    lines = clip.locator(".cue")
    last = lines.nth(lines.count() - 1)
    wanted = " ".join(last.inner_text().split())
    last.click()
    until(lambda: here(clip) == wanted and not audio.evaluate("(audio) => audio.paused"), page=page)
    audio.evaluate("(audio) => audio.pause()")
    sound = [
        answer
        for answer in answers
        if re.search(r"/media/\d+$", answer.url) and "audio" in answer.headers.get("content-type", "")
    ]
    assert sound and {answer.status for answer in sound} == {206}


@pytest.mark.req("R85")
def test_a_call_without_consent_does_not_play(page: Page, lit_demo: Lit) -> None:
    open_board(page, f"{lit_demo.url}/journey/help")
    lane = page.locator(HEAR.format("help"))
    lane.locator(".strip button:has(.silent)").click()
    assert "consent is not on file" in lane.locator(".clip.shown").inner_text()
    with lit_demo.engine.connect() as connection:
        query = "SELECT id FROM media WHERE kind = 'call' AND consent NOT IN ('given', 'not needed')"
        numbers = connection.exec_driver_sql(query).scalars().all()
    assert numbers
    for number in numbers:
        assert lane.locator(f'[src="/media/{number}"]').count() == 0
        assert page.request.get(f"{lit_demo.url}/media/{number}").status == 403


# ---- video ----


@pytest.mark.req("R86")
def test_a_video_plays_muted_after_a_reload_without_a_click_and_shows_its_words(
    chromium: Chromium, fresh_room: Room, lit: Light
) -> None:
    served = lit(fresh_room)
    with served.engine.begin() as connection:
        others = "stage = 'wait' AND lane = 'experience' AND path NOT LIKE '%.webm'"
        connection.exec_driver_sql(f"DELETE FROM media WHERE {others}")
        raise_versions(connection, ["media"], AS_OF)
    with chromium.strict() as strict:
        page = strict.new_page(viewport={"width": 1920, "height": 1080})
        video = page.locator(f"{EXPERIENCE.format('wait')} .film video")
        for arrive in (lambda: open_board(page, f"{served.url}/journey/wait"), page.reload):
            arrive()
            settled(page)
            until(lambda: video.evaluate("(video) => !video.paused && video.muted && video.currentTime > 0.3"), page=page)
            until(lambda: page.locator(".page-of.shown .captions").inner_text().strip(), page=page)


def test_an_item_of_a_guided_walk_opens_plays_with_sound_stops_and_keeps_its_second(page: Page, lit_demo: Lit) -> None:
    open_board(page, f"{lit_demo.url}/journey/wait")
    clip = page.locator(f"{HEAR.format('wait')} .clip.shown")
    number, audio = clip.get_attribute("data-media"), clip.locator("audio")

    def order(sentence: str) -> None:
        page.evaluate(f"dispatchEvent(new CustomEvent('room:item', {{ detail: {{ item: '{number}', {sentence} }} }}))")

    order("playing: true, second: 6, sound: true")
    until(lambda: audio.evaluate("(one) => !one.paused && !one.muted && one.currentTime > 6"), page=page)
    order("playing: false, second: 9")
    until(lambda: audio.evaluate("(one) => one.paused && one.muted && Math.abs(one.currentTime - 9) < 0.5"), page=page)
    order("playing: true, second: 2, sound: false")
    until(lambda: audio.evaluate("(one) => !one.paused && one.muted"), page=page)


def test_one_thing_sounds_at_a_time_a_video_too(page: Page, lit_demo: Lit) -> None:
    open_board(page, f"{lit_demo.url}/journey/wait")
    film, call = page.locator(".film video"), page.locator(f"{HEAR.format('wait')} .clip.shown")
    number = film.evaluate("(video) => video.closest('figure').dataset.media")

    def order(item: str) -> None:
        detail = f"{{ item: '{item}', playing: true, second: 0, sound: true }}"
        page.evaluate(f"dispatchEvent(new CustomEvent('room:item', {{ detail: {detail} }}))")

    order(number)
    until(lambda: film.evaluate("(video) => !video.paused && !video.muted"), page=page)
    order(str(call.get_attribute("data-media")))
    until(lambda: call.locator("audio").evaluate("(audio) => !audio.paused && !audio.muted"), page=page)
    assert film.evaluate("(video) => video.muted && !video.hasAttribute('data-sounding')")


def test_a_picture_that_comes_later_takes_the_place_of_the_sentence(page: Page, watch: Watch, lit_demo: Lit) -> None:
    watch.forgive("ERR_FAILED")
    page.route("**/media/*", lambda route: route.abort(), times=1)
    page.goto(f"{lit_demo.url}/journey/look")
    until(lambda: page.locator("#board p.gone").count(), page=page)
    until(lambda: not page.locator("#board p.gone").count(), page=page)
    assert page.locator(".page-of.shown img").first.evaluate("(image) => !image.hidden && image.naturalWidth > 100")
