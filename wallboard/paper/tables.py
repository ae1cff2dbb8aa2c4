"""Rows of a panel on paper: words in columns, bars as long as on the wall, small drawings."""

from collections.abc import Sequence
from io import BytesIO

from fpdf.enums import MethodReturnValue

from wallboard.paper.document import LEADING, Paper
from wallboard.paper.outline import Cell, Marks, Table, Upright

SIZE, GAP, PAD = 8.5, 4.0, 0.7
"""Letters in points, the room between columns and above a row in mm."""

BAR, SLOT, DRAWING = 42.0, 2.6, 30.0
"""Widths in mm: of a scale, of one upright bar (at most), of a drawing."""

SMALL, WIDE = 6.5, 9.0
"""Letters beneath upright bars in points, and the width of each bar in mm."""

UPRIGHT = 9.0
"""How high upright bars and drawings are, in mm."""

LEAST = 16.0
"""No column of words gets narrower."""


def draw_table(paper: Paper, table: Table) -> None:
    """Draw rows at the place where the page stands; each stays on one page."""
    widths = _widths(paper, table)
    line = LEADING * SIZE / paper.k
    for row in table.rows:
        wrapped = [_wrapped(paper, cell, width) for cell, width in zip(row, widths, strict=True)]
        tallest = UPRIGHT if any(cell.svg or (cell.marks and cell.marks.along == "y") for cell in row) else line
        height = max(tallest, line * max(map(len, wrapped))) + PAD
        paper.keep_together(height)
        x, y = paper.l_margin, paper.get_y()
        for cell, width, lines in zip(row, widths, wrapped, strict=True):
            _cell(paper, cell, (x, y, width), lines, line)
            x += width + GAP
        paper.set_xy(paper.l_margin, y + height)


def draw_upright(paper: Paper, upright: Upright) -> None:
    """Draw bars side by side, each with its words beneath where they find room."""
    paper.keep_together(UPRIGHT + 8)
    x, y, line = paper.l_margin, paper.get_y() + 1, LEADING * SMALL / paper.k
    width = min(paper.epw, upright.marks.slots * WIDE)
    _marks(paper, upright.marks, (x, y, width), line)
    paper.pen(SMALL, "quiet")
    slot, free = width / upright.marks.slots, x
    for n, words in enumerate(upright.labels):
        at = x + n * slot
        if words and at >= free:
            paper.set_xy(at, y + UPRIGHT - 0.5)
            paper.cell(0, line, words)
            free = at + paper.get_string_width(words) + 1
    paper.set_xy(paper.l_margin, y + UPRIGHT + line + 0.5)


def _cell(paper: Paper, cell: Cell, place: tuple[float, float, float], lines: Sequence[str], line: float) -> None:
    x, y, width = place
    if cell.svg:
        paper.image(BytesIO(cell.svg), x, y, DRAWING, UPRIGHT - 1)
    if cell.marks:
        _marks(paper, cell.marks, (x + (DRAWING + GAP if cell.svg else 0), y, _marks_width(cell.marks)), line)
    x += _beside(cell)
    _pen(paper, cell)
    for n, words in enumerate(lines):
        paper.set_xy(x, y + n * line)
        paper.cell(width, line, words)


def _pen(paper: Paper, cell: Cell) -> None:
    paper.pen(SIZE, cell.tone if cell.tone != "calm" else "quiet", bold=cell.bold)


def _marks(paper: Paper, marks: Marks, place: tuple[float, float, float], line: float) -> None:
    x, y, width = place
    if marks.along == "x":
        paper.set_fill_color(paper.colour("line"))
        paper.rect(x, y + 0.9, width, line - 1.8, style="F")
    for span in marks.spans:
        paper.set_fill_color(paper.colour(span.tone or "calm"))
        if marks.along == "x":
            paper.rect(x + width * max(span.start, 0), y + 0.9, max(width * span.length, 0.2), line - 1.8, style="F")
        else:
            slot, height = width / marks.slots, UPRIGHT - 1
            top = y + height * (1 - span.start - span.length)
            paper.rect(x + slot * span.slot, top, slot * 0.75, max(height * span.length, 0.15), style="F")


def _marks_width(marks: Marks) -> float:
    return BAR if marks.along == "x" else min(BAR, SLOT * marks.slots)


def _beside(cell: Cell) -> float:
    """The room that marks and drawings take in a cell, left of its words."""
    parts = [*([DRAWING] if cell.svg else []), *([_marks_width(cell.marks)] if cell.marks else [])]
    return sum(parts) + GAP / 2 * len(parts)


def _wrapped(paper: Paper, cell: Cell, width: float) -> list[str]:
    if not cell.words:
        return []
    _pen(paper, cell)
    lines = paper.multi_cell(
        max(width - _beside(cell), LEAST / 2), 4, cell.words, dry_run=True, output=MethodReturnValue.LINES, padding=0
    )
    return [str(each) for each in lines]  # type: ignore[union-attr]


def _widths(paper: Paper, table: Table) -> list[float]:
    """Each column as wide as its widest cell; where the page is too narrow, the widest ones of words get less."""
    columns = list(zip(*table.rows, strict=True))
    wanted = [max(_natural(paper, cell) for cell in column) for column in columns]
    fixed = [max(_beside(cell) for cell in column) for column in columns]
    room = paper.epw - GAP * (len(wanted) - 1)
    while sum(wanted) > room + 0.1:
        over = [n for n, width in enumerate(wanted) if width > fixed[n] + LEAST]
        if not over:
            return [room / len(wanted)] * len(wanted)
        widest = max(over, key=lambda n: wanted[n])
        wanted[widest] -= min(sum(wanted) - room, max((wanted[widest] - fixed[widest] - LEAST) / 2, 0.5))
    return wanted


def _natural(paper: Paper, cell: Cell) -> float:
    _pen(paper, cell)
    words = paper.get_string_width(cell.words) + 2 * paper.c_margin + 0.3 if cell.words else 0.0
    return _beside(cell) + words
