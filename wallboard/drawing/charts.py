"""Charts as plain dictionaries with one shared look: no grid, no legend, no box; the last point is labelled."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from wallboard.drawing.theme import Theme

LINE = 6
Figure = dict[str, Any]


def chart(figure: Figure, label: str) -> Component:
    """A chart that nobody can drag, with its meaning in words for those who do not see it."""
    graph = dcc.Graph(figure=figure, config={"staticPlot": True, "displayModeBar": False}, responsive=True)
    return html.Div(graph, className="graph", role="img", **{"aria-label": label})


def figure(data: list[dict[str, Any]], theme: Theme, **layout: Any) -> Figure:
    """Traces in the room's look; `layout` adds to it."""
    axis = {"showgrid": False, "zeroline": False, "fixedrange": True, "ticks": "", "tickfont": {"size": theme.size("quiet")}}
    shared: dict[str, Any] = {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "Inter", "size": theme.size("quiet"), "color": theme.colours["quiet"]},
        "showlegend": False,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8, "pad": 0},
        "bargap": 0.24,
        "xaxis": {**axis, "automargin": True, **layout.pop("xaxis", {})},
        "yaxis": {**axis, "visible": False, "rangemode": "tozero", **layout.pop("yaxis", {})},
    }
    return {"data": data, "layout": shared | layout}


def line(x: list[Any], y: list[Any], colour: str, **more: Any) -> dict[str, Any]:
    """A data line thick enough for four metres; gaps stay gaps."""
    style = {"color": colour, "width": more.pop("width", LINE), "dash": more.pop("dash", "solid"), "shape": "linear"}
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": style, "connectgaps": False, **more}


def end_label(x: Any, y: Any, text: str, colour: str, theme: Theme, **more: Any) -> dict[str, Any]:
    """The word at a line's end, instead of a legend."""
    font = {"size": theme.size("quiet"), "color": colour, "weight": 600}
    place = {"xanchor": "left", "yanchor": "middle", "xshift": 14, "showarrow": False}
    return {"x": x, "y": y, "text": text, "font": font, **place, **more}
