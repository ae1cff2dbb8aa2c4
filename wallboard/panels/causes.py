"""Root causes waiting for the function behind them to say: yes, that is us. The oldest come first.

A cause that nobody acknowledges is nobody's concern. For leaders, from four metres.
"""

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import metric_link
from wallboard.drawing.issues import beyond, no_issue_yet
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.metrics.room_counts import RoomSummary, room_summary
from wallboard.metrics.room_rules import DecisionsTaken, UnacknowledgedCause, causes_unacknowledged, room_decisions
from wallboard.metrics.scope import Scope
from wallboard.panel import OF_THE_ROOM, Connection, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How many."""

    rows: int = Field(3, ge=1, le=8, description="causes to show at the default screen and distance")
    letters: int = Field(56, ge=20, le=200, description="longest text before it is cut at a word")


@dataclass(frozen=True, slots=True)
class Measured:
    """The causes that wait, and how many were named."""

    causes: tuple[UnacknowledgedCause, ...]
    named: DecisionsTaken
    summary: RoomSummary


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """The causes that wait, and how many were named."""
    return Measured(
        causes=causes_unacknowledged(connection, scope),
        named=room_decisions(connection, scope)[0],
        summary=room_summary(connection, scope)[0],
    )


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """One row a cause."""
    if empty := no_issue_yet(measured.summary):
        return Picture(*empty)
    causes, named = measured.causes, measured.named.causes
    if not named:
        return Picture("No root cause has been named yet", html.P("Name one in the room’s console.", className="empty"))
    if not causes:
        words = html.P("Somebody has acknowledged each of them.", className="empty")
        return Picture("Every root cause is acknowledged", words, f"{named} of {named}")
    number = metric_link(theme.plural(len(causes), "root cause", "root causes"), "room_causes", "alert")
    shown = [_row(cause, options, theme) for cause in causes[: theme.rows(options.rows)]]
    listed = html.Ul(shown, className="causes-open trim", **beyond(len(causes) - len(shown)))
    return Picture([number, " not acknowledged yet"], listed, f"of {named} named")


def _row(cause: UnacknowledgedCause, options: Options, theme: Theme) -> Component:
    days = html.B(theme.plural(cause.age_days, "day", "days"))
    words = html.Span(crop(cause.cause, options.letters), className="words", dir="auto")
    return html.Li([words, html.Span([html.B(cause.function), " has not said yes"], className="waits"), days])


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("issue", "issue_step", "issue_function", "issue_type", "function", "user_account", "mandate", "attendee"),
    metrics=("room_causes",),
    timeless=OF_THE_ROOM,
    smallest=(
        Smallest(25, 11),
        Smallest(38, 8),
        Smallest(51, 6),
    ),
)
