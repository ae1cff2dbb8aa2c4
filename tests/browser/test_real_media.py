"""Real media, taken in by `wallboard media`: screenshots, a form, telephone prompts and a film make the stages of a real room."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from tests.browser.serving import Lit, served
from tests.browser.watching import Watch, until
from tests.rooms import AT, RECEIVED, instant, media_room, missing
from wallboard.clock import stopped
from wallboard.media.making.probe import probe
from wallboard.metrics.media import stage_media
from wallboard.metrics.scope import Scope
from wallboard.store.schema import media

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.skipif(missing() is not None, reason=str(missing()))]


@pytest.fixture(scope="module")
def lit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lit]:
    room = media_room(tmp_path_factory.mktemp("real-media") / "room")
    with served(room, stopped(instant(AT))) as server:
        yield server


def number(lit: Lit, ending: str) -> int:
    """The number of a file by the end of its path."""
    with lit.engine.connect() as connection:
        return int(connection.execute(select(media.c.id).where(media.c.path.endswith(ending))).scalar_one())


@pytest.mark.req("R84")
def test_pages_and_fields_of_the_form_are_read_from_the_file(lit: Lit) -> None:
    with lit.engine.connect() as connection:
        stage_files = stage_media(connection, Scope.of(lit.room.settings, instant(AT)), stage="help")
    (form,) = (file for file in stage_files if file.kind == "paperwork")
    assert (form.pages, form.fields, form.mime, form.why_not) == (2, 64, "application/pdf", None)
    calls = [file for file in stage_files if file.kind == "call"]
    assert len(calls) == 7 and {call.mime for call in calls} == {"audio/webm"} and all(call.words for call in calls)
    assert max(call.seconds or 0 for call in calls) == pytest.approx(25.4, abs=0.1)


def test_every_file_was_taken_in_and_nothing_was_written_beside_the_originals(lit: Lit) -> None:
    with lit.engine.connect() as connection:
        listed = connection.execute(select(media.c.path)).scalars().all()
    assert len(listed) == len([path for path in (RECEIVED / "media").rglob("*.*") if path.is_file()]) == 17
    assert not (RECEIVED / "media" / ".made").exists()
    assert {probe(path).sort for path in lit.room.media.glob("*/*/*/*.*") if path.suffix != ".csv"} == {
        "picture", "sound", "film", "paper",
    }  # fmt: skip


@pytest.mark.req("R84")
def test_the_form_turns_its_pages_as_pictures(page: Page, lit: Lit) -> None:
    form = number(lit, ".pdf")
    page.goto(f"{lit.url}/healthz")
    sizes = page.evaluate(SIZES, [f"/media/{form}/page/{n}?width=3840" for n in (1, 2)] + [f"/media/{form}/thumb"])
    assert sizes[0][0] == sizes[1][0] == 3840 and max(sizes[2]) == 480


@pytest.mark.req("R85")
def test_a_prompt_plays_seeks_and_has_its_words(page: Page, lit: Lit) -> None:
    prompt = number(lit, "basic-pbx-ivr-main.wav")
    asked: list[int] = []
    page.on("response", lambda answer: asked.append(answer.status) if answer.url.endswith(f"/media/{prompt}") else None)
    page.goto(f"{lit.url}/healthz")
    page.evaluate(PLAY, ["audio", f"/media/{prompt}"])
    until(lambda: bool(page.evaluate("window.clip.currentTime > 20 && window.clip.readyState > 2")), 20)
    assert page.evaluate("window.clip.duration") == pytest.approx(25.4, abs=0.2)
    assert 206 in asked
    assert "To speak with a customer advocate, press two." in page.request.get(f"{lit.url}/captions/{prompt}.vtt").text()


def test_the_film_plays_muted_without_a_click(page: Page, watch: Watch, lit: Lit) -> None:
    film = number(lit, ".webm")
    part = page.request.get(f"{lit.url}/media/{film}", headers={"Range": "bytes=1000-1999"})
    assert (part.status, len(part.body()), part.headers["content-type"]) == (206, 1000, "video/webm")
    page.goto(f"{lit.url}/healthz")
    page.evaluate(PLAY, ["video", f"/media/{film}"])
    until(
        lambda: bool(page.evaluate("!window.clip.paused && window.clip.currentTime > 0.2 && window.clip.videoWidth === 1404")), 20
    )
    assert not watch.complaints


SIZES = """(addresses) => Promise.all(addresses.map((one) => new Promise((done) => {
    const image = new Image();
    image.onload = () => done([image.naturalWidth, image.naturalHeight]);
    image.onerror = () => done([0, 0]);
    image.src = one;
})))"""
PLAY = """([kind, address]) => {
    const clip = document.createElement(kind);
    clip.muted = true;
    clip.src = address;
    document.body.append(clip);
    window.clip = clip;
    clip.onloadedmetadata = () => { if (kind === "audio") { clip.currentTime = 21; } clip.play(); };
}"""
