"""What happened, on any time axis: a letter where it happened, and beneath the picture its day and its words, newest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from wallboard.drawing.cell import Cell
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.metrics.events import ACTION, BEGAN, DEFINITION, ENDED, ISSUE, Event, Subject
from wallboard.metrics.shifts import Shift

MOST, LETTERS = 2, 34
"""Events that are marked at most, and the letters of their words: two fit into one line of a whole scene."""

LOW, WHOLE, WIDE = 0.45, 0.75, 0.7
"""Shares of a scene: a lower panel than the first has no room for events, one as high as the second for several if it is wide."""

_LINE, _LETTER, _DAY = 1800, 0.46, 14
"""The width of a scene in canvas pixels, that of a letter in its type size, and the letters of a day."""

APART = 1 / 16
"""What two marks lie apart at least, as a share of the axis: two letters fit beside each other."""

_DERIVED = (ACTION, ISSUE, DEFINITION)
_KINDS = {BEGAN: "began", ENDED: "done"}


@dataclass(frozen=True)
class TimeAxis:
    """The time axis of a panel: the first day of each period that is drawn, oldest first, and the last day of the last one.

    `subjects` are what its charts show, in the order in which they are drawn; one alone is that of all of them.
    """

    starts: tuple[date, ...]
    end: date
    subjects: tuple[Subject, ...]

    def share(self, day: date) -> float:
        """Where a day lies on the axis, from 0 to 1."""
        return (day - self.starts[0]).days / max(1, (self.end - self.starts[0]).days)

    def __contains__(self, day: date) -> bool:
        return bool(self.starts) and self.starts[0] <= day <= self.end


@dataclass(frozen=True)
class Marker:
    """One event and the letter that stands for it on this panel."""

    letter: str
    event: Event


def markers(axis: TimeAxis, happened: Sequence[Event], shifts: Sequence[Shift], cell: Cell, theme: Theme) -> list[Marker]:
    """The events that are marked, newest first: what explains a shift first, then what people say happened."""
    room = _room(cell, len(axis.subjects), theme)
    explaining = {shift.event for shift in shifts}
    near = [event for event in happened if event.starts_on in axis and any(about.is_concerned(event) for about in axis.subjects)]
    ranked = sorted(near, key=lambda event: (event.key not in explaining, event.origin in _DERIVED, -event.starts_on.toordinal()))
    kept: list[Event] = []
    for event in ranked:
        if len(kept) < room and all(abs(axis.share(event.starts_on) - axis.share(other.starts_on)) >= APART for other in kept):
            kept.append(event)
    newest = sorted(kept, key=lambda event: event.starts_on, reverse=True)
    return [Marker(letter, event) for letter, event in zip(ascii_uppercase, newest, strict=False)]


def put_markers(body: Any, axis: TimeAxis, marked: Sequence[Marker], theme: Theme) -> None:
    """Put the letters on each chart and each row of bars of a picture, where its subject is concerned."""
    for n, drawn in enumerate(_drawn(body)):
        about = axis.subjects[n] if len(axis.subjects) > 1 and n < len(axis.subjects) else axis.subjects[0]
        mine = [marker for marker in marked if about.is_concerned(marker.event)]
        if isinstance(drawn, dcc.Graph):
            _on_chart(drawn, mine, theme)
        else:
            _on_bars(drawn, axis, mine)


def _room(cell: Cell, charts: int, theme: Theme) -> int:
    """How many events a cell has room for: none where it is low, or where many charts need its height."""
    if cell.height < LOW or charts > 1:
        return 0
    if cell.height < WHOLE:
        return 1
    return 1 if cell.width < WIDE else theme.rows(MOST)


def _letters(cell: Cell, theme: Theme) -> int:
    """How many letters of an event's words fit behind its day: into a line, or into two where the one event has a narrow cell."""
    line = int(cell.width * _LINE / (_LETTER * theme.size("quiet")))
    return min(LETTERS, (line if cell.width >= WIDE else 2 * line) - _DAY)


def _drawn(part: Any) -> Iterator[Component]:
    """The charts and rows of bars of a picture, in the order in which they stand."""
    if isinstance(part, list | tuple):
        for child in part:
            yield from _drawn(child)
    elif isinstance(part, dcc.Graph) or "slots" in str(getattr(part, "className", "") or "").split():
        yield part
    elif isinstance(part, Component):
        yield from _drawn(getattr(part, "children", None))


def _on_chart(graph: dcc.Graph, marked: Sequence[Marker], theme: Theme) -> None:
    """A dotted line over the height of the chart, and its letter above."""
    if not marked:
        return
    layout, colour, size = graph.figure["layout"], theme.colours["ink"], theme.size("quiet")
    margin = layout.get("margin", {})
    layout["margin"] = {**margin, "t": max(margin.get("t", 0), round(1.2 * size))}
    ends = {"yref": "paper", "y0": 0, "y1": 1, "line": {"color": colour, "width": 3, "dash": "dot"}, "type": "line"}
    days = [(marker.letter, marker.event.starts_on.isoformat()) for marker in marked]
    layout["shapes"] = [*layout.get("shapes", []), *({**ends, "x0": day, "x1": day, "name": "event"} for _, day in days)]
    placed = {"yref": "paper", "y": 1, "showarrow": False, "name": "event", "yanchor": "bottom"}
    letters = ({**placed, "x": day, "text": f"<b>{letter}</b>", "font": {"size": size, "color": colour}} for letter, day in days)
    layout["annotations"] = [*layout.get("annotations", []), *letters]


def _on_bars(well: Component, axis: TimeAxis, marked: Sequence[Marker]) -> None:
    slots = [child for child in well.children if "slot" in str(getattr(child, "className", "")).split()]
    for marker in marked:
        n = sum(start <= marker.event.starts_on for start in axis.starts) - 1
        if len(slots) == len(axis.starts):
            there = slots[n].children
            bars = [] if there is None else [*there] if isinstance(there, list | tuple) else [there]
            slots[n].children = [*bars, html.B(marker.letter, className="event-marker")]
            slots[n].className = "slot event-slot"


def legend(marked: Sequence[Marker], shifts: Sequence[Shift], cell: Cell, theme: Theme) -> Component | None:
    """What the letters stand for, and which shift nobody has explained; None where there is nothing to say, or no room for it."""
    fit = _letters(cell, theme)
    lines = [html.Li([html.B(marker.letter), " ", html.Span(words(marker.event, fit, theme), dir="auto")]) for marker in marked]
    unsaid = unexplained(shifts, theme) if _room(cell, 1, theme) else ""
    parts = [html.Ol(lines)] if lines else []
    return html.Div([*parts, *([html.P(unsaid)] if unsaid else [])], className="happened") if parts or unsaid else None


def words(happened: Event, letters: int, theme: Theme) -> str:
    """An event in a line: its day, and what it was; an action says whether it began or is done."""
    ends = f" to {theme.short_day(happened.ends_on)}" if happened.ends_on and happened.ends_on != happened.starts_on else ""
    kind = f" ({_KINDS[happened.kind]})" if happened.kind in _KINDS else ""
    return f"{theme.short_day(happened.starts_on)}{ends}: {crop(happened.words, letters - len(ends) - len(kind))}{kind}"


def unexplained(shifts: Sequence[Shift], theme: Theme) -> str:
    """That nobody has explained the shifts that go on; '' where each has its event."""
    open_ = [shift for shift in shifts if shift.goes_on and shift.explained_by is None]
    if not open_:
        return ""
    if len(open_) == 1 or len(shifts) == len(open_) == 1:
        (shift,) = open_
        about = "this shift" if shift.issue_type is None and shift.touchpoint is None else f"‘{crop(shift.name, LETTERS)}’"
        return f"Nobody has explained {about} yet (since {theme.short_day(shift.since)})"
    return f"Nobody has explained {theme.whole(len(open_))} of these shifts yet"
