"""What is made of media is served on the same terms as the media themselves; what cannot be shown says why, also as a picture."""

import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import Engine, select

from tests.loaders.media import files
from tests.metrics import given
from wallboard.media.made import hash_of
from wallboard.media.making.preparing import prepare
from wallboard.screens.media_files import MediaFiles
from wallboard.store.schema import media

TODAY = date(2026, 6, 30)
ADDRESSES = ("/media/{}", "/media/{}/thumb", "/media/{}/page/1", "/media/{}/peaks", "/captions/{}.vtt")
AS_PICTURE = {"Accept": "image/avif,image/webp,*/*;q=0.8"}
MIMES = {".png": "image/png", ".jpg": "image/jpeg", ".pdf": "application/pdf", ".wav": "audio/wav", ".mp4": "video/mp4"}
KINDS = {".png": "screenshot", ".jpg": "screenshot", ".pdf": "paperwork", ".wav": "call", ".mp4": "video"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "media").mkdir()
    return tmp_path / "media"


@pytest.fixture
def client(folder: Path, engine: Engine) -> Iterator[FlaskClient]:
    with engine.begin() as connection:
        given.journey(connection)
    server = Flask("media")
    server.register_blueprint(MediaFiles(folder, engine, lambda: TODAY).blueprint())
    with server.test_client() as client:
        yield client


def listed(engine: Engine, file: Path, **fields: Any) -> int:
    """The number of a file that the store lists."""
    plain = {"path": file.name, "kind": KINDS[file.suffix], "consent": "given", "mime": MIMES[file.suffix]}
    with engine.begin() as connection:
        given.media(connection, {**plain, "sha256": hash_of(file), **fields})
        return int(connection.execute(select(media.c.id).where(media.c.path == file.name)).scalar_one())


def pixels(content: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.format == "WEBP"
        return picture.size


@pytest.mark.req("R85")
@pytest.mark.parametrize("prepared", [False, True])
def test_a_clip_without_consent_cannot_be_fetched_at_any_address(
    client: FlaskClient, engine: Engine, folder: Path, prepared: bool
) -> None:
    file = files.film(folder / "a.mp4", frames=5, audible=True)
    if prepared:
        prepare(folder, file)
    number = listed(engine, file, consent="unknown", words="Hello")
    for address in ADDRESSES:
        answer = client.get(address.format(number))
        assert answer.status_code == 403 and "consent to show this is not on file" in answer.text, address
        shown = client.get(address.format(number), headers=AS_PICTURE)
        assert (shown.status_code, shown.mimetype) == (403, "image/svg+xml") and "not on file" in shown.text, address


@pytest.mark.parametrize("suffix", [".png", ".wav"])
def test_nothing_is_shown_after_the_last_day_of_its_retention(
    client: FlaskClient, engine: Engine, folder: Path, suffix: str
) -> None:
    make = files.picture if suffix == ".png" else files.sound
    gone = listed(engine, make(folder / f"gone{suffix}"), retention_until=date(2026, 6, 29), words="Hi")
    here = listed(engine, make(folder / f"here{suffix}"), retention_until=TODAY, words="Hi")
    for address in ADDRESSES:
        answer = client.get(address.format(gone))
        assert answer.status_code == 403 and "kept until 29 June 2026" in answer.text, address
        with client.get(address.format(here)) as shown:
            assert shown.status_code != 403, address


@pytest.mark.slow
def test_a_small_picture_a_page_and_a_waveform_are_made_when_first_asked_for_and_kept(
    client: FlaskClient, engine: Engine, folder: Path
) -> None:
    shot, paper = files.picture(folder / "a.png", (1200, 800)), files.paper(folder / "a.pdf", pages=2)
    call, film = files.sound(folder / "a.wav", 2), files.film(folder / "a.mp4", frames=5)
    numbers = {file.suffix: listed(engine, file) for file in (shot, paper, call, film)}
    assert pixels(client.get(f"/media/{numbers['.png']}/thumb").data) == (480, 320)
    assert pixels(client.get(f"/media/{numbers['.mp4']}/thumb").data) == (160, 90)
    assert pixels(client.get(f"/media/{numbers['.pdf']}/thumb").data) == (360, 480)
    shape = client.get(f"/media/{numbers['.wav']}/peaks").get_json()
    assert shape["seconds"] == 2 and len(shape["peaks"]) == 200 and 0.9 < max(shape["peaks"]) <= 1
    kept = folder / ".made" / hash_of(shot) / "thumb.webp"
    files.picture(kept.with_suffix(".png"), (5, 5)).rename(kept)
    again = client.get(f"/media/{numbers['.png']}/thumb")
    assert again.data == kept.read_bytes() and again.cache_control.private


@pytest.mark.slow
@pytest.mark.req("R84")
def test_pages_are_pictures_as_wide_as_is_asked_and_no_wider_than_4k(client: FlaskClient, engine: Engine, folder: Path) -> None:
    number = listed(engine, files.paper(folder / "a.pdf", pages=2))
    widths = [pixels(client.get(f"/media/{number}/page/2?width={asked}").data)[0] for asked in (1, 960, 1500, 99999)]
    assert widths == [960, 960, 1920, 3840]
    assert pixels(client.get(f"/media/{number}/page/1?width=nonsense").data) == (1920, 2560)
    for page in (0, 3):
        answer = client.get(f"/media/{number}/page/{page}")
        assert answer.status_code == 404 and "has 2 pages" in answer.text


def test_what_was_prepared_is_played_in_ranges(client: FlaskClient, engine: Engine, folder: Path) -> None:
    file = files.sound(folder / "a.wav", 2)
    number = listed(engine, file)
    with client.get(f"/media/{number}") as original:
        assert original.mimetype == "audio/wav"
    prepare(folder, file)
    whole = client.get(f"/media/{number}")
    with client.get(f"/media/{number}", headers={"Range": "bytes=100-299"}) as part:
        assert (part.status_code, part.mimetype, part.data) == (206, "audio/webm", whole.data[100:300])
    whole.close()


def test_a_paper_is_never_handed_out_with_its_scripts(client: FlaskClient, engine: Engine, folder: Path) -> None:
    number = listed(engine, files.paper(folder / "a.pdf", script="app.alert(1)", hidden=True))
    with client.get(f"/media/{number}") as answer:
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        assert answer.data.startswith(b"%PDF") and b"JavaScript" not in answer.data


@pytest.mark.req("R83")
def test_a_missing_or_broken_file_is_a_picture_that_says_so(client: FlaskClient, engine: Engine, folder: Path) -> None:
    gone, broken = files.picture(folder / "gone.png"), files.picture(folder / "broken.png", colour="red")
    numbers = [listed(engine, file) for file in (gone, broken)]
    gone.unlink()
    broken.write_bytes(broken.read_bytes()[:40])
    for number, expected in zip(numbers, ("missing from the media folder", "is damaged"), strict=True):
        answer = client.get(f"/media/{number}/thumb", headers=AS_PICTURE)
        words = " ".join(part.split("<")[0] for part in answer.text.split('">'))
        assert (answer.status_code, answer.mimetype) == (404, "image/svg+xml")
        assert expected in " ".join(words.split())
    plain = client.get(f"/media/{numbers[0]}")
    assert plain.status_code == 404 and "missing from the media folder" in plain.text


def test_a_picture_that_was_replaced_is_not_kept_under_the_old_one(client: FlaskClient, engine: Engine, folder: Path) -> None:
    file = files.picture(folder / "a.png")
    number, before = listed(engine, file), hash_of(file)
    files.picture(file, (30, 60), "red")
    assert pixels(client.get(f"/media/{number}/thumb").data) == (30, 60)
    assert [path.name for path in (folder / ".made").iterdir()] == [hash_of(file)] != [before]


@pytest.mark.parametrize(
    ("suffix", "address", "sentence"),
    [
        (".png", "peaks", "no sound"),
        (".wav", "thumb", "no picture"),
        (".wav", "page/1", "no such page"),
        (".png", "page/2", "no such"),
    ],
)
def test_what_a_file_does_not_have_is_not_there(
    client: FlaskClient, engine: Engine, folder: Path, suffix: str, address: str, sentence: str
) -> None:
    make = files.picture if suffix == ".png" else files.sound
    answer = client.get(f"/media/{listed(engine, make(folder / f'a{suffix}'))}/{address}")
    assert answer.status_code == 404 and sentence in answer.text


def test_a_photograph_is_never_handed_out_with_what_its_camera_wrote(client: FlaskClient, engine: Engine, folder: Path) -> None:
    file = files.picture(folder / "a.jpg", (90, 60), turned=6)
    assert files.SECRET.encode() in file.read_bytes()
    answer = client.get(f"/media/{listed(engine, file)}")
    assert answer.mimetype == "image/webp" and pixels(answer.data) == (60, 90) and files.SECRET.encode() not in answer.data


def test_a_screenshot_is_never_handed_out_with_what_its_maker_wrote_and_keeps_its_pixels(
    client: FlaskClient, engine: Engine, folder: Path
) -> None:
    exif = Image.Exif()
    exif[0x010E] = files.SECRET
    file = folder / "a.png"
    Image.new("RGB", (30, 20), "#123456").save(file, exif=exif)
    assert files.SECRET.encode() in file.read_bytes()
    answer = client.get(f"/media/{listed(engine, file)}")
    assert answer.mimetype == "image/png" and files.SECRET.encode() not in answer.data
    with Image.open(io.BytesIO(answer.data)) as shown:
        assert shown.getpixel((3, 3)) == (0x12, 0x34, 0x56)


@pytest.mark.parametrize("mime", ["text/html", "image/svg+xml", "application/octet-stream", "audio/x-amr", ""])
def test_what_a_browser_could_run_is_not_served(client: FlaskClient, engine: Engine, folder: Path, mime: str) -> None:
    assert client.get(f"/media/{listed(engine, files.picture(folder / 'a.png'), mime=mime)}").status_code == 415


@pytest.mark.req("R85")
def test_captions_are_the_transcript_where_it_matches_its_clip(client: FlaskClient, engine: Engine, folder: Path) -> None:
    cue = "WEBVTT\n\n00:00.000 --> 00:{}.000\n<v Agent>Good morning\n"
    (folder / "short.vtt").write_text(cue.format("02"), encoding="utf-8")
    (folder / "long.vtt").write_text(cue.format("50"), encoding="utf-8")
    (folder / "words.srt").write_text("1\n00:00:00,000 --> 00:00:02,000\nGood morning\n", encoding="utf-8")
    captions: list[tuple[int, bool, bool]] = []
    for name, words in (("short.vtt", "Hi"), ("words.srt", "Hi"), ("long.vtt", "Hi"), ("gone.vtt", None), ("long.vtt", None)):
        file = files.sound(folder / f"{len(captions)}.wav")
        answer = client.get(f"/captions/{listed(engine, file, transcript=name, words=words, seconds=2.0)}.vtt")
        captions.append((answer.status_code, "Good morning" in answer.text, "\nHi\n" in answer.text))
    assert captions[:3] == [(200, True, False), (200, True, False), (200, False, True)]
    assert [status for status, *_ in captions[3:]] == [404, 404]


def test_peaks_are_plain_json(client: FlaskClient, engine: Engine, folder: Path) -> None:
    answer = client.get(f"/media/{listed(engine, files.sound(folder / 'a.wav', channels=2))}/peaks")
    assert answer.mimetype == "application/json"
    assert {name: len(value) for name, value in json.loads(answer.data).items() if name != "seconds"} == {
        "peaks": 100,
        "channels": 2,
    }
