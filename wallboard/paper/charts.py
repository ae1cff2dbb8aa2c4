"""A chart of plotly.js on paper: its lines, bars, points, bands and labels, drawn from the same traces and layout."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from itertools import pairwise
from typing import Any

from wallboard.drawing.charts import BREAK, TAG
from wallboard.paper.document import Paper

HEIGHT, LOW, SIDE, FOOT = 38.0, 16.0, 34.0, 6.0
"""Of a chart, of one among several, of the room right of it for the words there, and of the room beneath it, in mm."""

_THIN, _SMALL = 0.12, 6.5


@dataclass(frozen=True)
class _Place:
    """Where values lie on the page."""

    left: float
    top: float
    width: float
    height: float
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    categories: Mapping[object, int]

    def x(self, value: object, ref: str = "x") -> float:
        if ref != "x":
            return self.left + self.width * float(str(value))
        return self.left + self.width * _share(_number(value, self.categories), self.x_range)

    def y(self, value: object, ref: str = "y") -> float:
        if ref != "y":
            return self.top + self.height * (1 - float(str(value)))
        return self.top + self.height * (1 - _share(_number(value, {}), self.y_range))


def draw_chart(paper: Paper, figure: Mapping[str, Any], height: float = HEIGHT) -> None:
    """Draw a chart at the place where the page stands, as wide as the page."""
    traces, layout = [dict(trace) for trace in figure["data"]], figure["layout"]
    paper.keep_together(height + FOOT + 4)
    place = _placed(paper, traces, layout, height)
    for shape in layout.get("shapes", ()):
        _shape(paper, place, shape)
    with paper.local_context():
        paper.set_draw_color(paper.colour("line"))
        paper.set_line_width(_THIN)
        paper.line(place.left, place.top + place.height, place.left + place.width, place.top + place.height)
    for trace in traces:
        (_bars if trace.get("type") == "bar" else _line)(paper, place, trace)
    for label in layout.get("annotations", ()):
        _label(paper, place, label)
    _ticks(paper, place, layout)
    paper.set_y(place.top + place.height + FOOT)


def _placed(paper: Paper, traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any], height: float) -> _Place:
    every = [value for trace in traces for value in trace.get("x", ()) if value is not None]
    categories = {value: n for n, value in enumerate(dict.fromkeys(every))} if any(map(_is_category, every)) else {}
    across = [_number(value, categories) for value in every]
    up = [_number(value, {}) for trace in traces for value in trace.get("y", ()) if value is not None]
    wide = [trace for trace in traces if trace.get("type") == "bar" and trace.get("orientation") != "h"]
    up += [0.0] if wide else []
    x_axis, y_axis = layout.get("xaxis", {}), layout.get("yaxis", {})
    return _Place(
        paper.l_margin,
        paper.get_y() + 3,
        paper.epw - SIDE,
        height,
        _range(x_axis.get("range"), across, categories),
        _range(y_axis.get("range"), up, {}),
        categories,
    )


def _range(declared: Sequence[object] | None, values: Sequence[float], categories: Mapping[object, int]) -> tuple[float, float]:
    ends = [_number(value, categories) for value in declared if value is not None] if declared else []
    low, high = ends if len(ends) == 2 else (min(values, default=0.0), max(values, default=1.0))
    return (low, high) if high != low else (low, low + 1)


def _share(value: float, within: tuple[float, float]) -> float:
    return (value - within[0]) / (within[1] - within[0])


def _is_category(value: object) -> bool:
    try:
        _number(value, {})
    except ValueError:
        return True
    return False


def _number(value: object, categories: Mapping[object, int]) -> float:
    """A value on its axis: a number, a day or an instant as days, or its place among the categories."""
    if value in categories:
        return float(categories[value])
    try:
        return float(str(value))
    except ValueError:
        at = datetime.fromisoformat(str(value))
        return at.toordinal() + (at.hour + at.minute / 60) / 24


def _line(paper: Paper, place: _Place, trace: Mapping[str, Any]) -> None:
    points = [
        None if x is None or y is None else (place.x(x), place.y(y))
        for x, y in zip(trace.get("x", ()), trace.get("y", ()), strict=False)
    ]
    mode, style, marker = str(trace.get("mode", "lines")), trace.get("line", {}), trace.get("marker", {})
    with paper.local_context():
        paper.set_line_width(max(0.25, float(style.get("width", 4)) * 0.1))
        paper.set_draw_color(str(style.get("color", paper.colour("ink"))))
        if style.get("dash", "solid") != "solid":
            paper.set_dash_pattern(dash=0.8, gap=0.8)
        if "lines" in mode:
            for here, there in pairwise(points):
                if here and there:
                    paper.line(*here, *there)
    if "markers" in mode:
        colours = marker.get("color", paper.colour("ink"))
        for n, point in enumerate(points):
            if point:
                paper.set_fill_color(str(colours if isinstance(colours, str) else colours[n]))
                paper.circle(x=point[0], y=point[1], radius=0.7, style="F")


def _bars(paper: Paper, place: _Place, trace: Mapping[str, Any]) -> None:
    xs, ys, base = trace.get("x", ()), trace.get("y", ()), trace.get("base", 0)
    lies = trace.get("orientation") == "h"
    across = place.width / max(1, len(xs)) * 0.8
    colours = trace.get("marker", {}).get("color", paper.colour("calm"))
    for n, (x, y) in enumerate(zip(xs, ys, strict=False)):
        if x is None or y is None:
            continue
        paper.set_fill_color(str(colours if isinstance(colours, str) else colours[n]))
        start = float(base[n] if isinstance(base, list | tuple) else base or 0)
        if lies:
            thick = abs(place.y(0) - place.y(float(trace.get("width") or 0.8)))
            left, right = place.x(start), place.x(start + float(x))
            paper.rect(min(left, right), place.y(y) - thick / 2, abs(right - left), thick, style="F")
        else:
            top, foot = place.y(start + float(y)), place.y(start)
            paper.rect(place.x(x) - across / 2, min(top, foot), across, abs(foot - top), style="F")


def _shape(paper: Paper, place: _Place, shape: Mapping[str, Any]) -> None:
    refs = str(shape.get("xref", "x")), str(shape.get("yref", "y"))
    x0, x1 = (place.x(shape[name], refs[0]) for name in ("x0", "x1"))
    y0, y1 = (place.y(shape[name], refs[1]) for name in ("y0", "y1"))
    with paper.local_context(fill_opacity=float(shape.get("opacity", 1)), stroke_opacity=1):
        if shape.get("type") == "rect":
            paper.set_fill_color(str(shape.get("fillcolor", paper.colour("calm"))))
            paper.rect(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0), style="F")
        elif shape.get("type") == "line":
            paper.set_draw_color(str(shape.get("line", {}).get("color", paper.colour("quiet"))))
            paper.set_line_width(0.25)
            paper.set_dash_pattern(dash=1.4, gap=0.8)
            paper.line(x0, y0, x1, y1)


def _label(paper: Paper, place: _Place, label: Mapping[str, Any]) -> None:
    words = unescape(TAG.sub("", BREAK.sub(" ", str(label.get("text", "")))))
    if not words:
        return
    x, y = place.x(label["x"], str(label.get("xref", "x"))), place.y(label["y"], str(label.get("yref", "y")))
    paper.pen(_SMALL, "ink" if label.get("font", {}).get("weight") else "quiet")
    width = paper.get_string_width(words)
    anchor = str(label.get("xanchor", "center"))
    left = x + 1.2 if anchor == "left" else x - width - 1.2 if anchor == "right" else x - width / 2
    paper.text(min(max(left, place.left), paper.w - paper.r_margin - width), y + 0.9, words)


def _ticks(paper: Paper, place: _Place, layout: Mapping[str, Any]) -> None:
    """What the layout says of its axes; without that, nothing is said of them."""
    x_axis, y_axis = layout.get("xaxis", {}), layout.get("yaxis", {})
    paper.pen(_SMALL, "quiet")
    _each(x_axis, lambda value, words: _beneath(paper, place, value, words))
    _each(y_axis, lambda value, words: paper.text(place.left, place.y(value) + 0.8, words))


def _beneath(paper: Paper, place: _Place, value: object, words: str) -> None:
    width = paper.get_string_width(words)
    paper.text(
        min(max(place.x(value) - width / 2, place.left), place.left + place.width - width), place.top + place.height + 3.4, words
    )


def _each(axis: Mapping[str, Any], put: Callable[[object, str], None]) -> None:
    if axis.get("showticklabels", True) and axis.get("visible", True):
        for value, words in zip(axis.get("tickvals", ()), axis.get("ticktext", ()), strict=False):
            put(value, unescape(TAG.sub("", BREAK.sub(" ", str(words)))))
