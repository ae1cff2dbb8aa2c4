"""What the store keeps of a file besides what people say of it."""

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from wallboard.media.info import MediaInfo, MediaRefused
from wallboard.media.made import Made, hash_of
from wallboard.media.making.probe import probe


@dataclass(frozen=True)
class Described:
    """One file: the type that a browser is given, hash, bytes, measures; `fault` and `remedy` where it cannot be shown."""

    mime: str = ""
    sha256: str = ""
    size: int = 0
    width: int | None = None
    height: int | None = None
    seconds: float | None = None
    pages: int | None = None
    fields: int | None = None
    fault: str = ""
    remedy: str = ""


NOTHING = Described()


def described(media: Path, file: Path) -> Described:
    """What a file of the media folder is, as it lies there now."""
    there = file.stat()
    sha256 = _hash(file, there.st_size, there.st_mtime_ns)
    made = Made(media, sha256)
    info = made.known()
    return _stored(made, info, there.st_size) if info else _probed(file, sha256, there.st_size, there.st_mtime_ns)


@lru_cache(maxsize=4096)
def _hash(file: Path, _size: int, _changed: int) -> str:
    return hash_of(file)


@lru_cache(maxsize=4096)
def _probed(file: Path, sha256: str, size: int, _changed: int) -> Described:
    try:
        return _described(probe(file), sha256, size)
    except MediaRefused as refusal:
        return Described(sha256=sha256, size=size, fault=refusal.what, remedy=refusal.remedy)
    except OSError as error:
        return Described(sha256=sha256, size=size, fault=f"cannot be opened ({error.strerror}).", remedy="Check its rights.")


def _stored(made: Made, info: MediaInfo, size: int) -> Described:
    played = made.played()
    return _described(replace(info, mime=played[1]) if played else info, made.sha256, size)


def _described(info: MediaInfo, sha256: str, size: int) -> Described:
    seconds = None if info.seconds is None else round(info.seconds, 3)
    return Described(info.mime, sha256, size, info.width, info.height, seconds, info.pages, info.fields)
