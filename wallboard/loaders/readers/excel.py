"""Excel, old and new, and OpenDocument: values as the sheet shows them, row numbers as the sheet counts them."""

import io
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from wallboard.errors import FileRefused, nearest
from wallboard.loaders.headers import header_place
from wallboard.loaders.sources import Source
from wallboard.loaders.table import RawTable, frame_of, header_of


def read(path: Path, content: bytes, source: Source) -> RawTable:
    """Read one sheet; blank rows are no rows, and a merged cell stands in every row it covers."""
    rows = _filled(_sheet(path, content, source))
    numbered = [(number, row) for number, row in enumerate(rows, start=1) if any(cell is not None for cell in row)]
    if not numbered:
        raise FileRefused(str(path), "the sheet is empty.", "Name another `sheet`, or export it again.")
    numbered = numbered[header_place(numbered, source, str(path)) :]
    header = header_of(numbered[0][1])
    further, body = numbered[1 : source.header_rows], numbered[source.header_rows :]
    wording = {name: str(cell or "") for name, cell in zip(header.names, further[0][1], strict=True)} if further else {}
    frame = frame_of(header, [row for _, row in body], [number for number, _ in body])
    return RawTable(frame, (), wording, header.twice)


def _sheet(path: Path, content: bytes, source: Source) -> CalamineSheet:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = book.sheet_names
        if source.sheet is not None and source.sheet not in names:
            raise FileRefused(str(path), f"there is no sheet '{source.sheet}'.", nearest(source.sheet, names))
        return book.get_sheet_by_name(source.sheet) if source.sheet else book.get_sheet_by_index(0)
    except (CalamineError, OSError, ValueError, IndexError) as error:
        what = f"is no whole workbook ({str(error).splitlines()[0]})."
        raise FileRefused(str(path), what, "It may be half-written or locked by a password: save it again.") from None


def _filled(sheet: CalamineSheet) -> list[list[Any]]:
    rows = [[_plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if top >= len(rows) or left >= len(rows[top]):
            continue
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [rows[top][left]] * len(row[left : right + 1])
    return rows


def _plain(cell: Any) -> Any:
    if cell == "" and isinstance(cell, str):
        return None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return int(cell)
    if isinstance(cell, datetime):
        rounded = cell + timedelta(microseconds=500)
        return rounded.replace(microsecond=rounded.microsecond // 1000 * 1000)
    return cell.isoformat() if isinstance(cell, time) else cell
