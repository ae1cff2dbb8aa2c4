"""One piece of one file by its name, made and kept."""

from collections.abc import Callable, Mapping
from pathlib import Path

from wallboard.media import info
from wallboard.media.forms import as_json
from wallboard.media.made import FORM, HARMLESS, PAGE, PEAKS, SHOWN, THUMB, Made
from wallboard.media.making import acting, film, papers, pictures, sound
from wallboard.media.making.form_fields import read_form
from wallboard.media.making.probe import sort_of

_THUMB_WIDTH = 960


def make(media: Path, file: Path, sha256: str, name: str) -> bytes:
    """A piece of a file; LookupError where a file of its sort has no such piece, MediaRefused, NoForm or OSError."""
    return Made(media, sha256).piece(name, lambda: _piece(file, name))


def _piece(file: Path, name: str) -> bytes:
    if page := PAGE.match(name):
        return _page(file, int(page["number"]), int(page["width"]))
    return _MAKERS[name](file)


def _thumb(file: Path) -> bytes:
    match sort_of(file):
        case info.PICTURE:
            return pictures.thumb(file)
        case info.FILM:
            return film.still(file)
        case info.PAPER:
            return pictures.small(papers.page(file, 1, _THUMB_WIDTH))
    raise LookupError("A call has no picture; its waveform is at /peaks.")


def _page(file: Path, number: int, width: int) -> bytes:
    """Page `number` of a paper as WebP; of a picture, which is its own page 1."""
    sort = sort_of(file)
    if sort == info.PICTURE and number == 1:
        return pictures.scaled(file, width)
    if sort != info.PAPER:
        raise LookupError("This file has no such page.")
    return pictures.as_webp(papers.page(file, number, width))


def _peaks(file: Path) -> bytes:
    if sort_of(file) not in (info.SOUND, info.FILM):
        raise LookupError("This file has no sound.")
    return sound.peaks(file)


_MAKERS: Mapping[str, Callable[[Path], bytes]] = {
    THUMB: _thumb,
    PEAKS: _peaks,
    HARMLESS: acting.harmless,
    SHOWN: lambda picture: pictures.shown(picture)[0],
    FORM: lambda paper: as_json(read_form(paper)),
}
