"""What is made of a file: evened, scaled, without what a camera wrote; the same again from the same file, and only once."""

import json
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import av
import numpy as np
import pytest
from PIL import Image
from pypdf.errors import DependencyError

from tests.loaders.media import files
from wallboard.media import pieces
from wallboard.media.info import MediaRefused
from wallboard.media.made import THUMB, Made, part_of
from wallboard.media.making import acting, papers
from wallboard.media.making.making import make
from wallboard.media.making.papers import measured
from wallboard.media.making.preparing import prepare
from wallboard.media.making.probe import probe

pytestmark = pytest.mark.slow


@pytest.fixture
def media(tmp_path: Path) -> Path:
    return tmp_path / "media"


def played(media: Path, file: Path) -> tuple[Path, str]:
    """What a browser plays of a file that was prepared."""
    content, mime = pieces.played(media, file, prepare(media, file).sha256, "as it came")
    assert isinstance(content, Path)
    return content, mime


def loudness(file: Path) -> tuple[float, list[float]]:
    """The loudness of a clip in decibels, and that of each channel."""
    with av.open(str(file)) as clip:
        sound = np.concatenate([frame.to_ndarray().astype(float) for frame in clip.decode(audio=0)], axis=1)
    each = [float(20 * np.log10(np.sqrt((frame**2).mean()) + 1e-9)) for frame in sound]
    return max(each), each


def test_a_whisper_and_a_shout_come_out_as_loud(media: Path) -> None:
    whisper, mime = played(media, files.sound(media / "whisper.wav", 4, loud=0.01))
    shout, _ = played(media, files.sound(media / "shout.wav", 4, loud=0.8))
    assert mime == "audio/webm" and probe(whisper).codecs == ("opus",)
    assert abs(loudness(whisper)[0] - loudness(shout)[0]) < 2
    assert probe(whisper).seconds == pytest.approx(4, abs=0.1)


def test_each_speaker_keeps_a_channel(media: Path) -> None:
    file = files.sound(media / "two.wav", 4, channels=2)
    left, right = loudness(played(media, file)[0])[1]
    assert left > right + 30
    shape = json.loads(pieces.peaks(media, file, prepare(media, file).sha256))
    assert len(shape["peaks"]) == 200 and max(shape["peaks"]) == 1 and shape["seconds"] == 4
    assert max(shape["channels"][0]) == 1 and max(shape["channels"][1]) < 0.01


def test_a_phones_picture_is_shown_as_a_picture(media: Path) -> None:
    file, mime = played(media, files.picture(media / "IMG_0001.HEIC", (80, 60), colour="red"))
    assert mime == "image/webp"
    with Image.open(file) as shown:
        assert shown.size == (80, 60) and shown.convert("RGB").getpixel((40, 30))[0] > 200  # type: ignore[index]


def test_nothing_that_a_camera_wrote_is_left_and_the_picture_stands_upright(media: Path) -> None:
    file = files.picture(media / "a.jpg", (90, 60), turned=6)
    content, mime = played(media, file)
    assert files.SECRET.encode() in file.read_bytes() and files.SECRET.encode() not in content.read_bytes()
    with Image.open(content) as shown:
        assert (mime, shown.size, dict(shown.getexif())) == ("image/webp", (60, 90), {})
    with Image.open(Made(media, prepare(media, file).sha256).folder / "thumb.webp") as thumb:
        assert thumb.size == (60, 90)


def test_a_screenshot_stays_sharp_to_the_pixel_and_a_huge_one_is_scaled_for_4k(media: Path) -> None:
    small, mime = played(media, files.picture(media / "small.png", (300, 200), "#123456"))
    with Image.open(small) as shown:
        assert (mime, shown.size, shown.convert("RGB").getpixel((7, 7))) == ("image/png", (300, 200), (0x12, 0x34, 0x56))
    with Image.open(played(media, files.picture(media / "huge.png", (5000, 1000)))[0]) as shown:
        assert shown.size == (3840, 768)


def test_a_film_becomes_vp9_of_at_most_1080_lines_with_even_sound(media: Path) -> None:
    shown, mime = played(media, files.film(media / "big.mp4", (2560, 1440), frames=5, audible=True))
    info = probe(shown)
    assert (mime, info.codecs, info.width, info.height) == ("video/webm", ("vp9", "opus"), 1920, 1080)
    upright = probe(played(media, files.film(media / "phone.mp4", (720, 1280), frames=5))[0])
    assert (upright.width, upright.height, upright.channels) == (720, 1280, None)


def heard_from(file: Path) -> float:
    """The second at which something is first heard, counted from the first picture."""
    with av.open(str(file)) as clip:
        shown = next(clip.decode(video=0)).time or 0.0
    with av.open(str(file)) as clip:
        loud = [frame.time for frame in clip.decode(audio=0) if np.abs(frame.to_ndarray()).max() > 0.02]
    return (loud[0] or 0.0) - shown


@pytest.mark.parametrize(("ending", "begins"), [("mp4", 0), ("mkv", 0), ("ts", 0), ("ts", 30), ("mkv", 30)])
def test_what_is_heard_later_in_a_film_stays_later(media: Path, ending: str, begins: int) -> None:
    file = files.film(media / f"a.{ending}", frames=75, audible=True, late=2, begins=begins)
    assert heard_from(file) == pytest.approx(2, abs=0.1)
    shown = played(media, file)[0]
    assert heard_from(shown) == pytest.approx(2, abs=0.1)
    assert probe(shown).seconds == pytest.approx(5, abs=0.3)


def _pictured(frame: av.VideoFrame) -> Image.Image:
    shown: Image.Image = frame.to_image()  # type: ignore[no-untyped-call]
    return shown


def brightest(picture: Image.Image) -> str:
    """Along which of its edges a picture is brightest."""
    grey = np.asarray(picture.convert("L"), float)
    edges = {"left": grey[:, :5], "right": grey[:, -5:], "top": grey[:5], "bottom": grey[-5:]}
    return max(edges, key=lambda edge: float(edges[edge].mean()))


@pytest.mark.parametrize(("turned", "edge"), [(0, "left"), (90, "bottom"), (-90, "top"), (180, "right")])
def test_a_film_from_a_phone_held_upright_stands_upright_everywhere(media: Path, turned: int, edge: str) -> None:
    file = files.film(media / "a.mp4", (160, 90), frames=5, turned=turned)
    size = (90, 160) if turned % 180 else (160, 90)
    info, content = probe(file), played(media, file)[0]
    shown = probe(content)
    assert (info.width, info.height) == (shown.width, shown.height) == size
    with Image.open(Made(media, prepare(media, file).sha256).folder / "thumb.webp") as thumb:
        assert (thumb.size, brightest(thumb)) == (size, edge)
    with av.open(str(content)) as clip:
        assert brightest(_pictured(next(clip.decode(video=0)))) == edge


@pytest.mark.parametrize("ending", ["aac", "mp3"])
def test_sound_without_an_index_is_as_long_as_it_runs(media: Path, ending: str) -> None:
    file = files.uneven(media / f"a.{ending}", 20)
    assert probe(file).seconds == pytest.approx(20, abs=0.2)
    assert probe(played(media, file)[0]).seconds == pytest.approx(20, abs=0.2)
    assert json.loads(pieces.peaks(media, file, prepare(media, file).sha256))["seconds"] == pytest.approx(20, abs=0.2)


def test_a_silent_film_that_browsers_play_stays_as_it_is(media: Path) -> None:
    file = files.film(media / "a.webm", codec="libvpx-vp9", frames=5)
    assert played(media, file) == (file, "as it came")


@pytest.mark.req("R84")
def test_pages_are_drawn_ahead_with_what_stands_in_the_fields(media: Path) -> None:
    file = files.paper(media / "form.pdf", pages=3)
    made = Made(media, prepare(media, file).sha256)
    assert sorted(path.name for path in made.folder.iterdir()) == [
        "facts.json", "page-1-1920.webp", "page-2-1920.webp", "page-3-1920.webp", "thumb.webp",
    ]  # fmt: skip
    with Image.open(made.folder / "page-2-1920.webp") as page:
        assert page.size == (1920, 2560)
    assert pieces.played(media, file, made.sha256, "application/pdf")[1] == "application/pdf"


@pytest.mark.parametrize("hidden", [False, True])
def test_a_paper_with_scripts_is_only_handed_out_without_them(media: Path, hidden: bool) -> None:
    file = files.paper(media / "form.pdf", script="app.alert(1)", hidden=hidden)
    assert prepare(media, file).info.scripted
    copy, _ = played(media, file)
    assert b"/JavaScript" in file.read_bytes() and b"/JavaScript" not in copy.read_bytes() and b"/JS" not in copy.read_bytes()
    info = measured(copy)
    assert (info.scripted, info.pages, info.fields) == (False, 2, 3)


@pytest.mark.parametrize("script", ["", "app.alert(1)"])
def test_a_paper_that_is_only_locked_against_changes_is_read_drawn_and_shown(media: Path, script: str) -> None:
    file = files.paper(media / "form.pdf", pages=2, fields=3, script=script, owner="tea")
    info = prepare(media, file).info
    assert (info.pages, info.fields, info.scripted) == (2, 3, bool(script))
    if script:
        copy = measured(played(media, file)[0])
        assert (copy.scripted, copy.pages, copy.fields) == (False, 2, 3)


def test_a_paper_that_is_locked_in_a_way_that_nobody_here_opens_says_so(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object, **__: object) -> None:
        raise DependencyError("cryptography>=3.1 is required for AES algorithm")

    file = files.paper(media / "form.pdf")
    for place in (papers, acting):
        monkeypatch.setattr(place, "PdfReader", locked)
    for read in (papers.measured, acting.harmless):
        with pytest.raises(MediaRefused, match="is locked with AES, which is only read where the Python package"):
            read(file)


def test_the_same_file_gives_the_same_bytes_again(media: Path, tmp_path: Path) -> None:
    sources = [
        files.sound(media / "a.wav"), files.picture(media / "a.jpg"), files.film(media / "a.mp4", frames=5, audible=True),
        files.paper(media / "a.pdf"),
    ]  # fmt: skip
    for file in sources:
        first, again = (Made(at, prepare(at, file).sha256).folder for at in (media, tmp_path / "again"))
        assert {path.name: path.read_bytes() for path in first.iterdir()} == {
            path.name: path.read_bytes() for path in again.iterdir()
        }


def test_only_what_is_missing_is_made(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = files.sound(media / "a.wav")
    monkeypatch.setattr("wallboard.media.making.preparing.convert", _interrupted)
    with pytest.raises(KeyboardInterrupt):
        prepare(media, file)
    [folder] = (media / ".made").iterdir()
    assert [path.name for path in folder.iterdir()] == ["peaks.json"], "nothing half-written"
    (folder / ".99-play.webm.part").write_bytes(b"half, of a run that was killed")
    monkeypatch.undo()
    assert prepare(media, file).now
    assert sorted(path.name for path in folder.iterdir()) == ["facts.json", "peaks.json", "play.webm"]
    before = (folder / "play.webm").stat().st_mtime_ns
    assert not prepare(media, file).now and (folder / "play.webm").stat().st_mtime_ns == before


def _interrupted(file: Path, target: Path, _info: object) -> str:
    target.write_bytes(b"half")
    raise KeyboardInterrupt


@pytest.mark.parametrize("what", ["a.png", "a.wav", "a.mp4"])
def test_what_breaks_off_in_the_middle_is_refused_or_played_as_far_as_it_goes(media: Path, what: str) -> None:
    makers: dict[str, Callable[[Path], Path]] = {"a.png": files.picture, "a.wav": files.sound, "a.mp4": files.film}
    file = makers[what](media / what)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    try:
        prepare(media, file)
    except MediaRefused as refused:
        assert refused.what and refused.remedy
        assert not list((media / ".made").glob("*/*"))


def test_two_threads_that_make_the_same_piece_do_not_write_into_one_another(media: Path) -> None:
    written = [part_of(media / "thumb.webp")]
    other = Thread(target=lambda: written.append(part_of(media / "thumb.webp")))
    other.start()
    other.join()
    assert written[0] != written[1] and len({path.parent for path in written}) == 1


def test_a_folder_that_cannot_be_written_still_shows(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = files.picture(media / "a.png")

    def read_only(*_: object) -> None:
        raise PermissionError(13, "read-only")

    monkeypatch.setattr("wallboard.media.made.write", read_only)
    assert make(media, file, "0" * 64, THUMB)[:4] == b"RIFF"
