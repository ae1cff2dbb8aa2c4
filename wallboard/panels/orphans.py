"""Issues that nobody answers for, oldest first: an issue without one accountable person cannot move on.

For leaders, from four metres; one line for each issue.
"""

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import metric_link
from wallboard.drawing.issues import beyond, no_issue_yet, said_by_customer
from wallboard.drawing.theme import Theme
from wallboard.metrics.room_counts import RoomSummary, room_summary
from wallboard.metrics.room_issues import Orphan, orphans
from wallboard.metrics.scope import Scope
from wallboard.panel import OF_THE_ROOM, Connection, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How many."""

    rows: int = Field(2, ge=1, le=8, description="issues to show at the default screen and distance")
    letters: int = Field(58, ge=20, le=200, description="longest quote before it is cut at a word")


@dataclass(frozen=True, slots=True)
class Measured:
    """The orphans, and whether there are issues at all."""

    orphans: tuple[Orphan, ...]
    summary: RoomSummary


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """The orphans, and whether there are issues at all."""
    return Measured(orphans(connection, scope), room_summary(connection, scope)[0])


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """One row an issue."""
    if empty := no_issue_yet(measured.summary):
        return Picture(*empty)
    if not measured.orphans:
        return Picture("Every open issue has somebody who answers for it", html.P("No orphans.", className="empty"))
    count = metric_link(theme.plural(len(measured.orphans), "issue", "issues"), "room_orphans", "alert")
    shown = [_row(orphan, options, theme) for orphan in measured.orphans[: theme.rows(options.rows)]]
    listed = html.Ul(shown, className="orphans trim noted", **beyond(len(measured.orphans) - len(shown)))
    return Picture(["Nobody answers for ", count], listed, note="oldest first")


def _row(orphan: Orphan, options: Options, theme: Theme) -> Component:
    days = html.B(theme.plural(orphan.age_days, "day", "days"), className="alert")
    return html.Li([said_by_customer(orphan.words, options.letters), days])


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("issue", "issue_step", "issue_function", "issue_type", "user_account"),
    metrics=("room_orphans",),
    timeless=OF_THE_ROOM,
    smallest=(
        Smallest(25, 11),
        Smallest(38, 7),
        Smallest(51, 5),
        Smallest(76, 4),
    ),
)
