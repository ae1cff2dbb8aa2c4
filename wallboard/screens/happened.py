"""What happened where a panel draws a time axis, and which of its shifts nobody has explained: measured once for all panels."""

from dataclasses import dataclass
from datetime import date

from dash.development.base_component import Component
from sqlalchemy import Connection

from wallboard.drawing.cell import Cell
from wallboard.drawing.event_marks import put_markers
from wallboard.drawing.events import TimeAxis, briefly, legend, markers
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import Absence
from wallboard.metrics.events import READS, Event, events
from wallboard.metrics.scope import Scope
from wallboard.metrics.shifts import Shift
from wallboard.metrics.state_shifts import TABLES, turned_in
from wallboard.panel import AnyPanel, Options, Picture, with_note

WINDOWS, MONTH = (36, 121), 30
"""Months that are read at once: what most walls ask for, and ten years; and the days of a month."""


@dataclass(frozen=True)
class Happened:
    """The axis of a panel, what happened in the perimeters of the scope, and the shifts of what the panel shows."""

    axis: TimeAxis | None = None
    events: tuple[Event, ...] = ()
    shifts: tuple[Shift, ...] = ()


def tables(panel: AnyPanel) -> tuple[str, ...]:
    """What the panel depends on besides the tables that it reads itself."""
    return READS if panel.axis or panel.shifts or TABLES & {*panel.reads} else ()


def happened(connection: Connection, scope: Scope, panel: AnyPanel, measured: object, options: Options) -> Happened:
    """What belongs to the panel's time axis, and what of it shifted or turned; nothing for one that cannot be measured."""
    if isinstance(measured, Absence):
        return Happened()
    axis = panel.axis(measured, options) if panel.axis else None
    own = panel.shifts(connection, scope, options) if panel.shifts else ()
    turned = turned_in(measured, connection, scope) if TABLES & {*panel.reads} else ()
    return Happened(axis, _since(connection, scope, axis.starts[0]) if axis else (), (*own, *turned))


def _since(connection: Connection, scope: Scope, day: date) -> tuple[Event, ...]:
    """What happened on the days of an axis that begins on a day, or began before and lasts; never more than ten years."""
    needed = (scope.today - day).days // MONTH + 1
    months = next((window for window in WINDOWS if window >= needed), WINDOWS[-1])
    return tuple(row for row in events(connection, scope, months) if (row.ends_on or row.starts_on) >= day)


def with_events(picture: Picture, recent: Happened, cell: Cell, theme: Theme) -> tuple[Picture, list[Component]]:
    """The picture with its marks, and what stands beneath it; what may not be judged has no shift to explain.

    Where there is no room beneath it, its note says that nobody has explained the shift.
    """
    shifts = recent.shifts if picture.judged else ()
    marked = markers(recent.axis, recent.events, shifts, cell, theme) if recent.axis else []
    is_drawn = recent.axis is not None and put_markers(picture.body, recent.axis, marked, theme)
    beneath = legend(marked, shifts, cell, theme, is_drawn=is_drawn)
    asks = briefly(shifts) if beneath is None else ""
    return with_note(picture, asks), [beneath] if beneath else []
