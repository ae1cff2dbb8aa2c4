"""What people say in public about us and about competitors: newest first, unfiltered, exactly as written.

Nothing can hide a post. Competitors are labelled and never counted among our complaints.
"""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.look import Look
from wallboard.drawing.marks import nothing
from wallboard.drawing.words import crop, date_name
from wallboard.metrics.scope import Scope
from wallboard.metrics.voices import posts
from wallboard.panel import Connection, Frames, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How many posts."""

    rows: int = Field(5, ge=1, le=12, description="posts to show at the default screen and distance")
    letters: int = Field(110, ge=40, le=400, description="longest post before it is cut at a word")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """The newest posts."""
    return {"posts": posts(connection, scope, limit=options.rows)}


def draw(frames: Frames, options: Options, look: Look) -> Picture:
    """One row a post, in the order in which they were written."""
    found = frames["posts"].head(look.rows(options.rows))
    if found.empty:
        return Picture("Nothing said in public yet", nothing("Load posts about us and about competitors."))
    ours = int(found["ours"].sum())
    rows = [_row(row, options, look) for _, row in found.iterrows()]
    headline = f"{ours} of the newest {len(found)} are about us" if ours < len(found) else "The newest are all about us"
    return Picture(headline, html.Ul(rows, className="posts trim silent"), note="unfiltered")


def _row(row: "pd.Series[Any]", options: Options, look: Look) -> Component:
    when = date_name(pd.Timestamp(row["posted_at"]).tz_convert(look.zone).date(), look.locale)
    about = html.B("about us") if row["ours"] else html.B(f"about {row['brand']}", className="quiet")
    return html.Li(
        [html.P(crop(str(row["words"]), options.letters), dir="auto"), html.Div([about, html.Span(when, className="quiet")])]
    )


PANEL = Panel(Options, measure, draw, reads=("post",))
