"""How long it is until the room meets again: one line at the foot of every wall, the same on all of them.

In days; on the last day in hours and minutes, which the screen counts down by itself (assets/js/countdown.js).
"""

from dash import html

from wallboard.drawing.theme import Theme
from wallboard.metrics.cadence import NextSession, next_session
from wallboard.metrics.scope import Scope
from wallboard.panel import OF_THE_ROOM, Connection, Options, Panel, Picture


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[NextSession, ...]:
    """The next session, or the one that runs."""
    return next_session(connection, scope)


def draw(rows: tuple[NextSession, ...], options: Options, theme: Theme) -> Picture:
    """In a few words: session in 5 days."""
    if not rows:
        return Picture("", html.Span("no session planned", className="alert"))
    row = rows[0]
    if row.running:
        return Picture("", html.B("in session"))
    begins = {"data-session": row.at.isoformat()} if row.at else {}
    return Picture("", html.Span(f"session {in_days(row.days, theme)}", **begins))


def in_days(days: int, theme: Theme) -> str:
    """A day ahead: today, tomorrow, in 5 days."""
    return ("today", "tomorrow")[days] if days in (0, 1) else f"in {theme.plural(days, 'day', 'days')}"


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("room_session", "room_session_step", "user_account", "meeting"),
    bare=True,
    timeless=OF_THE_ROOM,
)
