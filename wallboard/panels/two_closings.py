"""Two ends, never one: what the helpdesk calls solved, and what customers have closed by accepting the room's answer; by week.

Each has its own line and its own scale, because a helpdesk solves tickets and a room closes issues.
"""

from typing import Any

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.look import Look
from wallboard.drawing.marks import nothing, told
from wallboard.drawing.words import plural, whole
from wallboard.metrics.frames import rows_of
from wallboard.metrics.issues import issue_flow
from wallboard.metrics.room_flow import room_flow
from wallboard.metrics.scope import Scope
from wallboard.panel import Connection, Frames, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How far back."""

    weeks: int = Field(26, ge=4, le=52, description="complete weeks to count")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """Both flows."""
    return {
        "helpdesk": issue_flow(connection, scope, weeks=options.weeks + 1),
        "room": room_flow(connection, scope, weeks=options.weeks + 1),
    }


def draw(frames: Frames, options: Options, look: Look) -> Picture:
    """Two rows of bars by week, one above the other."""
    desk = [row for row in rows_of(frames["helpdesk"]) if row["complete"]]
    room = [row for row in rows_of(frames["room"]) if row["complete"]]
    if all(row["state"] == "not measured" for row in (*desk, *room)):
        return Picture("Nothing has come to an end yet", nothing("Load tickets, and relay issues in the room’s console."))
    solved, closed = _sum(desk, "departed"), _sum(room, "closed")
    rows = [
        _line("solved by the helpdesk", "tickets that the helpdesk calls solved", solved, desk, "departed", "calm", look),
        _line("closed by the customers", "issues whose answer a customer has accepted", closed, room, "closed", "gain", look),
    ]
    span = plural(options.weeks, "week", "weeks", look.locale)
    return Picture(_headline(solved, closed, look), html.Div(rows, className="closings"), note=f"{span}, by week")


def _headline(solved: int | None, closed: int | None, look: Look) -> str:
    first = "What the helpdesk solves is not measured" if solved is None else f"The helpdesk solved {whole(solved, look.locale)}"
    return f"{first}; customers closed {'none yet' if closed is None else whole(closed, look.locale)}"


def _sum(rows: list[dict[str, Any]], name: str) -> int | None:
    known = [int(row[name]) for row in rows if row[name] is not None]
    return sum(known) if known else None


def _line(
    name: str, meaning: str, total: int | None, rows: list[dict[str, Any]], column: str, tone: str, look: Look
) -> Component:
    number: Component = html.Span("not measured", className="quiet")
    if total is not None:
        text = whole(total, look.locale)
        number = told(text, "room_closed", tone) if column == "closed" else html.B(text, className=tone)
    most = max((int(row[column]) for row in rows if row[column] is not None), default=0) or 1
    bars = [html.I(style={"height": f"{(row[column] or 0) / most:.1%}"}) for row in rows]
    columns = html.Div(bars, className=f"columns {tone}", role="img", **{"aria-label": f"{name}, by week"})
    scale = f"{meaning}; at most {whole(most, look.locale)} a week" if total else meaning
    label = html.Div([number, html.Span(name, className="name"), html.Span(scale, className="quiet")], className="label")
    return html.Div([label, columns], className="closing")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("issue", "issue_step", "issue_function", "issue_type", "issue_day", "issue_month", "voice"),
    figures=("room_closed",),
)
