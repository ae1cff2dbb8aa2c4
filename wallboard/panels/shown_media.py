"""One picture, one paper or one video, as large as the glass: what a session puts on a wall to look at it together.

Only what may be shown today: without consent, or after its retention, it says so instead. For everybody in the room.
"""

from dash import html
from pydantic import Field

from wallboard.drawing.album import Thing, page
from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import nothing
from wallboard.drawing.theme import Theme
from wallboard.metrics.media import MediaFile, one_media
from wallboard.metrics.scope import Scope
from wallboard.panel import OF_SINGLE_THINGS, Connection, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """Which one."""

    chosen: str = Field("", description="where it stands in the store, as a session has kept it; else the newest")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[MediaFile, ...]:
    """One file."""
    return one_media(connection, scope, options.chosen)


def draw(rows: tuple[MediaFile, ...], options: Options, theme: Theme) -> Picture:
    """The thing, with its caption and its day beneath."""
    if not rows:
        return Picture("", nothing("There is nothing to look at."))
    return Picture(
        "", html.Div(html.Div([page(Thing(rows), theme, first=True, awaited=False)], className="pages"), className="album")
    )


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("media",),
    bare=True,
    subject="What customers see",
    timeless=OF_SINGLE_THINGS,
    smallest=(
        Smallest(25, 4),
        Smallest(51, 3),
    ),
)
