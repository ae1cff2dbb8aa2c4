"""Two ends, never one: what the helpdesk calls solved, and what customers have closed by accepting the room's answer; by week.

A helpdesk solves tickets and a room closes issues, so that one is drawn as bars and the other as squares to be counted.
"""

from typing import Any

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.marks import customers_per_figure, nothing, tally, told
from wallboard.drawing.scale import Scale, columns
from wallboard.drawing.theme import Theme
from wallboard.metrics.frames import rows_of
from wallboard.metrics.issues import issue_flow
from wallboard.metrics.room_flow import room_flow
from wallboard.metrics.scope import Scope, and_running
from wallboard.panel import COMPLAINT_FEED, Connection, Frames, Panel, Picture
from wallboard.panel import Options as Base

SQUARES = 7
"""Squares that stand above each other in the height of a line."""


class Options(Base):
    """How far back."""

    weeks: int = Field(26, ge=4, le=52, description="complete weeks to count")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """Both flows, over the same weeks: the room's last one is always that of today, which runs."""
    return {
        "helpdesk": issue_flow(connection, scope, weeks=and_running(scope, options.weeks)),
        "room": room_flow(connection, scope, weeks=options.weeks + 1),
    }


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """What was solved as bars by week, beneath it what was closed as squares to be counted."""
    desk = [row for row in rows_of(frames["helpdesk"]) if row["complete"]]
    room = [row for row in rows_of(frames["room"]) if row["complete"]]
    if all(row["state"] == "not measured" for row in (*desk, *room)):
        return Picture(
            "What came to an end is not known", nothing("No ticket is loaded of these weeks, and no issue is in the room.")
        )
    solved, closed = _sum(desk, "departed"), _sum(room, "closed")
    rows = [_solved(solved, desk, theme), _closed(closed, room, theme)]
    span = theme.plural(options.weeks, "week", "weeks")
    unknown = sum(row["departed"] is None for row in desk)
    note = f"{span}, by week" + (f", {theme.whole(unknown)} not measured" if unknown and solved is not None else "")
    return Picture(_headline(solved, closed, theme), html.Div(rows, className="closings"), note=note)


def _headline(solved: int | None, closed: int | None, theme: Theme) -> str:
    first = "What the helpdesk solves is not measured" if solved is None else f"The helpdesk solved {theme.whole(solved)}"
    return f"{first}; customers closed {'none yet' if closed is None else theme.whole(closed)}"


def _sum(rows: list[dict[str, Any]], name: str) -> int | None:
    known = [int(row[name]) for row in rows if row[name] is not None]
    return sum(known) if known else None


def _solved(total: int | None, rows: list[dict[str, Any]], theme: Theme) -> Component:
    scale = Scale.over("solved a week", [row["departed"] for row in rows], along="y")
    bars = [None if row["departed"] is None else scale.mark(row["departed"]) for row in rows]
    number = None if total is None else html.B(theme.whole(total), className="calm")
    most = f"; at most {theme.whole(scale.high)} a week" if total else ""
    words = f"tickets that the helpdesk calls solved{most}"
    return _line(number, "solved by the helpdesk", words, columns(scale, bars, "calm"))


def _closed(total: int | None, rows: list[dict[str, Any]], theme: Theme) -> Component:
    counts = [row["closed"] for row in rows]
    per = customers_per_figure(max((count or 0 for count in counts), default=0), SQUARES)
    number = None if total is None else told(theme.whole(total), "room_closed", "gain")
    one = "an issue" if per == 1 else theme.plural(per, "issue", "issues")
    words = f"a customer accepted the answer; a square is {one}"
    return _line(number, "closed by the customers", words, tally(counts, "gain", per))


def _line(number: Component | None, name: str, meaning: str, drawn: Component) -> Component:
    total = number or html.Span("not measured", className="quiet")
    label = html.Div([total, html.Span(name, className="name"), html.Span(meaning, className="quiet")], className="label")
    picture = html.Div(drawn, className="by-week", role="img", **{"aria-label": f"{name}, by week"})
    return html.Div([label, picture], className="closing")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("issue", "issue_step", "issue_function", "issue_type", "member", "complaint_day", "complaint_month", "voice"),
    figures=("room_closed",),
    feeds=(COMPLAINT_FEED,),
    timeless="it names the months or the day that it tells",
)
