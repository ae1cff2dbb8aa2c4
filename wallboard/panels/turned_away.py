"""What was brought to the room and is no issue of it, by verdict: "not from a customer" always stands here, even with none.

It counts in no volume of issues.
"""

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.issues import no_issue
from wallboard.drawing.marks import told
from wallboard.drawing.theme import Theme
from wallboard.metrics.frames import rows_of
from wallboard.metrics.room_issues import room_summary, turned_away
from wallboard.metrics.scope import Scope
from wallboard.panel import Connection, Frames, Options, Panel, Picture

ALWAYS = "not from a customer"


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """The counts by verdict."""
    return {"away": turned_away(connection, scope), "summary": room_summary(connection, scope)}


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """One number a verdict."""
    rows = [row for row in rows_of(frames["away"]) if row["intakes"] or row["verdict"] == ALWAYS]
    away = sum(row["intakes"] for row in rows)
    state = rows_of(frames["summary"])[0]["state"]
    if state != "measured" and not away:
        return Picture("Nothing has been brought to the room yet", no_issue(state))
    headline: list[str | Component] = [told(theme.whole(away), "room_turned_away"), " turned away"]
    cells = [html.Li([html.Span(f"{row['verdict']}: "), html.B(theme.whole(row["intakes"]))]) for row in rows]
    return Picture(headline, html.Ul(cells, className="turned-away"), note="in no volume")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("intake", "verdict", "issue", "issue_step", "issue_function", "issue_type", "user_account"),
    figures=("room_turned_away",),
    timeless="it shows what the room itself has written down, up to now",
)
