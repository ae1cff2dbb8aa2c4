"""Issues that nobody answers for, oldest first: an issue without one accountable person cannot move on.

For leaders, from four metres; one line an issue.
"""

from typing import Any

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.issues import beyond, no_issue_yet, said_by_customer
from wallboard.drawing.marks import told
from wallboard.drawing.theme import Theme
from wallboard.metrics.frames import rows_of
from wallboard.metrics.room_issues import orphans, room_summary
from wallboard.metrics.scope import Scope
from wallboard.panel import Connection, Frames, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How many."""

    rows: int = Field(2, ge=1, le=8, description="issues to show at the default screen and distance")
    letters: int = Field(58, ge=20, le=200, description="longest quote before it is cut at a word")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """The orphans, and whether there are issues at all."""
    return {"orphans": orphans(connection, scope), "summary": room_summary(connection, scope)}


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """One row an issue."""
    if empty := no_issue_yet(frames["summary"]):
        return Picture(*empty)
    rows = rows_of(frames["orphans"])
    if not rows:
        return Picture("Every open issue has somebody who answers for it", html.P("No orphans.", className="empty"))
    count = told(theme.plural(len(rows), "issue", "issues"), "room_orphans", "alert")
    shown = [_row(row, options, theme) for row in rows[: theme.rows(options.rows)]]
    listed = html.Ul(shown, className="orphans trim", **beyond(len(rows) - len(shown)))
    return Picture(["Nobody answers for ", count], listed, note="oldest first")


def _row(row: dict[str, Any], options: Options, theme: Theme) -> Component:
    days = html.B(theme.plural(int(row["age_days"]), "day", "days"), className="alert")
    return html.Li([said_by_customer(row["words"], options.letters), days])


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("issue", "issue_step", "issue_function", "issue_type", "user_account"),
    figures=("room_orphans",),
    timeless="it shows what the room itself has written down, up to now",
)
