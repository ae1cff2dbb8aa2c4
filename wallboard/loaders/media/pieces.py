"""What a screen asks of one file: to be played, its small picture, a page, its waveform; made when first asked for, and kept."""

from pathlib import Path

from wallboard.loaders.media import acting, film, papers, pictures, sound
from wallboard.loaders.media.found import FILM, PAPER, PICTURE, SOUND, Found
from wallboard.loaders.media.made import Made, hash_of
from wallboard.loaders.media.probe import probe, sort_of

_PDF = "application/pdf"
_TELLING = ("image/jpeg", "image/png", "image/webp", "image/tiff", "image/avif")
"""Pictures in which a camera writes where and when: they are shown as they were prepared, or prepared now."""

_PNG = b"\x89PNG"


def played(media: Path, file: Path, sha256: str, mime: str) -> tuple[Path | bytes, str]:
    """What a browser plays of a file and its type: as it was prepared, else as it came.

    A paper is never handed out with its scripts, nor a photograph with what its camera wrote into it.
    """
    if ready := Made(media, sha256).played():
        return ready
    if mime == _PDF:
        return _of(media, file, sha256).piece("play.pdf", lambda: acting.harmless(file)), _PDF
    if mime in _TELLING:
        content = _of(media, file, sha256).piece("shown", lambda: pictures.shown(file)[0])
        return content, "image/png" if content.startswith(_PNG) else "image/webp"
    return file, mime


def thumb(media: Path, file: Path, sha256: str) -> bytes:
    """A small WebP; LookupError of a sound, which has no picture."""
    makers = {
        PICTURE: lambda: pictures.thumb(file),
        FILM: lambda: film.still(file),
        PAPER: lambda: pictures.small(papers.page(file, 1, 960)),
    }
    sort = sort_of(file)
    if sort not in makers:
        raise LookupError("A call has no picture; its waveform is at /peaks.")
    return _of(media, file, sha256).piece("thumb.webp", makers[sort])


def page(media: Path, file: Path, sha256: str, number: int, width: int) -> bytes:
    """Page `number` of a paper as WebP; of a picture, which is its own page 1; LookupError where there is no such page."""
    sort = sort_of(file)
    if sort == PICTURE and number == 1:
        return _of(media, file, sha256).piece(f"page-1-{width}.webp", lambda: pictures.scaled(file, width))
    if sort != PAPER:
        raise LookupError("This file has no such page.")
    return _of(media, file, sha256).piece(
        f"page-{number}-{width}.webp", lambda: pictures.as_webp(papers.page(file, number, width))
    )


def peaks(media: Path, file: Path, sha256: str) -> bytes:
    """The waveform as JSON; LookupError where there is no sound."""
    if sort_of(file) not in (SOUND, FILM):
        raise LookupError("This file has no sound.")
    return _of(media, file, sha256).piece("peaks.json", lambda: sound.peaks(file))


def facts(media: Path, file: Path, sha256: str) -> Found:
    """What a file is: as it was noted when it was prepared, else probed."""
    return Made(media, sha256).known() or probe(file)


def _of(media: Path, file: Path, sha256: str) -> Made:
    """Where pieces of a file are kept: under the hash that it has now, should it have changed since it was listed."""
    made = Made(media, sha256)
    return made if made.folder.is_dir() else Made(media, hash_of(file))
