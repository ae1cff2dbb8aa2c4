"""What a file is, told from its content."""

from dataclasses import dataclass
from pathlib import Path

from wallboard.errors import FileRefused

PICTURE, SOUND, FILM, PAPER = "picture", "sound", "film", "paper"

MOST_BYTES = {PICTURE: 200 * 2**20, SOUND: 2 * 2**30, FILM: 8 * 2**30, PAPER: 200 * 2**20}
"""The largest file of each sort."""


@dataclass(frozen=True)
class MediaInfo:
    """One file: its sort, its true type, and its measures where it has them; `seconds` of sound and film."""

    sort: str
    mime: str
    width: int | None = None
    height: int | None = None
    seconds: float | None = None
    pages: int | None = None
    fields: int | None = None
    channels: int | None = None
    codecs: tuple[str, ...] = ()
    scripted: bool = False


class MediaRefused(FileRefused):
    """A file of the media folder that cannot or may not be shown; `what` and `remedy` say why."""


def refuse(file: Path, what: str, remedy: str) -> MediaRefused:
    """The refusal of a file, named as a person knows it."""
    return MediaRefused(file.name, what, remedy)
