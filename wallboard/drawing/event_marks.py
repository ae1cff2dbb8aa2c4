"""Puts what happened where a picture shows time: on charts, bars side by side, rows beneath each other, and sparklines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from wallboard.drawing.charts import Trace
from wallboard.drawing.events import Marker, TimeAxis
from wallboard.drawing.scale import Scale
from wallboard.drawing.sparkline import SPARKLINE
from wallboard.drawing.theme import Theme

STROKE = 26
"""How high, in canvas pixels, the stroke of an event reaches above a chart in which it has no letter: no word stands there."""

BESIDE = "inline-series"
"""The class of what holds a series that has no room for letters: they stand behind it, and only marks are in it."""


@dataclass(frozen=True)
class Series:
    """A chart, a sparkline, or what holds a part for each period; `beside` takes the letters that it has no room for."""

    drawn: Component
    beside: Component | None


def put_markers(body: object, axis: TimeAxis, marked: Sequence[Marker], theme: Theme) -> bool:
    """Put the marks on each series of a picture, where its subject is concerned; False where the picture draws none.

    Of series that have their letters behind them the first names an event, the others only show when it was.
    """
    series, named = list(series_of(body)), set[str]()
    letters = any(marker.letter for marker in marked)
    for n, each in enumerate(series):
        mine = [marker for marker in marked if any(axis.subject(n).is_concerned(event) for event in marker.events)]
        if each.beside is not None and letters:
            new = [marker.letter for marker in mine if marker.letter not in named]
            own = html.B("".join(new), className="event-letters")
            named.update(new)
            each.beside.children = [*_children(each.beside), own]
        if mine:
            _put(each, mine, axis, theme)
    return bool(series)


def series_of(part: object, beside: Component | None = None) -> Iterator[Series]:
    """The series of a picture, in the order in which they stand."""
    if isinstance(part, list | tuple):
        for child in part:
            yield from series_of(child, beside)
    elif isinstance(part, dcc.Graph) or SPARKLINE in _classes(part):
        yield Series(part, beside)
    elif isinstance(part, Component):
        beside = part if BESIDE in _classes(part) else beside
        children = getattr(part, "children", None)
        if any(_period(child) for child in children) if isinstance(children, list | tuple) else False:
            yield Series(part, beside)
        else:
            yield from series_of(children, beside)


def _classes(part: Any) -> list[str]:
    return str(getattr(part, "className", "") or "").split()


def _period(part: object) -> date | None:
    """The first day of the period that a part shows."""
    day = getattr(part, "data-period", None)
    return date.fromisoformat(day) if day else None


def _put(series: Series, marked: Sequence[Marker], axis: TimeAxis, theme: Theme) -> None:
    if isinstance(series.drawn, dcc.Graph):
        _on_chart(series.drawn, marked, theme, lettered=series.beside is None)
    elif SPARKLINE in _classes(series.drawn):
        time = Scale("time", 1.0)
        lines = [time.point(axis.share(marker.event.starts_on), _event_class(marker.letter), tag=html.Em) for marker in marked]
        series.drawn.children = [*_children(series.drawn), time.well(lines, "event-marks")]
    else:
        _on_periods(series, marked)


def _children(part: Any) -> list[Any]:
    children = part.children
    return [] if children is None else [*children] if isinstance(children, list | tuple) else [children]


def _event_class(letters: str) -> str:
    return "told" if letters else "untold"


def _on_chart(graph: dcc.Graph, marked: Sequence[Marker], theme: Theme, *, lettered: bool) -> None:
    """A dotted line over the height of the chart, and its letter above it; of what is not told a short stroke above the chart."""
    layout, size = graph.figure["layout"], theme.size("quiet")
    letters = [marker for marker in marked if marker.letter] if lettered else []
    above_it = round(1.2 * size) if letters else STROKE if lettered else 0
    layout["margin"] = {**(margin := layout.get("margin", {})), "t": max(margin.get("t", 0), above_it)}
    layout["shapes"] = [*layout.get("shapes", []), *(_line(marker, theme, above=lettered) for marker in marked)]
    place = {"yref": "paper", "y": 1, "showarrow": False, "name": "event", "yanchor": "bottom"}
    font = {"size": size, "color": theme.colours["ink"]}
    above = ({**place, "x": _day(marker), "text": f"<b>{marker.letter}</b>", "font": font} for marker in letters)
    layout["annotations"] = [*layout.get("annotations", []), *above]


def _line(marker: Marker, theme: Theme, *, above: bool) -> Trace:
    line = {"color": theme.colours["ink" if marker.letter else "quiet"], "width": 3, "dash": "dot" if marker.letter else "solid"}
    inside: Trace = {"y0": 0.0 if marker.letter else 0.9, "y1": 1.0}
    high: Trace = inside if marker.letter or not above else {"ysizemode": "pixel", "yanchor": 1, "y0": 4, "y1": STROKE}
    return {"type": "line", "name": "event", "yref": "paper", **high, "x0": _day(marker), "x1": _day(marker), "line": line}


def _day(marker: Marker) -> str:
    return marker.event.starts_on.isoformat()


def _on_periods(series: Series, marked: Sequence[Marker]) -> None:
    """A mark in the part of its period, and its letter."""
    parts = [(start, part) for part in _children(series.drawn) if (start := _period(part))]
    where: dict[int, list[Marker]] = {}
    for marker in marked:
        begun = [n for n, (start, _) in enumerate(parts) if start <= marker.event.starts_on]
        if begun:
            where.setdefault(max(begun, key=lambda n: parts[n][0]), []).append(marker)
    if not where:
        return
    lettered = series.beside is None
    for n, there in where.items():
        _mark(parts[n][1], there, "".join(marker.letter for marker in there) if lettered else "")
    if lettered and "slots" in _classes(series.drawn) and any(marker.letter for there in where.values() for marker in there):
        series.drawn.className += " lettered"


def _mark(part: Component, there: Sequence[Marker], letters: str) -> None:
    """A line in the part of a period, and the letters above a bar, or behind the name of a column or a row."""
    kind = _event_class("".join(marker.letter for marker in there))
    part.className = " ".join([*_classes(part), "event-here", kind])
    if not letters:
        return
    letter = html.B(letters, className="event-letters")
    if "slot" in _classes(part):
        part.children = [*_children(part), letter]
    else:
        named = next((child for child in _children(part) if hasattr(child, "data-label")), _children(part)[0])
        named.children = [*_children(named), " ", letter]
