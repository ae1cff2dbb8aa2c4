"""CSV and TSV, strictly: a row that does not fit its header is refused with its line, never bent into shape."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from wallboard.errors import FileRefused
from wallboard.loaders.encoding import decode
from wallboard.loaders.headers import header_place
from wallboard.loaders.limits import refuse_wide
from wallboard.loaders.sources import Source
from wallboard.loaders.table import Header, RawTable, Refused, frame_of, header_of

_HUGE = 2**31 - 1
_SEP = re.compile(r'"?sep=([^\r\n"])"?[ \t,;]*\r?\n', re.IGNORECASE)


@dataclass
class _Lines:
    """The lines of a file, remembering those the present row was made of."""

    text: str
    number: int = 0
    row: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[str]:
        for line in io.StringIO(self.text, newline=""):
            self.number += 1
            self.row.append(line)
            yield line


@dataclass(frozen=True)
class _Row:
    """One row: the line it begins on, its cells, what it was written as, and why it cannot be read."""

    line: int
    cells: list[str]
    written: str
    fault: str = ""


def read(path: Path, content: bytes, source: Source) -> RawTable:
    """Read delimited text; rows with too few or too many cells and broken quotes are refused by line."""
    decoded = decode(str(path), content, source.encoding)
    delimiter = source.delimiter or ("\t" if source.format_of(path.name) == "tsv" else ",")
    lines, declared = _after_sep(decoded.text)
    rows = iter(_from_header(list(_rows(lines, declared or delimiter, path)), source, str(path)))
    first = next(rows)
    if first.fault:
        raise FileRefused(str(path), f"row {first.line}, the column names: {first.fault}", "Repair the quotes in that line.")
    header = header_of(first.cells)
    further = [row for _, row in zip(range(source.header_rows - 1), rows, strict=False)]
    wording = dict(zip(header.names, further[0].cells, strict=False)) if further else {}
    frame_rows, refused = _sorted_out(rows, header, str(path))
    numbers = [row.line for row in frame_rows]
    frame = frame_of(header, [row.cells for row in frame_rows], numbers)
    return RawTable(frame, tuple(refused), wording, header.twice, decoded.notes)


def _after_sep(text: str) -> tuple[_Lines, str | None]:
    """The lines after a first one such as sep=; with which spreadsheet programs declare the delimiter, and that delimiter."""
    match = _SEP.match(text)
    return (_Lines(text[match.end() :], 1), match[1]) if match else (_Lines(text), None)


def _from_header(rows: list[_Row], source: Source, file: str) -> list[_Row]:
    """The rows from that of the column names on."""
    if not rows:
        raise FileRefused(file, "the file is empty.", "Export it again; expected a row of column names first.")
    return rows[header_place([(row.line, row.cells) for row in rows], source, file) :]


def _rows(lines: _Lines, delimiter: str, path: Path) -> Iterator[_Row]:
    csv.field_size_limit(_HUGE)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        begins = lines.number + 1
        lines.row.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            written = "".join(lines.row)
            if "unexpected end" in str(error):
                what = f"row {begins}: a quote opens and is never closed; the file ends in the middle of a row."
                raise FileRefused(str(path), what, "Export it again, or close that quote.") from None
            yield _Row(begins, [], written, f"a quote stands where none may be ({error}).")
            continue
        refuse_wide(len(cells), str(path), f"row {begins} ")
        if cells:
            yield _Row(begins, cells, "".join(lines.row))


def _sorted_out(rows: Iterator[_Row], header: Header, file: str) -> tuple[list[_Row], list[Refused]]:
    width = len(header.names)
    good: list[_Row] = []
    refused: list[Refused] = []
    for row in rows:
        if not row.fault and len(row.cells) > width and not any(row.cells[width:]):
            row = _Row(row.line, row.cells[:width], row.written)
        if not row.fault and len(row.cells) == width:
            good.append(row)
            continue
        if not row.fault and len(row.cells) < width and not row.written.endswith(("\n", "\r")):
            what = f"row {row.line} has {len(row.cells)} of {width} cells, and no end: the file ends in the middle of a row."
            raise FileRefused(file, what, "It is half-written: export it again.")
        fault = row.fault or f"has {len(row.cells)} cells; expected {width}, as many as there are column names."
        remedy = "Put text that holds the delimiter in quotes, and double the quotes within it."
        refused.append(Refused(row.line, None, fault, remedy, row.written.rstrip("\r\n")))
    return good, refused
