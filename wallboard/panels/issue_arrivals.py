"""Complaints that arrive and complaints that the source calls solved, by week, and how many are open.

The open number is the largest thing; the two lines say whether it grows or shrinks. The running week is drawn, never judged.
"Solved" is the helpdesk's word: an issue is over only when the customer has accepted the answer.
"""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.charts import chart, end_label, figure, line
from wallboard.drawing.marks import nothing
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import COMPLAINTS
from wallboard.metrics.issues import issue_flow, open_summary
from wallboard.metrics.scope import Scope, and_running, full_weeks, span
from wallboard.panel import COMPLAINT_FEED, Connection, Frames, Panel, Picture
from wallboard.panel import Options as Base

JUDGED_WEEKS = 4
LINES = (("departed", "gain"), ("arrived", "loss"))

LETTER, GAP = 0.57, 24
"""Width of a letter at a line's end in its type size, and the room beside it in pixels."""


class Options(Base):
    """How far back."""

    weeks: int = Field(26, ge=4, le=104, description="weeks to show")


LINE, PLOT = 52, 150
"""The height of a label, and that of the chart where the panel is one of two on a wall, in canvas pixels."""


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """Flow by week, and what is open."""
    weeks = and_running(scope, options.weeks)
    return {"flow": issue_flow(connection, scope, weeks=weeks), "open": open_summary(connection, scope)}


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """Two lines and one number."""
    flow = frames["flow"][frames["flow"]["state"] == "measured"]
    if flow.empty:
        return Picture("No week can be told", nothing("The complaints that are loaded do not cover a whole one."))
    full = flow[flow["complete"].astype(bool)]
    body = html.Div([_lines(flow, full, theme), _open(frames["open"].iloc[0], full, theme)], className="arrivals")
    return Picture(_headline(full, theme), body, note="by week")


def _headline(full: pd.DataFrame, theme: Theme) -> str:
    recent = full.tail(JUDGED_WEEKS)
    if len(recent) < JUDGED_WEEKS:
        return "Fewer than four whole weeks so far"
    came, went = int(recent["arrived"].sum()), int(recent["departed"].sum())
    if came == went:
        return "In four weeks as many were solved as arrived"
    difference = theme.whole(abs(came - went))
    return f"In four weeks {difference} more {'arrived than were solved' if came > went else 'were solved than arrived'}"


def _lines(flow: pd.DataFrame, full: pd.DataFrame, theme: Theme) -> Component:
    weeks = [day.isoformat() for day in full["week_start"]]
    shown = flow.tail(1) if full.empty else full
    traces = [line(weeks, full[name].tolist(), theme.colours[colour]) for name, colour in LINES]
    newest = flow.iloc[-1]["week_start"].isoformat()
    if len(full) and newest != weeks[-1]:
        for name, colour in LINES:
            running = [full.iloc[-1][name], flow.iloc[-1][name]]
            traces.append(line([weeks[-1], newest], running, theme.colours[colour], width=4, dash="dot", opacity=0.8))
    last = shown.iloc[-1]
    ends = _ends(last, newest, int(flow[["arrived", "departed"]].max().max()), theme)
    room = max(len(one["text"]) for one in ends) * theme.size("quiet") * LETTER + GAP
    drawn = figure(traces, theme, annotations=ends, margin={"l": 8, "r": round(room), "t": 10, "b": 8})
    drawn["layout"]["xaxis"] |= {"tickformat": "%-d %b", "nticks": 4, "range": [flow.iloc[0]["week_start"].isoformat(), newest]}
    label = f"Complaints by week: last complete week {last['arrived']} arrived, {last['departed']} were solved."
    return chart(drawn, label)


def _ends(last: "pd.Series[Any]", at: str, highest: int, theme: Theme) -> list[dict[str, Any]]:
    """The labels of both lines, pushed apart where the lines end closer to each other than a line of text is high."""
    arrived, departed = int(last["arrived"]), int(last["departed"])
    apart = max(0, round((LINE - PLOT * abs(arrived - departed) / max(1, highest)) / 2))
    up = 1 if arrived >= departed else -1
    return [
        end_label(at, arrived, f"{theme.whole(arrived)} arrived", theme.colours["loss"], theme, yshift=apart * up),
        end_label(at, departed, f"{theme.whole(departed)} solved", theme.colours["gain"], theme, yshift=-apart * up),
    ]


def _open(now: "pd.Series[Any]", full: pd.DataFrame, theme: Theme) -> Component:
    count = int(now["open"])
    parts: list[Component] = [html.P([html.B(theme.whole(count)), "open now"], className="open-now")]
    nobody = int(now["without_owner"])
    if count:
        parts.append(html.P([html.B(theme.whole(nobody)), " with nobody on it"], className="alert" if nobody else "quiet"))
        parts.append(html.P(f"the oldest {theme.plural(int(now['oldest_age_days']), 'day', 'days')}", className="quiet"))
    return html.Div(parts, className="open")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("complaint_day", "complaint_month", "voice"),
    subject="How many complaints arrive and are solved",
    needs=((COMPLAINTS,),),
    judges=lambda scope, _: span(full_weeks(scope, 4)),
    feeds=(COMPLAINT_FEED,),
)
