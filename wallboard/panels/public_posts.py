"""What people say in public about us and about competitors: newest first, unfiltered, exactly as written.

Nothing can hide a post. Competitors are labelled and never counted among our complaints. What the room has made an issue of is
counted, and how long the others wait; a touch on a post leads to the room.
"""

from typing import Any
from urllib.parse import urlencode

import pandas as pd
from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.marks import nothing, told
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.metrics.availability import POSTS
from wallboard.metrics.scope import Scope
from wallboard.metrics.voices import posts, posts_taken_up
from wallboard.panel import Connection, Frames, Panel, Picture, Words
from wallboard.panel import Options as Base


class Options(Base):
    """How many posts."""

    rows: int = Field(5, ge=1, le=12, description="posts to show at the default screen and distance")
    letters: int = Field(110, ge=40, le=400, description="longest post before it is cut at a word")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """The newest posts, and what became of those that complain."""
    return {"posts": posts(connection, scope, limit=options.rows), "taken": posts_taken_up(connection, scope)}


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """One row a post, in the order in which they were written."""
    found = frames["posts"].head(theme.rows(options.rows))
    if found.empty:
        return Picture("Nothing was said in public", nothing("No post is of the time that is shown."))
    rows = [_row(row, options, theme) for _, row in found.iterrows()]
    listed = html.Ul(rows, className="posts trim silent")
    body = html.Div([listed, html.P(_waiting(frames["taken"].iloc[0], theme), className="posts-wait")], className="in-public")
    return Picture("The newest posts about us and our competitors", body, note="unfiltered, newest first")


def _waiting(taken: "pd.Series[Any]", theme: Theme) -> Words:
    """How many complain of us and wait for the room, and how long."""
    if taken["state"] != "measured":
        return (
            "Nobody has complained of us in public in 13 weeks" if taken["state"] == "no cases" else "Nothing about us in public"
        )
    what = "complaint" if taken["counted"] == "negative" else "post"
    if not taken["waiting"]:
        return f"The room has taken up all of {theme.plural(int(taken['posts']), f'public {what}', f'public {what}s')}"
    count, _, noun = theme.plural(int(taken["waiting"]), f"public {what}", f"public {what}s").partition(" ")
    age = theme.plural(int(taken["oldest_days"]), "day", "days")
    verb = "waits" if taken["waiting"] == 1 else "wait"
    return [told(count, "public_complaints_waiting", "loss"), f" {noun} {verb} for the room, the oldest {age}"]


def _row(row: "pd.Series[Any]", options: Options, theme: Theme) -> Component:
    when = theme.day(pd.Timestamp(row["posted_at"]).tz_convert(theme.zone).date())
    about = html.B("about us") if row["ours"] else html.B(f"about {row['brand']}", className="quiet")
    words: str | Component = crop(str(row["words"]), options.letters)
    if row["ours"]:
        words = html.A(words, href=f"/room/relay?{urlencode({'source': row['source'], 'key': row['source_key']})}")
    return html.Li([html.P(words, dir="auto"), html.Div([about, html.Span(when, className="quiet")])])


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("post", "issue_voice"),
    figures=("public_complaints_waiting",),
    subject="What is said of us in public",
    needs=((POSTS,),),
    timeless="it lists single things, each with its day",
)
