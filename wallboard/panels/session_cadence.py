"""Whether the room meets when it said it would: every session of the year, held, put off, cancelled or missed.

One row a session, the newest first, with the day, what became of it and whether the president was there. The longest time without
one, and how long ago a customer was here, stand beneath. For leaders, from four metres.
"""

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import metric_link, nothing, shape
from wallboard.drawing.issues import beyond
from wallboard.drawing.reader import SHORT
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.metrics.cadence import (
    CANCELLED,
    HELD,
    MISSED,
    POSTPONED,
    Cadence,
    PlannedSession,
    planned_sessions,
    session_cadence,
)
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import MEASURED
from wallboard.panel import OF_THE_ROOM, Connection, Panel, Picture, Words
from wallboard.panel import Options as Base

SHAPE = {HELD: "good", POSTPONED: "watch", CANCELLED: "attention", MISSED: "attention"}
WORD = {HELD: "held", POSTPONED: "put off", CANCELLED: "cancelled", MISSED: "not held"}


class Options(Base):
    """How many."""

    rows: int = Field(5, ge=1, le=12, description="sessions to show at the default screen and distance, the newest first")
    letters: int = Field(30, ge=10, le=80, description="longest name of a session before it is cut at a word")


@dataclass(frozen=True, slots=True)
class Measured:
    """The sessions of the year, and their count."""

    sessions: tuple[PlannedSession, ...]
    cadence: Cadence


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """The sessions of the year, and their count."""
    return Measured(planned_sessions(connection, scope), session_cadence(connection, scope)[0])


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """One row a session."""
    cadence = measured.cadence
    if cadence.state != MEASURED or cadence.planned is None or cadence.held is None:
        none = "No session was due yet" if cadence.planned == 0 else "No session has been planned yet"
        return Picture(none, nothing("Plan the sessions of the room at its console: once, or as a series."))
    newest = measured.sessions[::-1]
    shown = newest[: theme.rows(options.rows)]
    listed = html.Ul(
        [_row(row, options, theme) for row in shown], className="sessions trim noted", **beyond(len(newest) - len(shown))
    )
    held = metric_link(theme.whole(cadence.held), "cadence_adherence", "alert" if cadence.held < cadence.planned else "")
    of = f" of {theme.plural(cadence.planned, 'session', 'sessions')} {'was' if cadence.planned == 1 else 'were'} held as planned"
    return Picture([held, of], listed, note=_note(cadence, theme))


def _note(cadence: Cadence, theme: Theme) -> Words:
    """The longest gap and how often the president was missing, both public."""
    gap = f"longest gap {theme.plural(cadence.longest_gap, 'day', 'days')}" if cadence.longest_gap is not None else ""
    alone = f"{theme.whole(cadence.without_president)} without president" if cadence.without_president else ""
    return " · ".join(filter(None, ("a year", gap, alone, _visited(cadence, theme))))


def _visited(cadence: Cadence, theme: Theme) -> str:
    """How long ago a customer was here."""
    if cadence.customer_days is None:
        return "no customer was here"
    if cadence.customer_days == 0:
        return "a customer is here today"
    return f"a customer was here {theme.plural(cadence.customer_days, 'day', 'days')} ago"


def _row(row: PlannedSession, options: Options, theme: Theme) -> Component:
    day = html.B(theme.day(row.planned_on, SHORT))
    name = html.Span(crop(row.title, options.letters), className="quiet", dir="auto")
    return html.Li([html.Div([day, name]), html.Div([html.Span([shape(SHAPE[row.outcome]), _became(row, theme)]), _who(row)])])


def _became(row: PlannedSession, theme: Theme) -> str:
    if row.outcome == POSTPONED and row.held_on:
        return f"held on {theme.day(row.held_on, SHORT)}"
    return WORD[row.outcome]


def _who(row: PlannedSession) -> Component:
    if row.president is None:
        return html.Span(crop(row.reason, 34) if row.reason else "", className="quiet", dir="auto")
    beside = f", {row.delegates} by delegate" if row.delegates else ""
    if row.president:
        return html.Span(f"president present{beside}", className="quiet")
    return html.Span(f"without the president{beside}", className="alert")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("room_session", "room_session_step", "user_account"),
    metrics=("cadence_adherence",),
    subject="Whether the room meets as planned",
    timeless=OF_THE_ROOM,
    smallest=(
        Smallest(25, 10),
        Smallest(38, 8),
        Smallest(51, 7),
        Smallest(76, 6),
    ),
)
