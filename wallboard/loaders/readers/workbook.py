"""Reads one sheet in a process of its own, whose memory is bounded: a workbook of a few kilobytes may name billions of cells.

Run as a program: the workbook comes in, the sheet's name is the argument; pickles go out, first what was found, then rows of
(row number, cells) in heaps, those without any cell left out.
"""

import io
import pickle
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

try:
    import resource
except ImportError:  # a system that cannot bound a process
    resource = None  # type: ignore[assignment]

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

MOST_MEMORY = 2 * 2**30
MOST_SECONDS = 300
"""Of the processor."""

READ, NO_SHEET, NO_WORKBOOK = "read", "no sheet", "no workbook"
_HEAP = 2_000


def main() -> None:
    """Read standard input, and write what was found to standard output."""
    _bounded()
    wanted = sys.argv[1] if len(sys.argv) > 1 else None
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        names = book.sheet_names
        if wanted is not None and wanted not in names:
            _say((NO_SHEET, names))
            return
        sheet = book.get_sheet_by_name(wanted) if wanted else book.get_sheet_by_index(0)
    except (CalamineError, OSError, ValueError, IndexError) as error:
        _say((NO_WORKBOOK, str(error).splitlines()[0]))
        return
    _say((READ, ""))
    heap: list[tuple[int, list[object]]] = []
    for row in _rows(sheet):
        heap.append(row)
        if len(heap) == _HEAP:
            _say(heap)
            heap = []
    if heap:
        _say(heap)
    _say([])


def _bounded() -> None:
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _say(result: object) -> None:
    pickle.dump(result, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[Any]]]:
    """Rows that hold anything, numbered as the sheet counts them; a merged cell stands in every row it covers."""
    merged: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        merged[top].append((bottom, left, right))
    running: list[tuple[int, int, int, Any]] = []
    blank = [None] * (sheet.start[1] if sheet.start else 0)
    for number, cells in enumerate(sheet.iter_rows()):
        row = blank + [_plain(cell) for cell in cells]
        running = [covering for covering in running if covering[0] >= number]
        running += [(bottom, left, right, row[left]) for bottom, left, right in merged.get(number, ()) if left < len(row)]
        for _, left, right, value in running:
            row[left : right + 1] = [value] * len(row[left : right + 1])
        if any(cell is not None for cell in row):
            yield number + 1, row


def _plain(cell: Any) -> Any:
    if cell == "" and isinstance(cell, str):
        return None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**15:
        return int(cell)
    if isinstance(cell, datetime):
        rounded = cell + timedelta(microseconds=500)
        return rounded.replace(microsecond=rounded.microsecond // 1000 * 1000)
    return cell.isoformat() if isinstance(cell, time) else cell


if __name__ == "__main__":
    main()
