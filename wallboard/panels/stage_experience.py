"""What customers experience at a stage: screens, paperwork, packaging and letters as they are, to zoom into.

Evidence older than the room's limit says from when it is; an empty lane says "nothing collected".
"""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.look import Look
from wallboard.drawing.marks import nothing
from wallboard.drawing.words import date_name, month_name
from wallboard.metrics.media import stage_media
from wallboard.metrics.scope import Scope
from wallboard.panel import Connection, Frames, Panel, Picture
from wallboard.panel import Options as Base

THUMBS = {"video": "▶", "paperwork": "PDF"}


class Options(Base):
    """Which stage."""

    stage: str = Field("", description="the stage's key; the walkthrough says it")
    files: int = Field(6, ge=1, le=24, description="most files to show")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """The media of the lane."""
    media = stage_media(connection, scope, stage=options.stage, stale_days=scope.visible_days)
    return {"media": media[media["lane"] == "experience"].head(options.files)}


def draw(frames: Frames, options: Options, look: Look) -> Picture:
    """One large picture, the others as a strip; touch to zoom."""
    media = frames["media"]
    if media.empty:
        return Picture("What they experience", nothing("nothing collected"))
    pages = [_page(row, look, first=i == 0) for i, (_, row) in enumerate(media.iterrows())]
    strip = [_thumb(row, first=i == 0) for i, (_, row) in enumerate(media.iterrows())]
    body = html.Div(
        [html.Div(pages, className="pages"), html.Div(strip, className="strip", hidden=len(strip) < 2)], className="album"
    )
    return Picture("What they experience", body)


def _page(row: "pd.Series[Any]", look: Look, *, first: bool) -> Component:
    words = [row["caption"] or "", _when(row, look)]
    caption = html.Figcaption([html.Span(words[0]), html.Span(words[1], className="quiet")])
    return html.Figure(
        [_file(row), caption], className="page-of shown" if first else "page-of", **{"data-media": str(row["media"])}
    )


def _file(row: "pd.Series[Any]") -> Component:
    address = f"/media/{row['media']}"
    if not row["playable"]:
        return html.P("not shown: no consent on file", className="empty")
    if row["kind"] == "video":
        track = (
            [html.Track(src=f"/captions/{row['media']}.vtt", kind="captions", default=True)]
            if row["transcript"] or row["words"]
            else []
        )
        return html.Video(
            [html.Source(src=address, type=row["mime"]), *track],
            controls=True,
            muted=True,
            autoPlay=True,
            loop=True,
            className="zoom-not",
        )
    if row["mime"] == "application/pdf":
        return html.A("Open the form", href=address, className="paper")
    return html.Img(src=address, alt=row["caption"] or "", className="zoom", tabIndex=0, role="button")


def _when(row: "pd.Series[Any]", look: Look) -> str:
    if not row["captured_on"]:
        return "date not known"
    return f"from {month_name(row['captured_on'], look.locale)}" if row["stale"] else date_name(row["captured_on"], look.locale)


def _thumb(row: "pd.Series[Any]", *, first: bool) -> Component:
    picture = row["playable"] and str(row["mime"]).startswith("image/")
    word = THUMBS.get(str(row["kind"]), "file") if row["playable"] else "—"
    inside: Component | str = html.Img(src=f"/media/{row['media']}", alt="") if picture else word
    return html.Button(inside, className="here" if first else "", title=row["caption"] or "", **{"data-media": str(row["media"])})


PANEL = Panel(Options, measure, draw, reads=("media", "stage"))
