"""Open complaints in the customer's words: who is on each, what is being done, and how old it is.

"Nobody yet" and "nothing yet" are said in plain words. Those that nobody is on come first, then the oldest. For leaders, from
four metres; few rows.
"""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.issues import beyond
from wallboard.drawing.marks import nothing, shape
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop, quote
from wallboard.metrics.availability import COMPLAINTS
from wallboard.metrics.issues import open_issues, open_summary
from wallboard.metrics.scope import Scope
from wallboard.panel import COMPLAINT_FEED, Connection, Frames, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How many rows, and when an age is too old."""

    rows: int = Field(5, ge=1, le=12, description="complaints to show at the default screen and distance")
    watch_days: int = Field(14, ge=1, description="an open complaint older than this gets a triangle")
    late_days: int = Field(30, ge=1, description="an open complaint older than this gets a square")
    letters: int = Field(60, ge=20, le=200, description="longest quote before it is cut at a word")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """Open complaints with words: those nobody is on, then the oldest."""
    return {
        "issues": open_issues(connection, scope, limit=options.rows, unowned_first=True),
        "open": open_summary(connection, scope),
    }


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """One row a complaint."""
    summary = frames["open"].iloc[0]
    if not summary["open"]:
        return Picture("Nothing is open", nothing("Every complaint has been solved by its source."))
    issues = frames["issues"].head(theme.rows(options.rows))
    rows = [_row(row, options, theme) for _, row in issues.iterrows()]
    listed = html.Ul(rows, className="issues trim noted", **beyond(int(summary["open"]) - len(rows)))
    return Picture(_headline(summary, theme), listed)


def _headline(summary: "pd.Series[Any]", theme: Theme) -> str:
    count, nobody = int(summary["open"]), int(summary["without_owner"])
    if not nobody:
        return (
            "Somebody is on the one open complaint"
            if count == 1
            else f"Somebody is on each of the {theme.whole(count)} open complaints"
        )
    if count == 1:
        return "Nobody is on the one open complaint"
    return f"Nobody is on {theme.whole(nobody)} of {theme.plural(count, 'open complaint', 'open complaints')}"


def _row(row: "pd.Series[Any]", options: Options, theme: Theme) -> Component:
    words = crop(str(row["words"]), options.letters) if row["words"] else None
    said = (
        html.Span(quote(words), dir="auto")
        if words
        else html.Span(f"no words: {row['wording'] or 'unclassified'}", className="quiet")
    )
    age = int(row["age_days"])
    state = "attention" if age > options.late_days else "watch" if age > options.watch_days else "good"
    days = html.Span([shape(state), html.B(theme.plural(age, "day", "days"))], className="days")
    return html.Li([html.Div(said, className="words"), _who(row), days])


def _who(row: "pd.Series[Any]") -> Component:
    doing = row["doing"] or "no action in progress"
    if not row["owner"]:
        return html.Div([html.Span("nobody yet", className="alert"), html.Span(doing, className="quiet")], className="who")
    name = f"{row['owner']} · {row['function']}" if row["function"] else row["owner"]
    return html.Div([html.Span(name), html.Span(doing, className="quiet")], className="who")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("voice", "complaint_day", "complaint_month", "issue_type", "stage", "touchpoint", "person", "function"),
    subject="Which complaints are open",
    needs=((COMPLAINTS,),),
    feeds=(COMPLAINT_FEED,),
    timeless="it lists single things, each with its day",
)
