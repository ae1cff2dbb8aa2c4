"""Charts: Plotly figures, of the light kind that dictionaries are or of any other, static and in the room's template."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Protocol, TypeAlias, TypedDict

from dash import dcc, html
from dash.development.base_component import Component

from wallboard.drawing.template import LINE, locale_format, template
from wallboard.drawing.text_width import BOLD, LIGHT, text_width
from wallboard.drawing.theme import Theme

GAP = 30
"""The room beside a word in pixels."""

TAG, BREAK = re.compile(r"<[^>]*>"), re.compile(r"<br\s*/?>")


class PlotlyFigure(Protocol):
    """What a plotly.graph_objects.Figure is to the room, which does not import it."""

    def to_plotly_json(self) -> dict[str, Any]:
        """Its traces and its layout."""


Trace: TypeAlias = dict[str, object]
"""One trace, axis, shape or label of a chart, as plotly.js reads it."""


class Figure(TypedDict):
    """Traces (`data`) and `layout`, as plotly.js reads them."""

    data: list[Trace]
    layout: Trace


class Ticks(TypedDict):
    """Where an axis has its ticks, and their words."""

    tickvals: list[int]
    ticktext: list[str]


def chart(figure: Figure | PlotlyFigure, label: str, theme: Theme) -> Component:
    """A chart that nobody can drag, with its meaning in words for those who do not see it.

    The template of the screen takes the place of the one that plotly gave the figure; what a panel set itself stays.
    """
    plain = figure if isinstance(figure, dict) else figure.to_plotly_json()
    layout = {**plain["layout"], "template": template(theme)}
    locale = {"locale": "room", "locales": {"room": {"dictionary": {}, "format": locale_format(theme.locale)}}}
    shown = {"data": plain["data"], "layout": layout}
    graph = dcc.Graph(figure=shown, config={"staticPlot": True, "displayModeBar": False, **locale}, responsive=True)
    return html.Div(graph, className="graph", role="img", **{"aria-label": label})


def charted(part: object, label: str, theme: Theme) -> object:
    """A drawing in which each Plotly figure, wherever it stands, has become a chart."""
    if isinstance(part, list | tuple):
        return [charted(child, label, theme) for child in part]
    if isinstance(part, Component):
        if (children := getattr(part, "children", None)) is not None:
            part.children = charted(children, label, theme)
        return part
    return chart(part, label, theme) if hasattr(part, "to_plotly_json") else part


def plain_words(part: object) -> str:
    """The words of a headline without their colours."""
    return " ".join("".join(_words(part)).split())


def _words(part: object) -> Iterator[str]:
    if isinstance(part, list | tuple):
        for child in part:
            yield from _words(child)
    elif part is not None:
        yield part if isinstance(part, str) else "".join(_words(getattr(part, "children", None)))


def figure(data: Sequence[Trace], **layout: object) -> Figure:
    """Traces without a legend: what they are stands beside them."""
    return {"data": list(data), "layout": {"showlegend": False, **layout}}


def line(x: Sequence[object], y: Sequence[float | None], colour: str, **more: object) -> Trace:
    """A data line thick enough for four metres; gaps stay gaps."""
    style = {"color": colour, "width": more.pop("width", LINE), "dash": more.pop("dash", "solid")}
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": style, "connectgaps": False, **more}


def rule(at: float, colour: str, axis: str = "y", **more: object) -> Trace:
    """A dashed line across the picture at a value of one axis."""
    other = "x" if axis == "y" else "y"
    ends = {f"{axis}0": at, f"{axis}1": at, f"{other}0": 0, f"{other}1": 1, f"{other}ref": f"{other} domain"}
    return {"type": "line", "line": {"color": colour, "width": 4, "dash": "dash"}, **ends, **more}


def words(text: str, x: object, y: object, **more: object) -> Trace:
    """Words in a chart, at a value."""
    return {"text": text, "x": x, "y": y, "showarrow": False, **more}


def end_label(x: object, y: object, text: str, colour: str, **more: object) -> Trace:
    """The word at a line's end, instead of a legend."""
    return words(text, x, y, font={"color": colour, "weight": 600}, xanchor="left", yanchor="middle", xshift=14, **more)


def side_words(text: str, at: float, colour: str) -> Trace:
    """Words right of the chart, at the height of a value."""
    return words(text, 1, at, xref="paper", font={"color": colour}, xanchor="left", yanchor="middle", xshift=14)


def room_beside(labels: Sequence[Trace], theme: Theme) -> int:
    """The width in canvas pixels that the words right of a chart need; Plotly keeps none for them."""
    width = max((_label_width(label, theme.size("quiet")) for label in labels), default=0.0)
    return round(width + GAP) if width else 8


def _label_width(label: Trace, size: float) -> float:
    """The width of the longest line of a label, as wide as if all of it were bold where a part is."""
    text, font = str(label["text"]), label.get("font")
    weight = font.get("weight", LIGHT) if isinstance(font, dict) else LIGHT
    bold = BOLD if "<b>" in text else LIGHT
    return max(text_width(TAG.sub("", line), size, max(weight, bold), tabular=True) for line in BREAK.split(text))


def day_ticks(days: Sequence[date], theme: Theme, most: int = 3) -> Trace:
    """An axis of days that names a few of them, the first and the last among them; their year where it is not the reader's."""
    steps = min(most, len(days)) - 1 or 1
    named = list(dict.fromkeys(days[round(n * (len(days) - 1) / steps)] for n in range(steps + 1)))
    return {"type": "date", "tickvals": [day.isoformat() for day in named], "ticktext": [theme.short_day(day) for day in named]}


def count_ticks(highest: float, theme: Theme, most: int = 5) -> Ticks:
    """An axis from zero with a few round whole numbers as the reader writes them."""
    step = round_step(highest / most)
    ticks = range(0, int(highest) + 1, step)
    return {"tickvals": list(ticks), "ticktext": [theme.whole(mark) for mark in ticks]}


def round_step(least: float) -> int:
    """The smallest of 1, 2, 5, 10, 20 … that is not smaller."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if step >= least:
                return step
        size *= 10
