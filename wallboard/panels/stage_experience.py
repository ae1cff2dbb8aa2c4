"""What customers experience at a stage: screens, paperwork, packaging and letters as they are, to zoom into and turn over.

One thing is large, the others are a touch away: a picture at its own resolution, the same thing before and after, a form page
by page with its pages and fields counted, a video with its words. What customers must do here can be tried. Evidence older than
the room's limit shows its date; an empty lane says "nothing collected".
"""

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.album import album, things
from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import nothing
from wallboard.drawing.theme import Theme
from wallboard.metrics.media import MediaFile, stage_media
from wallboard.metrics.scope import Scope
from wallboard.metrics.tasks import READS, Task, tasks
from wallboard.panel import OF_SINGLE_THINGS, Connection, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """Which stage."""

    stage: str = Field("", description="the stage's key; the walkthrough says it")
    files: int = Field(6, ge=1, le=24, description="things in the strip; a walk can open the others too")


@dataclass(frozen=True, slots=True)
class Experience:
    """The media of the lane, and what can be tried."""

    media: tuple[MediaFile, ...]
    tasks: tuple[Task, ...]


def measure(connection: Connection, scope: Scope, options: Options) -> Experience:
    """The media of the lane, and what can be tried."""
    files = stage_media(connection, scope, stage=options.stage)
    return Experience(tuple(file for file in files if file.lane == "experience"), tasks(connection, scope, stage=options.stage))


def draw(measured: Experience, options: Options, theme: Theme) -> Picture:
    """One large thing, the others as a strip, and what can be tried beneath them."""
    shown = things(measured.media)
    body = album(shown, theme, options.files) if shown else nothing("nothing collected")
    tried = [_try(row, theme) for row in measured.tasks[:1]]
    return Picture("What they experience", html.Div([body, *tried], className="experience"))


def _try(row: Task, theme: Theme) -> Component:
    parts: list[Component | str] = [html.B("Try it")]
    if row.customer_seconds:
        minutes = theme.whole(max(1, round(row.customer_seconds / 60)))
        parts.append(html.Span(f" · {minutes} min for customers", className="quiet"))
    return html.A(parts, href=f"/try/{row.task}", className="try-here", title=row.title)


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=tuple(sorted({"media", "stage", *READS})),
    timeless=OF_SINGLE_THINGS,
    smallest=(
        Smallest(24, 13),
        Smallest(25, 6),
        Smallest(38, 5),
    ),
)
