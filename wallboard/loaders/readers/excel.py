"""Excel, old and new, and OpenDocument: values as the sheet shows them, row numbers as the sheet counts them."""

import io
import pickle
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from wallboard.errors import FileRefused, nearest
from wallboard.loaders.headers import header_place
from wallboard.loaders.limits import MOST_BYTES
from wallboard.loaders.readers import workbook
from wallboard.loaders.sources import Source
from wallboard.loaders.table import RawTable, frame_of, header_of

_STRAY = "Is there a stray cell, far from the others? Delete empty rows and columns, or export the sheet as CSV."


def read(path: Path, content: bytes, source: Source) -> RawTable:
    """Read one sheet; blank rows are no rows, and a merged cell stands in every row it covers."""
    numbered = _rows(path, content, source)
    if not numbered:
        raise FileRefused(str(path), "the sheet is empty.", "Name another `sheet`, or export it again.")
    numbered = numbered[header_place(numbered, source, str(path)) :]
    header = header_of(numbered[0][1])
    further, body = numbered[1 : source.header_rows], numbered[source.header_rows :]
    wording = {name: str(cell or "") for name, cell in zip(header.names, further[0][1], strict=True)} if further else {}
    frame = frame_of(header, [row for _, row in body], [number for number, _ in body])
    return RawTable(frame, (), wording, header.twice)


def _rows(path: Path, content: bytes, source: Source) -> list[tuple[int, list[Any]]]:
    """The rows of the sheet that hold anything, each with its number."""
    _refuse_inflated(path, content)
    command = [sys.executable, "-I", str(workbook.__file__), *([source.sheet] if source.sheet is not None else [])]
    ended = subprocess.run(command, input=content, capture_output=True, check=False)
    if ended.returncode:
        gigabytes = workbook.MOST_MEMORY // 2**30
        what = f"takes more than {gigabytes} GB of memory to read, or {workbook.MOST_SECONDS} seconds: it is not a table."
        raise FileRefused(str(path), what, _STRAY)
    output = io.BytesIO(ended.stdout)
    first, what = pickle.load(output)
    if first == workbook.NO_SHEET:
        raise FileRefused(str(path), f"there is no sheet '{source.sheet}'.", nearest(str(source.sheet), what))
    if first == workbook.NO_WORKBOOK:
        refusal = f"is not a complete workbook ({what})."
        raise FileRefused(str(path), refusal, "It may be half-written or locked by a password: save it again.")
    rows: list[tuple[int, list[Any]]] = []
    while heap := pickle.load(output):
        rows += heap
    return rows


def _refuse_inflated(path: Path, content: bytes) -> None:
    """Refuse a workbook whose parts say themselves that they are larger than a table may be."""
    if not content.startswith(b"PK\x03\x04"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return
    if size > MOST_BYTES:
        what = f"unpacks to {size // 2**20:,} MB; a workbook may come to {MOST_BYTES // 2**20:,}."
        raise FileRefused(str(path), what, "Export it as CSV, or in parts.")
