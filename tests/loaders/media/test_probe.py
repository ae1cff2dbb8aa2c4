"""What a file is, from its content; and every file that cannot or may not be shown is refused by name."""

import os
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import at_most
from tests.loaders.media import files
from wallboard.media.info import MediaRefused
from wallboard.media.making.probe import probe


@pytest.mark.req("R84")
def test_pages_and_fields_are_read_from_the_paper(tmp_path: Path) -> None:
    info = probe(files.paper(tmp_path / "form.pdf", pages=3, fields=5))
    assert (info.sort, info.pages, info.fields, info.scripted) == ("paper", 3, 5, False)
    assert probe(files.paper(tmp_path / "plain.pdf", fields=0)).fields == 0


def test_pictures_sounds_and_films_are_measured(tmp_path: Path) -> None:
    shown = probe(files.picture(tmp_path / "a.jpg", (80, 60), turned=6))
    assert (shown.sort, shown.mime, shown.width, shown.height) == ("picture", "image/jpeg", 60, 80)
    taken = probe(files.picture(tmp_path / "IMG_0001.HEIC", (80, 60)))
    assert (taken.sort, taken.mime, taken.width, taken.height) == ("picture", "image/heif", 80, 60), "as phones take them"
    info = probe(files.sound(tmp_path / "a.wav", 1.5, channels=2))
    assert (info.sort, info.mime, info.seconds, info.channels) == ("sound", "audio/wav", 1.5, 2)
    seen = probe(files.film(tmp_path / "a.mp4"))
    assert (seen.sort, seen.mime, seen.width, seen.height, seen.seconds) == ("film", "video/mp4", 160, 90, 1.0)


def bomb(file: Path, width: int = 50_000, height: int = 50_000) -> Path:
    """A PNG of some hundred bytes that says it is 2.5 billion pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    file.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )
    return file


def renamed(file: Path, name: str) -> Path:
    return file.rename(file.with_name(name))


def text(file: Path, content: str | bytes) -> Path:
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


SVG = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">{}</svg>'
PLAYLIST = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n/etc/passwd\n#EXT-X-ENDLIST\n"
REFUSED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "empty": (lambda at: text(at / "a.png", ""), "is empty"),
    "cut off": (lambda at: text(at / "a.png", b"\x89PNG\r\n\x1a\n\0\0"), "is damaged"),
    "too many pixels": (lambda at: bomb(at / "a.png"), "more than 80 million pixels"),
    "picture that says it is a call": (lambda at: renamed(files.picture(at / "a.png"), "a.wav"), "is a picture, not what '.wav'"),
    "call that says it is a picture": (lambda at: renamed(files.sound(at / "a.wav"), "a.png"), "is a sound, not what '.png'"),
    "paper that says it is a picture": (lambda at: renamed(files.paper(at / "a.pdf"), "a.jpg"), "is a PDF, not what '.jpg'"),
    "SVG with a script": (lambda at: text(at / "a.svg", SVG.format("<script>alert(1)</script>")), "an SVG with a script"),
    "SVG": (lambda at: text(at / "a.svg", SVG.format("")), "is an SVG"),
    "SVG named PNG": (lambda at: text(at / "a.png", SVG.format("<SCRIPT/>")), "an SVG with a script"),
    "web page": (lambda at: text(at / "a.png", "<!DOCTYPE html><p>Sign in"), "is a web page"),
    "locked paper": (lambda at: files.paper(at / "a.pdf", password="tea"), "asks for a password"),
    "paper that starts a program": (lambda at: files.paper(at / "a.pdf", launch="cmd.exe"), "starts a program"),
    "broken paper": (lambda at: text(at / "a.pdf", "%PDF-1.7\nnothing"), "is damaged"),
    "paper of no page": (lambda at: files.paper(at / "a.pdf", pages=0, fields=0), "without a page"),
    "words": (lambda at: text(at / "a.docx", "PK\x03\x04"), "is an archive"),
    "program": (lambda at: text(at / "a.mp4", b"\x7fELF\2\1\1"), "is a program"),
    "playlist that names another file": (lambda at: text(at / "a.mp4", PLAYLIST), "damaged or no clip"),
    "list of other files": (lambda at: text(at / "a.wav", "ffconcat version 1.0\nfile /etc/passwd\n"), "damaged or no clip"),
    "cut-off call": (lambda at: text(at / "a.wav", files.sound(at / "b.wav").read_bytes()[:30]), "damaged or no clip"),
    "noise": (lambda at: text(at / "a.mp3", bytes(range(256)) * 8), ""),
}


@pytest.mark.req("R83")
@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_or_may_not_be_shown_is_refused_by_name(tmp_path: Path, what: str) -> None:
    make, reason = REFUSED[what]
    file = make(tmp_path)
    with pytest.raises(MediaRefused) as refused:
        probe(file)
    assert reason in refused.value.what and refused.value.where == file.name and refused.value.remedy


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "huge.png"
    with file.open("wb") as out:
        out.write(b"\x89PNG\r\n\x1a\n")
        os.truncate(out.fileno(), 201 * 2**20)
    with pytest.raises(MediaRefused, match="larger than 200 MB"):
        probe(file)


@settings(max_examples=at_most(60))
@given(
    content=st.binary(min_size=1, max_size=600),
    head=st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"%PDF-1.4\n", b"RIFF", b"\xff\xd8\xff"]),
)
def test_no_bytes_make_it_fail(tmp_path_factory: pytest.TempPathFactory, content: bytes, head: bytes) -> None:
    file = text(tmp_path_factory.mktemp("any") / "any.bin", head + content)
    try:
        assert probe(file).sort in ("picture", "sound", "film", "paper")
    except MediaRefused as refused:
        assert refused.what and refused.remedy
