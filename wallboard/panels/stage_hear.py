"""What can be heard at a stage: a customer's call with its waveform, and its words that follow and jump.

A touch on the waveform or on a sentence plays from there. Who speaks is named; date, length and consent stand below. A clip
without consent, or one whose time is over, is not playable and says why; an empty lane says "nothing collected".
"""

from typing import Any

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.album import named, track, when
from wallboard.drawing.look import Look
from wallboard.drawing.marks import nothing
from wallboard.metrics.frames import rows_of
from wallboard.metrics.media import stage_media
from wallboard.metrics.scope import Scope
from wallboard.panel import Connection, Frames, Panel, Picture
from wallboard.panel import Options as Base

CONSENT = {"given": "with consent", "not needed": "no consent needed"}


class Options(Base):
    """Which stage."""

    stage: str = Field("", description="the stage's key; the walkthrough says it")
    clips: int = Field(4, ge=1, le=12, description="most clips to offer")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """The media of the lane, what plays first."""
    media = stage_media(connection, scope, stage=options.stage, stale_days=scope.visible_days)
    return {"media": media[media["lane"] == "hear"].sort_values("playable", ascending=False, kind="stable").head(options.clips)}


def draw(frames: Frames, options: Options, look: Look) -> Picture:
    """The first clip open, the others one touch away."""
    clips = rows_of(frames["media"])
    if not clips:
        return Picture("What they hear", nothing("nothing collected"))
    opened = [_clip(row, look, first=n == 0) for n, row in enumerate(clips)]
    strip = [_thumb(row, first=n == 0) for n, row in enumerate(clips)]
    parts = [html.Div(opened, className="clips"), html.Div(strip, className="strip", hidden=len(clips) < 2)]
    return Picture("What they hear", html.Div(parts, className="album calls"))


def _clip(row: dict[str, Any], look: Look, *, first: bool) -> Component:
    about = html.P(named(row, "a call"), className="about")
    below = html.P([*_facts(row, look)], className="facts quiet")
    kind = "clip shown" if first else "clip"
    return html.Div([*_player(row), about, below], className=kind, **{"data-media": str(row["media"])})


def _player(row: dict[str, Any]) -> list[Component]:
    if not row["playable"]:
        return [html.Div(html.P(_silence(row), className="empty"), className="player silent"), html.Div(className="told-words")]
    audio = html.Audio([html.Source(src=f"/media/{row['media']}", type=row["mime"]), *track(row)], preload="metadata")
    said = {"data-peaks": f"/media/{row['media']}/peaks", "data-seconds": str(row["seconds"] or "")}
    words = html.Div(className="told-words", **{"aria-live": "off"})
    return [html.Div(audio, className="player", **said), words]


def _silence(row: dict[str, Any]) -> str:
    why = row["why_not"] or ""
    if row["consent"] not in CONSENT or not why:
        return "This clip does not play: the customer’s consent is not on file."
    return f"This clip does not play: {why}."


def _facts(row: dict[str, Any], look: Look) -> list[str]:
    taken = [when(row, look), CONSENT.get(row["consent"], "no consent on file")]
    return [" · ".join([*taken, *(["parts taken out"] if row["redacted"] else [])])]


def length(seconds: float) -> str:
    """Minutes and seconds: 1:12."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _thumb(row: dict[str, Any], *, first: bool) -> Component:
    mark = html.I(className="plays" if row["playable"] else "silent")
    words = length(row["seconds"]) if row["seconds"] else "call"
    said = {"data-media": str(row["media"]), "aria-label": named(row, "a call")}
    return html.Button([mark, f" {words}"], className="here" if first else "", title=named(row, ""), **said)


PANEL = Panel(Options, measure, draw, reads=("media", "stage"))
