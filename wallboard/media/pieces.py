"""What a screen asks of one file: to be played, its small picture, a page, its waveform, its form.

Each is made when first asked for, and kept. It is made by another program, so that whoever serves for months holds no library of
pictures, sound or papers, and a file that breaks one of them breaks no wall.
"""

import logging
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

from wallboard.media.answers import read
from wallboard.media.forms import PaperForm, from_json
from wallboard.media.info import refuse
from wallboard.media.made import FORM, HARMLESS, PEAKS, SHOWN, THUMB, Made, hash_of, page_name

log = logging.getLogger(__name__)

MAKER = (sys.executable, "-P", "-m", "wallboard.media.making")
PATIENCE = 120
"""Seconds that one piece may take: a page of a large paper takes less than one."""

_MAKERS = BoundedSemaphore(2)
"""So many pieces are made at once, however many screens ask."""

_PDF = "application/pdf"
_WITH_EXIF = ("image/jpeg", "image/png", "image/webp", "image/tiff", "image/avif")
"""Pictures in which a camera writes where and when: they are shown as they were prepared, or prepared now."""

_PNG = b"\x89PNG"


def played(media: Path, file: Path, sha256: str, mime: str) -> tuple[Path | bytes, str]:
    """What a browser plays of a file and its type: as it was prepared, else as it came.

    A paper is never handed out with its scripts, nor a photograph with what its camera wrote into it.
    """
    if ready := Made(media, sha256).played():
        return ready
    if mime == _PDF:
        return _piece(media, file, sha256, HARMLESS), _PDF
    if mime in _WITH_EXIF:
        content = _piece(media, file, sha256, SHOWN)
        return content, "image/png" if content.startswith(_PNG) else "image/webp"
    return file, mime


def thumb(media: Path, file: Path, sha256: str) -> bytes:
    """A small WebP; LookupError of a sound, which has no picture."""
    return _piece(media, file, sha256, THUMB)


def page(media: Path, file: Path, sha256: str, number: int, width: int) -> bytes:
    """Page `number` of a paper as WebP; of a picture, which is its own page 1; LookupError where there is no such page."""
    return _piece(media, file, sha256, page_name(number, width))


def peaks(media: Path, file: Path, sha256: str) -> bytes:
    """The waveform as JSON; LookupError where there is no sound."""
    return _piece(media, file, sha256, PEAKS)


def form(media: Path, file: Path) -> PaperForm:
    """The form of a file as it is now; raises NoForm where there is none that one could fill in."""
    return from_json(_piece(media, file, hash_of(file), FORM))


def _piece(media: Path, file: Path, sha256: str, name: str) -> bytes:
    """A piece as it is kept; under the hash that the file has now, should it have changed since it was listed."""
    made = Made(media, sha256)
    if not made.folder.is_dir():
        made = Made(media, hash_of(file))
    if (content := made.content(name)) is not None:
        return content
    with _MAKERS:
        if (content := made.content(name)) is not None:
            return content
        return _make(media, file, made.sha256, name)


def _make(media: Path, file: Path, sha256: str, name: str) -> bytes:
    command = [*MAKER, str(media), str(file), sha256, name]
    try:
        maker = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise refuse(file, f"took longer than {PATIENCE} seconds to prepare.", "Prepare it with: wallboard media") from None
    if maker.returncode == 0:
        return maker.stdout
    errors = maker.stderr.decode("utf-8", "replace")
    if refusal := read(errors):
        raise refusal
    log.error("%s of %s could not be made: %s", name, file, errors)
    raise refuse(file, "could not be prepared; the room's log says why.", "Prepare it with: wallboard media")
