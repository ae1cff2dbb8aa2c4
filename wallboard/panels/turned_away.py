"""What was brought to the room and is not an issue for it, by verdict: "not from a customer" always stands here, even with none.

None of it counts as an issue.
"""

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import metric_link
from wallboard.drawing.issues import no_issue
from wallboard.drawing.theme import Theme
from wallboard.metrics.room_counts import RoomSummary, TurnedAway, room_summary, turned_away
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import MEASURED
from wallboard.panel import OF_THE_ROOM, Connection, Options, Panel, Picture

ALWAYS = "not from a customer"


@dataclass(frozen=True, slots=True)
class Measured:
    """The counts by verdict."""

    away: tuple[TurnedAway, ...]
    summary: RoomSummary


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """The counts by verdict."""
    return Measured(turned_away(connection, scope), room_summary(connection, scope)[0])


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """One number a verdict."""
    shown = [row for row in measured.away if row.intakes or row.verdict == ALWAYS]
    away = sum(row.intakes for row in shown)
    state = measured.summary.state
    if state != MEASURED and not away:
        return Picture("Nothing has been brought to the room yet", no_issue(state))
    headline: list[str | Component] = [metric_link(theme.whole(away), "room_turned_away"), " turned away"]
    cells = [html.Li([html.Span(f"{row.verdict}: "), html.B(theme.whole(row.intakes))]) for row in shown]
    return Picture(headline, html.Ul(cells, className="turned-away"), note="not counted as issues")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("intake", "verdict", "issue", "issue_step", "issue_function", "issue_type", "user_account"),
    metrics=("room_turned_away",),
    timeless=OF_THE_ROOM,
    smallest=(
        Smallest(25, 6),
        Smallest(38, 5),
        Smallest(51, 4),
        Smallest(76, 3),
    ),
)
