"""What customers complain about, in their own wording, most frequent first.

The unclassified are always shown, the rest is last, and the bars sum to all complaints. The change against as many weeks
before stands beside each bar in words, never by colour alone.
"""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.look import Look
from wallboard.drawing.marks import bar, nothing
from wallboard.drawing.words import plural, whole
from wallboard.metrics.nature import issue_pareto
from wallboard.metrics.scope import Scope
from wallboard.panel import Connection, Frames, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How far back, and how many kinds."""

    weeks: int = Field(4, ge=1, le=52, description="complete weeks to sum")
    top: int = Field(5, ge=1, le=10, description="kinds of issue to name")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """Complaints by kind."""
    return {"pareto": issue_pareto(connection, scope, weeks=options.weeks, top=options.top)}


def draw(frames: Frames, options: Options, look: Look) -> Picture:
    """One bar a kind."""
    pareto = frames["pareto"]
    if (pareto["state"] == "not measured").all():
        return Picture("Nobody has complained to us yet", nothing("Load tickets, reviews or complaints."))
    total = int(pareto["complaints"].sum())
    span = plural(options.weeks, "week", "weeks", look.locale)
    if not total:
        return Picture(
            f"No complaint in {span}", nothing("Nothing to count. If that surprises you, look at the state of the data.")
        )
    most = int(pareto["complaints"].max())
    rows = [_row(row, most, look) for _, row in pareto.iterrows()]
    first = pareto.iloc[0]
    headline = f"“{first['wording']}” leads" if first["issue_type"] else "Most complaints are not classified yet"
    return Picture(
        headline,
        html.Ul(rows, className="pareto trim"),
        note=f"{plural(total, 'complaint', 'complaints', look.locale)} in {span}",
    )


def _row(row: "pd.Series[Any]", most: int, look: Look) -> Component:
    count = int(row["complaints"])
    named = row["wording"] not in ("unclassified", "other")
    parts = [
        html.Span(f"“{row['wording']}”" if named else row["wording"], className="" if named else "quiet"),
        html.B(whole(count, look.locale)),
        bar(count / most, "loss" if row["place"] == 1 and named else "calm"),
        html.Span(_change(count, int(row["previous"]), look), className="quiet"),
    ]
    return html.Li(parts)


def _change(now: int, before: int, look: Look) -> str:
    if now == before:
        return "as before"
    return f"{whole(abs(now - before), look.locale)} {'more' if now > before else 'fewer'}"


PANEL = Panel(Options, measure, draw, reads=("voice_day", "issue_type"))
