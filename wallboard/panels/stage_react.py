"""How customers react at a stage: their words as written, and the score they give, with n and interval.

Too few answers show the count and no score; an empty lane says "nothing collected".
"""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.look import Look
from wallboard.drawing.marks import nothing, said
from wallboard.drawing.scores import score_words
from wallboard.drawing.words import date_name, plural
from wallboard.metrics.complaints import stage_complaints
from wallboard.metrics.scope import Scope
from wallboard.metrics.scores import scores
from wallboard.metrics.voices import verbatims
from wallboard.panel import Connection, Frames, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """Which stage."""

    stage: str = Field("", description="the stage's key; the walkthrough says it")
    voices: int = Field(3, ge=1, le=8, description="most verbatims to show")
    letters: int = Field(80, ge=40, le=300, description="longest verbatim before it is cut at a word")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """Score, complaints and voices of the stage."""
    complaints = stage_complaints(connection, scope)
    return {
        "scores": scores(connection, scope, stage=options.stage),
        "complaints": complaints[complaints["stage"] == options.stage],
        "voices": verbatims(connection, scope, stage=options.stage, limit=options.voices, longest=options.letters),
    }


def draw(frames: Frames, options: Options, look: Look) -> Picture:
    """A number first, then the words."""
    parts: list[Component] = []
    for _, row in frames["scores"].head(1).iterrows():
        value, band, _ = score_words(row, look)
        measured = row["state"] == "measured"
        parts.append(
            html.Div(
                [html.P(value, className="big" if measured else "quiet"), html.P(band, className="quiet small")],
                className="score",
            )
        )
    for _, row in frames["complaints"].iterrows():
        parts.append(
            html.P(
                [
                    html.B(plural(int(row["complaints"]), "complaint", "complaints", look.locale)),
                    f" in four weeks, {int(row['previous'])} before",
                ]
            )
        )
    voices = [html.Li(said(str(row["words"]), _by(row, look))) for _, row in frames["voices"].iterrows()]
    if voices:
        parts.append(html.Ul(voices, className="voices trim silent"))
    return Picture("How they react", html.Div(parts, className="react") if parts else nothing("nothing collected"))


def _by(row: "pd.Series[Any]", look: Look) -> str:
    heard = str(row["heard_through"]).replace("_", " ")
    stars = f" · {int(row['score'])} of {int(row['scale_max'])}" if pd.notna(row["score"]) and pd.notna(row["scale_max"]) else ""
    return f"{heard}{stars} · {date_name(row['day'], look.locale)}"


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("voice", "voice_day", "survey_response", "score_day", "stage", "touchpoint", "issue_type"),
)
