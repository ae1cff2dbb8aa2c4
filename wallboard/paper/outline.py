"""What a panel has drawn for a screen, as blocks for paper: its words, its rows with their bars, its charts.

Panels draw with components of HTML; what stands for a number says so itself (`data-along`, `data-low`, `data-high`), and where it
lies in shares of its place. So a bar on paper is as long as on the wall, and nothing is measured twice.
"""

import re
from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from dash.development.base_component import Component

TONES = ("gain", "loss", "alert", "good", "watch", "calm", "quiet")
SHAPES = {
    "good": ("●", "good"),
    "watch": ("▲", "watch"),
    "attention": ("■", "bad"),
    "not measured": ("○", "calm"),
}
"""By state: its shape as a letter, and its tone."""

_SVG = "data:image/svg+xml;base64,"
_SHARE = re.compile(r"^(-?[\d.]+)%$")
_INLINE = {"Span", "B", "Strong", "Small", "I", "A", "Img", "Br", "Em", "Button"}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a scale, as shares of it, and the tone in which it is drawn; `slot` is its place among others side by side."""

    start: float
    length: float
    tone: str = ""
    slot: int = 0


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands for numbers: stretches along one scale ('x'), or upright ones in several slots ('y').

    scale: what is measured, from `low` to `high`; scales of one name on a panel share one measure.
    """

    along: str
    spans: tuple[Span, ...]
    slots: int = 1
    scale: str = ""
    low: float = 0.0
    high: float = 1.0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row: words, marks, or a drawing."""

    words: str = ""
    bold: bool = False
    tone: str = ""
    marks: Marks | None = None
    svg: bytes = b""

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not (self.words or self.marks or self.svg)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; those beneath each other belong to one column."""

    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Upright:
    """Upright bars side by side, with the words beneath each."""

    marks: Marks
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence; `quoted`: a customer's."""

    words: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: traces and layout as plotly.js reads them."""

    figure: dict[str, Any]


Block: TypeAlias = Table | Upright | Words | Chart


def outline(part: object) -> list[Block]:
    """The blocks of a picture, in its order; rows that stand beneath each other are one table."""
    joined: list[Block] = []
    for block in _blocks(part):
        before = joined[-1] if joined else None
        if isinstance(block, Table) and isinstance(before, Table) and len(before.rows[0]) == len(block.rows[0]):
            joined[-1] = Table(before.rows + block.rows)
        else:
            joined.append(block)
    return [_finished(block) if isinstance(block, Table) else block for block in joined]


def _finished(table: Table) -> Table | Upright:
    """Without empty columns; bars of one measure on one scale, upright ones of single rows side by side."""
    columns = [column for column in zip(*table.rows, strict=True) if any(not cell.is_empty for cell in column)]
    scaled = [_on_one_scale(column) for column in columns]
    rows = tuple(zip(*scaled, strict=True))
    upright = [cell.marks for row in rows for cell in row if cell.marks and cell.marks.along == "y" and cell.marks.slots == 1]
    if len(rows) > 1 and len(upright) == len(rows):
        spans = tuple(replace(span, slot=n) for n, marks in enumerate(upright) for span in marks.spans)
        labels = (" ".join(filter(None, (cell.words for cell in reversed(row)))) for row in rows)
        return Upright(Marks("y", spans, len(rows)), tuple(labels))
    return Table(rows)


def _on_one_scale(column: Sequence[Cell]) -> Sequence[Cell]:
    """Bars of one measure on one scale: on a glass their scales differ in width, here in none."""
    there = [cell.marks for cell in column if cell.marks]
    if len({marks.scale for marks in there}) != 1:
        return column
    low, high = min(marks.low for marks in there), max(marks.high for marks in there)
    return [replace(cell, marks=_within(cell.marks, low, high)) if cell.marks else cell for cell in column]


def _within(marks: Marks, low: float, high: float) -> Marks:
    """The same stretches on a longer scale."""
    if (marks.low, marks.high) == (low, high) or high <= low:
        return marks
    by, before = (marks.high - marks.low) / (high - low), (marks.low - low) / (high - low)
    spans = tuple(replace(span, start=before + span.start * by, length=span.length * by) for span in marks.spans)
    return replace(marks, spans=spans, low=low, high=high)


def _blocks(part: object) -> Iterator[Block]:
    if isinstance(part, list | tuple):
        for child in part:
            yield from _blocks(child)
    elif isinstance(part, str):
        if part.strip():
            yield Words(part.strip())
    elif isinstance(part, Component):
        yield from _of_component(part)


def _of_component(part: Component) -> Iterator[Block]:
    kind, children = _kind(part), _children(part)
    if kind == "Graph":
        yield Chart(part.figure)
    elif kind in ("Ul", "Ol"):
        yield from _listed(children)
    elif kind in ("P", "Blockquote", "H3") or kind in _INLINE:
        cell = _cell(part)
        if cell.svg or cell.marks:
            yield Table(((cell,),))
        elif cell.words:
            yield Words(cell.words, quoted=kind == "Blockquote")
    elif _marks(part):
        yield Table(((_cell(part),),))
    elif len(children) > 1 and all(_is_cell(child) for child in children) and not all(map(_is_row, children)):
        yield Table((tuple(map(_cell, children)),))
    else:
        yield from _blocks(children)


def _listed(items: Sequence[object]) -> Iterator[Block]:
    """The rows of a list; what a row holds besides its cells stands beneath it."""
    rows: list[tuple[Cell, ...]] = []
    for item in items:
        parts = _children(item) if isinstance(item, Component) else [item]
        while len(parts) == 1 and isinstance(parts[0], Component) and _kind(parts[0]) == "Div" and not _marks(parts[0]):
            parts = _children(parts[0])
        if any(_holds_list(each) for each in parts):
            yield from _table(rows)
            rows = []
            yield from _blocks(parts)
        else:
            rows.append(tuple(map(_cell, parts)))
    yield from _table(rows)


def _table(rows: Sequence[tuple[Cell, ...]]) -> Iterator[Table]:
    filled = [row for row in rows if any(not cell.is_empty for cell in row)]
    if filled:
        width = max(map(len, filled))
        yield Table(tuple((*row, *[Cell()] * (width - len(row))) for row in filled))


def _holds_list(part: object) -> bool:
    if not isinstance(part, Component):
        return False
    return _kind(part) in ("Ul", "Ol", "Graph") or any(_holds_list(child) for child in _children(part))


def _is_cell(part: object) -> bool:
    """Whether something is one cell of a row: words in a line, marks, or a drawing."""
    if not isinstance(part, Component):
        return isinstance(part, str)
    if _kind(part) in _INLINE or _marks(part):
        return True
    return _kind(part) == "Div" and all(_is_cell(child) for child in _children(part))


def _is_row(part: object) -> bool:
    """Whether something has several cells of its own."""
    return isinstance(part, Component) and _kind(part) == "Div" and len(_children(part)) > 1


def _cell(part: object) -> Cell:
    if not isinstance(part, Component):
        return Cell(" ".join(str(part).split()))
    children = [_cell(child) for child in _children(part)]
    marks = _marks(part) or next((cell.marks for cell in children if cell.marks), None)
    svg = _svg(part) or next((cell.svg for cell in children if cell.svg), b"")
    tone = _tone(part) or next((cell.tone for cell in children if cell.tone), "")
    bold = _kind(part) in ("B", "Strong", "H3") or (bool(children) and all(cell.bold for cell in children if cell.words))
    counted = any(hasattr(child, "data-per") for child in _children(part))  # how many a figure stands for: a bar stands for all
    return Cell("" if counted else " ".join(_text(part).split()), bold, tone, marks, svg)


def _text(part: object) -> str:
    """The words of something as they are read: parts that stand apart on the glass stand apart here too."""
    if isinstance(part, list | tuple):
        pieces: list[str] = []
        for before, child in zip([None, *part], part, strict=False):
            words = _text(child)
            both = isinstance(child, Component) and isinstance(before, Component)
            joint = f"{''.join(pieces)[-1:]}{words[:1]}"
            pieces.append(f" {words}" if pieces and (both or joint.isalnum()) else words)
        return "".join(pieces)
    if not isinstance(part, Component):
        return str(part) if part is not None else ""
    if _kind(part) == "Br":
        return " "
    if _kind(part) == "I" and "shape" in _classes(part):
        return f"{SHAPES[state][0]} " if (state := str(getattr(part, "aria-label", ""))) in SHAPES else ""
    if _marks(part):
        return ""
    words = _text(_children(part))
    return f" {words} " if _kind(part) in ("P", "Div", "Li", "Blockquote") else words


def _kind(part: Component) -> str:
    """Which element of HTML a component is."""
    return type(part).__name__


def _children(part: Component) -> list[object]:
    children = getattr(part, "children", None)
    if children is None:
        return []
    return list(children) if isinstance(children, list | tuple) else [children]


def _classes(part: Component) -> list[str]:
    return str(getattr(part, "className", "") or "").split()


def _tone(part: Component) -> str:
    if _kind(part) == "I" and "shape" in _classes(part):
        return SHAPES.get(str(getattr(part, "aria-label", "")), ("", ""))[1]
    return next((tone for tone in TONES if tone in _classes(part)), "")


def _svg(part: Component) -> bytes:
    src = str(getattr(part, "src", "")) if _kind(part) == "Img" else ""
    return b64decode(src.removeprefix(_SVG)) if src.startswith(_SVG) else b""


def _marks(part: Component) -> Marks | None:
    """What stands for numbers in a place that says along which scale."""
    along = getattr(part, "data-along", None)
    if along is None:
        return None
    beside = [child for child in _children(part) if isinstance(child, Component)]
    slots = [child for child in beside if "slot" in _classes(child)] or [part]
    spans = [
        replace(span, slot=n, tone=span.tone or _tone(part))
        for n, slot in enumerate(slots)
        for child in _children(slot)
        if isinstance(child, Component) and (span := _span(child, str(along))) is not None
    ]
    low, high = (float(str(getattr(part, name, 0))) for name in ("data-low", "data-high"))
    scale, count = str(getattr(part, "data-scale", "")), getattr(part, "data-count", None)
    if count is not None and high and spans:  # figures of people, the last of which is drawn in part
        spans = [Span(0, float(str(count)) / high, spans[0].tone)]
    return Marks(str(along)[-1], tuple(spans), len(slots), scale, low, high) if spans else None


def _span(part: Component, along: str) -> Span | None:
    style = getattr(part, "style", None) or {}
    near, far, size = ("left", "right", "width") if along.endswith("x") else ("bottom", "top", "height")
    at = {name: float(share[1]) / 100 for name in (near, far, size) if (share := _SHARE.match(str(style.get(name, ""))))}
    if size not in at or len(at) < 2 or "sized" not in _classes(part):
        return None
    return Span(at[near] if near in at else 1 - at[far] - at[size], at[size], _tone(part))
