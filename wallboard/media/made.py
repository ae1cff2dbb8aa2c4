"""What was made of a file lies below the media folder under the file's hash, so that it can be made again."""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import get_ident
from typing import Any

from wallboard.media.info import MediaInfo

RECIPE = 3
"""Raised when something is made in another way; what an older recipe made is made again."""

FOLDER = ".made"
_HASH = re.compile(r"[0-9a-f]{64}$")
_FACTS = "facts.json"

THUMB, PEAKS, SHOWN, HARMLESS, FORM = "thumb.webp", "peaks.json", "shown", "play.pdf", "form.json"
"""Pieces: a small picture, the waveform, a picture without what its camera wrote, a paper without scripts, what it asks."""

PAGE = re.compile(r"page-(?P<number>\d+)-(?P<width>\d+)\.webp")


def hash_of(file: Path) -> str:
    """The SHA-256 of a file, read piece by piece."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@dataclass(frozen=True)
class Made:
    """What was made of one file."""

    media: Path
    sha256: str

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.media / FOLDER / self.sha256

    def known(self) -> MediaInfo | None:
        """What the file is, where it was prepared by this recipe."""
        facts = self._facts()
        return None if facts is None else MediaInfo(**{**facts["found"], "codecs": tuple(facts["found"]["codecs"])})

    def played(self) -> tuple[Path, str] | None:
        """What a browser plays or shows in place of the file, and its type; None where the file itself serves."""
        facts = self._facts()
        if facts is None or not facts["file"]:
            return None
        file = self.folder / str(facts["file"])
        return (file, str(facts["mime"])) if file.is_file() else None

    def finish(self, info: MediaInfo, file: str, mime: str) -> None:
        """Note that everything has been made; `file` is empty where the original serves."""
        facts = {"recipe": RECIPE, "found": asdict(info), "file": file, "mime": mime}
        write(self.folder / _FACTS, json.dumps(facts, indent=1, sort_keys=True).encode())

    def content(self, name: str) -> bytes | None:
        """A small thing that was made of the file; None where it was not."""
        piece = self.folder / name
        return piece.read_bytes() if piece.is_file() else None

    def piece(self, name: str, make: Callable[[], bytes]) -> bytes:
        """A small thing made of the file: as it was kept, else made now and kept where the folder can be written."""
        if (known := self.content(name)) is not None:
            return known
        content = make()
        try:
            write(self.folder / name, content)
        except OSError:
            return content
        return content

    def _facts(self) -> dict[str, Any] | None:
        try:
            facts = json.loads((self.folder / _FACTS).read_bytes())
        except (OSError, ValueError):
            return None
        return facts if isinstance(facts, dict) and facts.get("recipe") == RECIPE else None


def page_name(number: int, width: int) -> str:
    """Under which name a page of that width is kept."""
    return f"page-{number}-{width}.webp"


def sweep(media: Path, wanted: set[str]) -> int:
    """Throw away what was made of files that are gone; gives how many."""
    folder = media / FOLDER
    gone = (
        [prepared for prepared in folder.iterdir() if _HASH.match(prepared.name) and prepared.name not in wanted]
        if folder.is_dir()
        else []
    )
    for prepared in gone:
        shutil.rmtree(prepared, ignore_errors=True)
    return len(gone)


def write(file: Path, content: bytes) -> None:
    """A whole file or none: written beside its place, and then moved there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = part_of(file)
    try:
        beside.write_bytes(content)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


def part_of(file: Path) -> Path:
    """Where a file is written before it is whole: no other program and no other thread writes there."""
    return file.with_name(f".{os.getpid()}-{get_ident()}-{file.name[-40:]}.part")
