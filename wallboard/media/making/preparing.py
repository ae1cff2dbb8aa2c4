"""One file made ready for a browser: what it plays, its small picture, its pages, its waveform."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from wallboard.media.info import FILM, PAPER, PICTURE, SOUND, MediaInfo, refuse
from wallboard.media.made import HARMLESS, PEAKS, THUMB, Made, hash_of, page_name, part_of, write
from wallboard.media.making import acting, film, papers, pictures, sound
from wallboard.media.making.converting import convert, plays_already
from wallboard.media.making.probe import probe

AHEAD = 24
"""So many pages of a paper are drawn ahead; later ones when they are first turned to."""

WIDTH = 1920


@dataclass(frozen=True)
class Prepared:
    """A file that is ready: its hash, what it is, and whether that was done now."""

    sha256: str
    info: MediaInfo
    now: bool


def prepare(media: Path, file: Path) -> Prepared:
    """Make everything that a screen asks of a file, unless it has been made; MediaRefused where it cannot be shown."""
    made = Made(media, hash_of(file))
    if known := made.known():
        return Prepared(made.sha256, known, now=False)
    info = probe(file)
    made.folder.mkdir(parents=True, exist_ok=True)
    for half in made.folder.glob(".*.part"):
        half.unlink(missing_ok=True)
    try:
        name, mime = _MAKERS[info.sort](file, made, info)
        made.finish(info, name, mime)
    except BaseException:
        _without_nothing(made.folder)
        raise
    return Prepared(made.sha256, info, now=True)


def _picture(file: Path, made: Made, _info: MediaInfo) -> tuple[str, str]:
    content, ending = pictures.shown(file)
    write(made.folder / f"play.{ending}", content)
    made.piece(THUMB, lambda: pictures.thumb(file))
    return f"play.{ending}", f"image/{ending}"


def _paper(file: Path, made: Made, info: MediaInfo) -> tuple[str, str]:
    made.piece(THUMB, lambda: pictures.small(papers.page(file, 1, WIDTH // 2)))
    for number in range(1, min(info.pages or 0, AHEAD) + 1):
        made.piece(page_name(number, WIDTH), _page(file, number))
    if not info.scripted:
        return "", info.mime
    try:
        made.piece(HARMLESS, lambda: acting.harmless(file))
    except ValueError as error:
        raise refuse(file, f"holds JavaScript: {error}.", 'Print it to a plain PDF ("Save as PDF") and bring that.') from None
    return HARMLESS, info.mime


def _page(file: Path, number: int) -> Callable[[], bytes]:
    return lambda: pictures.as_webp(papers.page(file, number, WIDTH))


def _sound(file: Path, made: Made, info: MediaInfo) -> tuple[str, str]:
    made.piece(PEAKS, lambda: sound.peaks(file))
    return _clip(file, made, info)


def _film(file: Path, made: Made, info: MediaInfo) -> tuple[str, str]:
    made.piece(THUMB, lambda: film.still(file))
    if info.channels is not None:
        made.piece(PEAKS, lambda: sound.peaks(file))
    return ("", info.mime) if plays_already(info) else _clip(file, made, info)


def _clip(file: Path, made: Made, info: MediaInfo) -> tuple[str, str]:
    target = made.folder / "play.webm"
    half = part_of(target)
    try:
        mime = convert(file, half, info)
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)
    return target.name, mime


def _without_nothing(folder: Path) -> None:
    """A folder in which nothing was made is taken away again."""
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


_MAKERS: dict[str, Callable[[Path, Made, MediaInfo], tuple[str, str]]] = {
    PICTURE: _picture,
    PAPER: _paper,
    SOUND: _sound,
    FILM: _film,
}
