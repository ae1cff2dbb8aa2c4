"""Numbers in rows and columns, each with a bar beneath it, so that the large ones are found from afar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.scale import Scale


@dataclass(frozen=True)
class Cell:
    """One cell: its words, its number (None: a blank, drawn as one; 0 or less: no bar), and what stands beneath it."""

    text: str
    number: float | None = None
    below: str = ""
    opens: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One row: its name, its cells, and how it is set."""

    name: str
    cells: Sequence[Cell | Component]
    kind: str = ""
    opens: Mapping[str, str] = field(default_factory=dict)


def matrix(heads: Sequence[str], lines: Sequence[Line]) -> Component:
    """The heads above, a row a line."""
    head = html.Li([html.Span(), *(html.Span(heading) for heading in heads)], className="heads")
    scale = Scale.over("cells", [cell.number for line in lines for cell in line.cells if isinstance(cell, Cell)])
    rows = [_line(line, scale) for line in lines]
    return html.Ul([head, *rows], className="matrix", style={"--columns": str(len(heads))})


def _line(line: Line, scale: Scale) -> Component:
    name = html.Span(line.name, className="name", dir="auto", **line.opens)
    return html.Li([name, *(_cell(cell, scale) for cell in line.cells)], className=line.kind)


def _cell(cell: Cell | Component, scale: Scale) -> Component:
    if isinstance(cell, Component):
        return cell
    if cell.number is None:
        return html.Div(html.Span(cell.text), className="cell blank")
    below = [html.Span(cell.below, className="quiet")] if cell.below else []
    mark = [scale.well(scale.mark(cell.number), "track")] if cell.number > 0 else []
    return html.Div([html.B(cell.text), *below, *mark], className="cell" if cell.number > 0 else "cell none", **cell.opens)
