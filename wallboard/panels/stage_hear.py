"""What can be heard at a stage: a customer's call that plays and seeks, with its words following.

A clip without consent is not playable and says so; an empty lane says "nothing collected".
"""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.look import Look
from wallboard.drawing.marks import nothing
from wallboard.drawing.words import date_name
from wallboard.metrics.media import stage_media
from wallboard.metrics.scope import Scope
from wallboard.panel import Connection, Frames, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """Which stage."""

    stage: str = Field("", description="the stage's key; the walkthrough says it")
    clips: int = Field(3, ge=1, le=12, description="most clips to offer")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """The media of the lane."""
    media = stage_media(connection, scope, stage=options.stage, stale_days=scope.visible_days)
    return {"media": media[media["lane"] == "hear"].sort_values("playable", ascending=False, kind="stable").head(options.clips)}


def draw(frames: Frames, options: Options, look: Look) -> Picture:
    """The first clip open, the others one touch away."""
    media = frames["media"]
    if media.empty:
        return Picture("What they hear", nothing("nothing collected"))
    clips = [_clip(row, look, first=i == 0) for i, (_, row) in enumerate(media.iterrows())]
    return Picture("What they hear", html.Ul([html.Li(clip) for clip in clips], className="clips trim"))


def _clip(row: "pd.Series[Any]", look: Look, *, first: bool) -> Component:
    when = f" · {date_name(row['captured_on'], look.locale)}" if row["captured_on"] else ""
    title = html.Summary([html.Span(row["caption"] or "a call"), html.Span(f"{_consent(row)}{when}", className="quiet small")])
    return html.Details([title, _player(row)], open=first, className="clip")


def _player(row: "pd.Series[Any]") -> Component:
    if not row["playable"]:
        return html.P("This clip does not play: the customer’s consent is not on file.", className="quiet")
    track = (
        [html.Track(src=f"/captions/{row['media']}.vtt", kind="captions", default=True)]
        if row["transcript"] or row["words"]
        else []
    )
    audio = html.Audio([html.Source(src=f"/media/{row['media']}", type=row["mime"]), *track], preload="metadata")
    return html.Div([audio, html.Div(className="cues", **{"aria-live": "off"})], className="player")


def _consent(row: "pd.Series[Any]") -> str:
    return {"given": "with consent", "not needed": "no consent needed"}.get(str(row["consent"]), "no consent on file")


PANEL = Panel(Options, measure, draw, reads=("media", "stage"))
