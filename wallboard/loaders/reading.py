"""Finds the files of a source and hands each to the reader of its format; what is no such file is refused with a word."""

import gzip
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fnmatch import translate
from pathlib import Path
from time import sleep

from wallboard.errors import FileRefused
from wallboard.loaders.limits import unpacked
from wallboard.loaders.readers import delimited, excel, json, parquet, sql
from wallboard.loaders.sources import FORMATS, Source
from wallboard.loaders.table import RawTable
from wallboard.settings import Room
from wallboard.unicode import nfc

_READERS = {
    "csv": delimited.read,
    "tsv": delimited.read,
    "excel": excel.read,
    "json": json.read,
    "ndjson": json.read,
    "parquet": parquet.read,
}
_SIGNS = (
    (b"PAR1", "a Parquet file", "parquet"),
    (b"\xd0\xcf\x11\xe0", "an Excel workbook", "excel"),
    (b"%PDF", "a PDF", ""),
    (b"\x89PNG", "a picture", ""),
    (b"\xff\xd8\xff", "a picture", ""),
    (b"SQLite format 3", "an SQLite database", ""),
    (b"7z\xbc\xaf", "a 7z archive", ""),
    (b"Rar!", "a RAR archive", ""),
)
TRIES, PAUSE = 10, 0.5
"""How often a file is looked at that grows while it is read, and the seconds between."""

_MARKUP = (b"<!doctype html", b"<html", b"<?xml", b"<table")
_WORKBOOK = ("[Content_Types].xml", "mimetype")


@dataclass(frozen=True)
class Arrival:
    """One file of a source, or its query, or rows that were found: what it is called, where it lies, or the rows."""

    name: str
    path: Path | None
    rows: RawTable | None = None


@dataclass(frozen=True)
class Content:
    """The bytes of an arrival (none for a query) and their hash."""

    arrival: Arrival
    raw: bytes
    sha256: str | None


def arrivals(room: Room, source: Source) -> list[Arrival]:
    """The files that match a source's pattern; refuses a pattern that matches none."""
    if source.file is None:
        return [Arrival("query", None)]
    paths = sorted(path for path in _matching(room.data, source.file) if path.is_file())
    if not paths:
        raise FileRefused(str(room.data / source.file), "no file matches.", "Put the export there, or correct `file`.")
    return [Arrival(path.relative_to(room.data).as_posix(), path) for path in paths]


def _matching(folder: Path, pattern: str) -> Iterable[Path]:
    """The paths that fit a pattern, also where a disk spells an accent with other characters."""
    if pattern.isascii():
        return folder.glob(pattern)
    fits = re.compile(translate(nfc(pattern)))
    wide = re.sub("[^\x00-\x7f]+", "*", nfc(pattern))
    return (path for path in folder.glob(wide) if fits.match(nfc(path.relative_to(folder).as_posix())))


def take(arrival: Arrival) -> Content:
    """The bytes of an arrival, read once."""
    if arrival.path is None:
        return Content(arrival, b"", None)
    try:
        raw = _whole(arrival.path)
    except OSError as error:
        raise FileRefused(str(arrival.path), f"cannot be opened ({error.strerror}).", "Check its permissions.") from None
    return Content(arrival, raw, hashlib.sha256(raw).hexdigest())


def _whole(path: Path) -> bytes:
    """The bytes of a file that stays as it is while it is read: one that is still being written is waited for."""
    for _ in range(TRIES):
        before = path.stat()
        raw = path.read_bytes()
        after = path.stat()
        if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns) and len(raw) == after.st_size:
            return raw
        sleep(PAUSE)
    raise FileRefused(str(path), "is still being written.", "Load it when it is complete; best, rename it into place.")


def read(content: Content, source: Source) -> RawTable:
    """The table in an arrival; an archive of one file is opened."""
    path = content.arrival.path
    if content.arrival.rows is not None:
        return content.arrival.rows
    if path is None:
        return _storable(sql.read(source.query or "", source))
    path, raw = _unpacked(path, content.raw)
    if not raw:
        raise FileRefused(str(path), "the file is empty (0 bytes).", "Export it again.")
    kind = source.format_of(path.name)
    if kind not in _READERS:
        raise FileRefused(str(path), f"the ending '{path.suffix}' says no format.", "Write `format` in data/sources.toml.")
    _refuse_other(path, raw, kind)
    table = _READERS[kind](path, raw, source)
    return _storable(table) if kind in ("excel", "parquet") else table


def _storable(raw: RawTable) -> RawTable:
    """Typed formats may hold NUL within text, which no store can keep."""
    holding = [
        name for name, cells in raw.frame.items() if cells.dtype == "str" and cells.str.contains("\x00", regex=False).any()
    ]
    if not holding:
        return raw
    frame = raw.frame.assign(**{str(name): raw.frame[name].str.replace("\x00", "\ufffd", regex=False) for name in holding})
    note = f"NUL characters in {', '.join(map(str, holding))} cannot be stored and were replaced by \ufffd."
    return replace(raw, frame=frame, notes=(*raw.notes, note))


def _unpacked(path: Path, raw: bytes) -> tuple[Path, bytes]:
    try:
        if raw.startswith(b"\x1f\x8b"):
            return (path.with_suffix("") if path.suffix == ".gz" else path), _gunzipped(path, raw)
        if not raw.startswith(b"PK\x03\x04"):
            return path, raw
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = [name for name in archive.namelist() if not name.endswith("/")]
            if any(sign in names for sign in _WORKBOOK):
                return path, raw
            if len(names) != 1:
                what = f"is an archive of {len(names)} files; expected one."
                raise FileRefused(str(path), what, "Unpack it and name the file.")
            inner = Path(names[0])
            return (path if path.suffix.lower() in FORMATS else path / inner.name), _unzipped(archive, names[0], path)
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error, RuntimeError, NotImplementedError) as error:
        if FORMATS.get(path.suffix.lower()) == "excel":
            return path, raw
        raise FileRefused(
            str(path), f"is not a complete archive ({error}).", "It may be half-written: export it again."
        ) from None


def _gunzipped(path: Path, raw: bytes) -> bytes:
    with gzip.GzipFile(fileobj=io.BytesIO(raw)) as stream:
        return unpacked(stream, len(raw), str(path))


def _unzipped(archive: zipfile.ZipFile, name: str, path: Path) -> bytes:
    with archive.open(name) as stream:
        return unpacked(stream, archive.getinfo(name).compress_size, str(path))


def _refuse_other(path: Path, raw: bytes, kind: str) -> None:
    for sign, what, own in _SIGNS:
        if raw.startswith(sign) and kind != own:
            remedy = f'Write format = "{own}" in data/sources.toml.' if own else "Export a table instead."
            raise FileRefused(str(path), f"is {what}, not {kind}.", remedy)
    if raw.startswith(b"PK\x03\x04") and kind != "excel":
        raise FileRefused(str(path), f"is an Excel workbook, not {kind}.", 'Write format = "excel" in data/sources.toml.')
    start = raw[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_MARKUP):
        raise FileRefused(
            str(path), f"is a web page or XML, not {kind}.", "It may be an error page or a login: download it again."
        )
    if start.startswith((b"--", b"content-type:")) and b"content-disposition" in raw[:2000].lower():
        raise FileRefused(str(path), "is a multipart message, not a table.", "Save the file within it.")
