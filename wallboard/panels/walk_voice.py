"""The second frame of a guided walk: one customer's own words of these months, before any number is seen.

A complaint that says something, the newest of them, exactly as it was said; where nobody has said anything, it says so.
"""

from typing import Any

import pandas as pd
from dash import html

from wallboard.drawing.marks import nothing
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import quote
from wallboard.metrics.agenda import opening_voice
from wallboard.metrics.availability import ANSWERS, WORDS
from wallboard.metrics.scope import Scope
from wallboard.panel import Connection, Frames, Options, Panel, Picture


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """One voice."""
    return {"voice": opening_voice(connection, scope)}


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """The words as large as the glass; where, how and when they were said."""
    if frames["voice"].empty:
        return Picture("", nothing("No customer has told us anything in words."))
    row = frames["voice"].iloc[0]
    words = html.Blockquote(quote(str(row["words"])), className="first-voice", dir="auto")
    return Picture("", html.Div([words, html.P(_by(row, theme), className="quiet")], className="opening voice-first"))


def _by(row: "pd.Series[Any]", theme: Theme) -> str:
    day = row["day"]
    when = theme.day(day)
    place = f"at “{row['stage_name']}”" if row["stage_name"] else None
    return " · ".join(part for part in ("a customer", place, row["heard_through"], when) if part)


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("voice", "survey_response", "stage", "issue_type", "person"),
    bare=True,
    subject="What customers say",
    needs=((WORDS, ANSWERS),),
    timeless="it lists single things, each with its day",
)
