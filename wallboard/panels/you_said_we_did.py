"""You said, we did: what customers had said, what we did about it, and when they were shown; and how much is finished each month.

Only what customers have been shown stands here, the newest first. For leaders and for customers in the room, from four metres.
"""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.issues import beyond
from wallboard.drawing.marks import nothing
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop, quote
from wallboard.metrics.availability import ACTIONS
from wallboard.metrics.improvements import improvements_by_month, you_said
from wallboard.metrics.scope import Scope
from wallboard.panel import Connection, Frames, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How much of it."""

    rows: int = Field(4, ge=1, le=8, description="improvements to show at the default screen and distance")
    months: int = Field(6, ge=2, le=12, description="complete months whose finished improvements are counted")
    letters: int = Field(70, ge=20, le=200, description="longest quote before it is cut at a word")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """The newest ones, and the counts by month."""
    return {
        "said": you_said(connection, scope, limit=options.rows),
        "months": improvements_by_month(connection, scope, months=options.months),
    }


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """One row an improvement: their words, our deed, the day; beneath, the months."""
    said, months = frames["said"], frames["months"]
    if said.empty and (months["state"] == "not measured").all():
        return Picture("Nothing was improved", nothing("No action says what customers had said, and when it was done."))
    rows: list[Component] = [_row(row, options, theme) for row in said.head(theme.rows(options.rows)).to_dict("records")]
    heads = html.Div([html.Span("you said"), html.Span("we did", className="gain"), html.Span("shown on")], className="heads")
    none = html.P("Customers have been shown none of it yet.", className="empty")
    shown = html.Ul(rows, className="did trim", **beyond(int(said["total"].iloc[0]) - len(rows))) if rows else none
    body = html.Div([heads, shown, _months(months, theme)], className="you-said")
    return Picture(_headline(said, months, theme), body)


def _headline(said: pd.DataFrame, months: pd.DataFrame, theme: Theme) -> str:
    total = int(said["total"].iloc[0]) if len(said) else 0
    newest = months.iloc[-1]
    month = theme.plain_month(newest["month"])
    told = f"{theme.plural(total, 'answer', 'answers')} shown" if total else "Nothing shown yet"
    if pd.isna(newest["finished"]):
        return f"{told}; what was finished in {month} is not known"
    done = int(newest["finished"])
    return f"{told}; {theme.plural(done, 'improvement', 'improvements')} finished in {month}"


def _row(row: dict[Any, Any], options: Options, theme: Theme) -> Component:
    their, ours = html.Span(quote(crop(row["said"], options.letters)), dir="auto"), html.B(crop(row["what"], options.letters))
    return html.Li([their, ours, html.Span(theme.short_day(row["presented_on"]), className="quiet")])


def _months(months: pd.DataFrame, theme: Theme) -> Component:
    cells = []
    for n, row in enumerate(months.to_dict("records")):
        count = "–" if pd.isna(row["finished"]) else theme.whole(int(row["finished"]))
        kind = "newest" if n == len(months) - 1 else ""
        cells.append(html.Li([html.B(count), html.Span(theme.month_label(row["month"]))], className=kind))
    return html.Div([html.P("finished each month"), html.Ul(cells)], className="finished")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("action", "stage", "person"),
    subject="What we did about what customers said",
    needs=((ACTIONS,),),
    timeless="it names the months or the day that it tells",
)
