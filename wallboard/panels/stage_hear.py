"""What can be heard at a stage: a customer's call with its waveform, and a transcript to follow and jump in.

Touch the waveform or a sentence to play from there. Who speaks is named; date, length and consent stand below. A clip without
consent, or whose consent has run out, cannot be played and says why; an empty lane says "nothing collected".
"""

from dash import html
from pydantic import Field

from wallboard.drawing.album import more_of, placed_of
from wallboard.drawing.cell import Smallest
from wallboard.drawing.clips import clip, clip_thumb
from wallboard.drawing.glyphs import nothing
from wallboard.drawing.theme import Theme
from wallboard.metrics.media import MediaFile, stage_media
from wallboard.metrics.scope import Scope
from wallboard.panel import OF_SINGLE_THINGS, Connection, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """Which stage."""

    stage: str = Field("", description="the stage's key; the walkthrough says it")
    clips: int = Field(4, ge=1, le=12, description="clips in the strip; a walk can open the others too")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[MediaFile, ...]:
    """The media of the lane, what plays first."""
    files = stage_media(connection, scope, stage=options.stage)
    return tuple(sorted((file for file in files if file.lane == "hear"), key=lambda file: not file.playable))


def draw(clips: tuple[MediaFile, ...], options: Options, theme: Theme) -> Picture:
    """The first clip open, the others one touch away."""
    if not clips:
        return Picture("What they hear", nothing("nothing collected"))
    placed = placed_of(len(clips), options.clips)
    opened = [clip(row, theme, first=n == 0, awaited=n >= placed) for n, row in enumerate(clips)]
    thumbs = [clip_thumb(row, first=n == 0) for n, row in enumerate(clips[:placed])]
    strip = [*thumbs, *more_of(len(clips) - placed, theme)]
    parts = [html.Div(opened, className="clips"), html.Div(strip, className="strip", hidden=len(clips) < 2)]
    return Picture("What they hear", html.Div(parts, className="album calls"))


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("media", "stage"),
    timeless=OF_SINGLE_THINGS,
    smallest=(
        Smallest(25, 6),
        Smallest(38, 5),
    ),
)
