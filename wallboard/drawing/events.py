"""What happened, on any time axis: a letter where it happened, and beneath the picture its day and its words, newest first.

Which events are told is decided here, wallboard.drawing.event_marks puts their letters on charts, bars, rows and sparklines.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.cell import GAP, GRID_WIDTH, Cell
from wallboard.drawing.text_width import BOLD, fitted, text_width
from wallboard.drawing.theme import Theme
from wallboard.metrics.events import ACTION, BEGAN, DEFINITION, ENDED, ISSUE, Event, Subject
from wallboard.metrics.shifts import Shift

HEAVY = 600
"""The weight of what nobody has explained."""

PAGE = "/room/events"
"""Where events are recorded."""

_LINE, _APART = GRID_WIDTH - 64, 44
"""The width of a line beneath a picture that has all of a scene, and what lies between two of its parts (canvas pixels)."""

APART = 1 / 16
"""What two marks lie apart at least, as a share of the axis: two letters fit beside each other, what is nearer shares a mark."""

_DERIVED = (ACTION, ISSUE, DEFINITION)
_KINDS = {BEGAN: "began", ENDED: "done"}


@dataclass(frozen=True)
class TimeAxis:
    """The time axis of a panel: the first day of each period that is drawn, oldest first, and the last day of the last one.

    `subjects` are what its series show, in the order in which they are drawn; one alone is that of all of them.
    """

    starts: tuple[date, ...]
    end: date
    subjects: tuple[Subject, ...]

    def share(self, day: date) -> float:
        """Where a day lies on the axis, from 0 to 1."""
        return (day - self.starts[0]).days / max(1, (self.end - self.starts[0]).days)

    def subject(self, n: int) -> Subject:
        """What the nth series shows."""
        return self.subjects[n] if n < len(self.subjects) else self.subjects[0]

    def __contains__(self, day: date) -> bool:
        return bool(self.starts) and self.starts[0] <= day <= self.end


@dataclass(frozen=True)
class Marker:
    """Events so near to each other that they share a mark, the one that is told first; no letter without room to tell."""

    letter: str
    events: tuple[Event, ...]

    @property
    def event(self) -> Event:
        """The one that is told, on whose day the mark stands."""
        return self.events[0]


def markers(axis: TimeAxis, happened: Sequence[Event], shifts: Sequence[Shift], cell: Cell, theme: Theme) -> list[Marker]:
    """Every event on the axis, newest first: what explains a shift is told first, then what people say happened.

    As many marks have a letter as the cell has room to tell of; the others only show that something happened.
    """
    explaining = {shift.event for shift in shifts}
    near = [event for event in happened if event.starts_on in axis and any(about.is_concerned(event) for about in axis.subjects)]
    ranked = sorted(near, key=lambda event: (event.key not in explaining, event.origin in _DERIVED, -event.starts_on.toordinal()))
    groups: list[list[Event]] = []
    for event in ranked:
        shared = (group for group in groups if abs(axis.share(event.starts_on) - axis.share(group[0].starts_on)) < APART)
        group = next(shared, None)
        if group is None:
            groups.append([event])
        else:
            group.append(event)
    room = _room(cell, len(axis.subjects), theme)
    newest = sorted(groups[:room], key=lambda group: group[0].starts_on, reverse=True)
    lettered = [
        Marker(letter, tuple(group)) for letter, group in zip(ascii_uppercase[cell.letters_before :], newest, strict=False)
    ]
    return [*lettered, *(Marker("", tuple(group)) for group in groups[room:])]


def _room(cell: Cell, series: int, theme: Theme) -> int:
    """Of how many events a cell has room to tell: of one at most where several series need its height."""
    return min(cell.events, 1) if series > 1 else min(cell.events, theme.rows(cell.events))


def _width(cell: Cell) -> float:
    """What an event, or the name of a shift, has of a line: two stand in one of a scene."""
    return min((_LINE - _APART) / 2, cell.width * (GRID_WIDTH + GAP) - GAP - 64)


def legend(
    marked: Sequence[Marker], shifts: Sequence[Shift], cell: Cell, theme: Theme, *, is_drawn: bool = True
) -> Component | None:
    """What the letters stand for, and which shift nobody has explained; None where there is nothing to say, or no room for it.

    Where a picture speaks of a time that it does not draw (`is_drawn`), what happened stands beneath it without a letter.
    """
    if not _room(cell, 1, theme):
        return None
    shown = [marker for marker in marked if marker.letter]
    others = sum(len(marker.events) for marker in marked if not marker.letter)
    more = [f"and {theme.whole(others)} more"] if others and shown else []
    size = theme.size("quiet")
    width = _width(cell) - text_width("W ", size, BOLD) - (text_width(f" {more[0]}", size) / len(shown) if more else 0)
    letters = [[html.B(marker.letter), " "] if is_drawn else [] for marker in shown]
    lines = [
        html.Li([*letter, html.Span(words(marker, width, theme), dir="auto")])
        for letter, marker in zip(letters, shown, strict=True)
    ]
    if more:
        lines[-1].children = [*lines[-1].children, f" {more[0]}"]
    listed = [html.Ol(lines)] if lines else []
    asks = unexplained(shifts, theme, _width(cell))
    return html.Div([*listed, *([asks] if asks else [])], className="happened") if listed or asks else None


def words(marker: Marker, width: float, theme: Theme) -> str:
    """The event of a mark in a line of that width: its day, what it was, whether an action began or is done, how many others."""
    happened, others = marker.event, len(marker.events) - 1
    ends = f" to {theme.short_day(happened.ends_on)}" if happened.ends_on and happened.ends_on != happened.starts_on else ""
    kind = f" ({_KINDS[happened.kind]})" if happened.kind in _KINDS else ""
    beside = f" +{theme.whole(others)}" if others else ""
    before, behind, size = f"{theme.short_day(happened.starts_on)}{ends}: ", f"{kind}{beside}", theme.size("quiet")
    room = width - text_width(before + behind, size)
    return f"{before}{fitted(happened.words, room, size)}{behind}"


def open_shifts(shifts: Sequence[Shift]) -> list[Shift]:
    """Those that go on and that nobody has explained."""
    return [shift for shift in shifts if shift.goes_on and shift.explained_by is None]


def unexplained(shifts: Sequence[Shift], theme: Theme, width: float = _LINE) -> Component | None:
    """That nobody has explained the shifts that go on, with the way to do so; a name takes what the sentence has of `width`.

    None: each has its event.
    """
    asking = open_shifts(shifts)
    if not asking:
        return None
    if len(asking) > 1:
        return html.A(f"Nobody has explained {theme.whole(len(asking))} of these shifts yet", href=PAGE, className="unexplained")
    (shift,) = asking
    alone = not (shift.issue_type or shift.touchpoint or shift.stage) and len({each.name for each in shifts}) == 1
    since = f"this shift yet (since {theme.short_day(shift.since)})"
    room = width - text_width("Nobody has explained ‘’ yet", size := theme.size("quiet"), HEAVY)
    sentence = f"Nobody has explained {since if alone else f'‘{fitted(shift.name, room, size, HEAVY)}’ yet'}"
    return html.A(sentence, href=explain_address(shift), className="unexplained")


def explain_address(shift: Shift) -> str:
    """The form of the console that records an event, filled in with what has shifted and since when."""
    about = {"metric": shift.metric, "issue_type": shift.issue_type, "touchpoint": shift.touchpoint, "stage": shift.stage}
    query = {name: value for name, value in about.items() if value} | {"explains": shift.since.isoformat()}
    return f"{PAGE}?{urlencode(query)}#record"


def briefly(shifts: Sequence[Shift]) -> str:
    """The same in the few words that a low panel has room for."""
    return "nobody has explained this yet" if open_shifts(shifts) else ""
