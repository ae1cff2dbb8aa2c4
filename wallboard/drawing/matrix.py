"""Numbers in rows and columns, each with a bar beneath it, so that the large ones are found from afar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dash import html
from dash.development.base_component import Component


@dataclass(frozen=True)
class Cell:
    """One cell: its words, its share of the largest (None: a blank, drawn as one), and what stands beneath it."""

    text: str
    level: float | None = None
    below: str = ""
    opens: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One row: its name, its cells, and how it is set."""

    name: str
    cells: Sequence[Cell | Component]
    kind: str = ""
    opens: Mapping[str, str] = field(default_factory=dict)


def matrix(heads: Sequence[str], lines: Sequence[Line], corner: str = "") -> Component:
    """The heads above, a row a line."""
    head = html.Li([html.Span(corner), *(html.Span(one) for one in heads)], className="heads")
    rows = [_line(line) for line in lines]
    return html.Ul([head, *rows], className="matrix", style={"--columns": str(len(heads))})


def _line(line: Line) -> Component:
    name = html.Span(line.name, className="name", dir="auto", **line.opens)
    return html.Li([name, *(_cell(one) for one in line.cells)], className=line.kind)


def _cell(cell: Cell | Component) -> Component:
    if isinstance(cell, Component):
        return cell
    if cell.level is None:
        return html.Div(html.Span(cell.text), className="cell blank")
    size = {"width": f"{max(0.0, min(1.0, cell.level)) * 100:.1f}%"}
    below = [html.Span(cell.below, className="quiet")] if cell.below else []
    mark = [html.I(html.I(style=size))] if cell.level > 0 else []
    return html.Div([html.B(cell.text), *below, *mark], className="cell" if cell.level > 0 else "cell none", **cell.opens)
