"""The media folder is served by number: with ranges and captions, never outside the folder, never without consent."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from tests.loaders.media import files
from tests.metrics import given
from wallboard.screens.media_files import MediaFiles
from wallboard.store.schema import media

TODAY = date(2026, 6, 30)
SOUND = bytes(range(256)) * 4


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "media"
    folder.mkdir()
    (folder / "call.ogg").write_bytes(SOUND)
    (folder / "call.vtt").write_text("WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n<v Agent>Good morning\n", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (folder / "link.png").symlink_to(tmp_path / "secret.txt")
    return folder


@pytest.fixture
def client(folder: Path, engine: Engine) -> Iterator[FlaskClient]:
    server = Flask("media")
    server.register_blueprint(MediaFiles(folder, engine, lambda: TODAY).blueprint())
    with server.test_client() as client:
        yield client


def listed(engine: Engine, path: str, **fields: str | None) -> int:
    """The number of a file that the store lists."""
    with engine.begin() as connection:
        given.journey(connection) if connection.execute(select(media.c.id)).first() is None else None
        call = {"kind": "call", "lane": "hear", "consent": "given", "mime": "audio/ogg"}
        given.media(connection, {"path": path, **call, **fields})
        return int(connection.execute(select(media.c.id).where(media.c.path == path)).scalar_one())


def test_a_file_is_served_whole_and_in_ranges(client: FlaskClient, engine: Engine) -> None:
    number = listed(engine, "call.ogg")
    with client.get(f"/media/{number}") as whole:
        assert (whole.status_code, whole.data, whole.mimetype) == (200, SOUND, "audio/ogg")
        assert whole.headers["Accept-Ranges"] == "bytes"
    with client.get(f"/media/{number}", headers={"Range": "bytes=100-199"}) as part:
        assert (part.status_code, part.data) == (206, SOUND[100:200])
        assert part.headers["Content-Range"] == f"bytes 100-199/{len(SOUND)}"
    with client.get(f"/media/{number}", headers={"Range": "bytes=-24"}) as tail:
        assert (tail.status_code, tail.data) == (206, SOUND[-24:])
    with client.get(f"/media/{number}", headers={"Range": f"bytes={len(SOUND)}-"}) as past:
        assert past.status_code == 416


@pytest.mark.parametrize("path", ["../secret.txt", "deep/../../secret.txt", "/etc/hostname", "link.png", "gone.ogg", ""])
def test_what_lies_outside_the_folder_or_nowhere_is_not_there(client: FlaskClient, engine: Engine, path: str) -> None:
    answer = client.get(f"/media/{listed(engine, path)}")
    assert answer.status_code == 404
    assert b"secret" not in answer.data and b"Traceback" not in answer.data


def test_a_transcript_outside_the_folder_is_not_there(client: FlaskClient, engine: Engine) -> None:
    assert client.get(f"/captions/{listed(engine, 'call.ogg', transcript='../secret.txt')}.vtt").status_code == 404


@pytest.mark.parametrize("address", ["/media/999", "/captions/999.vtt", "/media/call.ogg", "/media/..%2Fsecret.txt", "/media/-1"])
def test_only_what_the_store_lists_has_an_address(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("consent", ["unknown", "withdrawn"])
def test_a_call_without_consent_is_refused_and_so_are_its_words(client: FlaskClient, engine: Engine, consent: str) -> None:
    number = listed(engine, "call.ogg", consent=consent, transcript="call.vtt")
    assert client.get(f"/media/{number}").status_code == 403
    assert client.get(f"/captions/{number}.vtt").status_code == 403


@pytest.mark.parametrize(("consent", "status"), [("unknown", 200), ("not needed", 200), ("given", 200), ("withdrawn", 403)])
def test_a_picture_without_people_is_shown_unless_consent_was_withdrawn(
    client: FlaskClient, engine: Engine, folder: Path, consent: str, status: int
) -> None:
    files.picture(folder / "form.png")
    number = listed(engine, "form.png", kind="screenshot", lane="experience", mime="image/png", consent=consent)
    with client.get(f"/media/{number}") as answer:
        assert answer.status_code == status


def test_captions_are_the_transcript_or_else_the_words(client: FlaskClient, engine: Engine) -> None:
    timed, plain = listed(engine, "call.ogg", transcript="call.vtt"), listed(engine, "other.ogg", words="A < B --> & so on")
    answer = client.get(f"/captions/{timed}.vtt")
    assert answer.mimetype == "text/vtt" and "<v Agent>Good morning" in answer.text
    assert "A &lt; B → &amp; so on" in client.get(f"/captions/{plain}.vtt").text
    assert client.get(f"/captions/{listed(engine, 'mute.ogg')}.vtt").status_code == 404


@pytest.mark.parametrize("transcript", ["gone.vtt", "Good morning. " * 40, "../secret.txt"])
def test_captions_are_the_words_where_the_transcript_is_no_file(client: FlaskClient, engine: Engine, transcript: str) -> None:
    answer = client.get(f"/captions/{listed(engine, 'call.ogg', transcript=transcript, words='Hello')}.vtt")
    assert answer.status_code == 200 and "Hello" in answer.text


def test_a_path_that_is_no_path_is_not_there(client: FlaskClient, engine: Engine) -> None:
    assert client.get(f"/media/{listed(engine, 'a' * 400 + '.ogg')}").status_code == 404
