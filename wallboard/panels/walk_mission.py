"""The first frame of a guided walk: what the company is here for, in its own words, and where a phone can follow.

For everybody in the room, from four metres. It holds no number: a customer speaks before any number is seen.
"""

from dash import html
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.theme import Theme
from wallboard.metrics.agenda import Mission, mission
from wallboard.metrics.scope import Scope
from wallboard.panel import Connection, Panel, Picture
from wallboard.panel import Options as Base

UNSAID = "Why are we here? Say it in room.toml: mission, under [journey]."


class Options(Base):
    """What stands beside the words."""

    follow: bool = Field(True, description="with the code by which a phone follows the walk")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[Mission, ...]:
    """The words, and who answers for the journey."""
    return mission(connection, scope)


def draw(rows: tuple[Mission, ...], options: Options, theme: Theme) -> Picture:
    """The words as large as the glass, the code beside them."""
    row = rows[0]
    words = html.P(row.words, className="mission", dir="auto") if row.words else html.P(UNSAID, className="mission empty")
    who = f"{row.owner} answers for the whole of our customer’s life" if row.owner else "Nobody answers for the whole of it yet"
    code = html.Img(src="/walk/follow.svg", alt="code of the page that follows the walk")
    follow = html.Div([code, html.P("Follow on your phone")], className="follow-code")
    beside = [follow] if options.follow else []
    return Picture("", html.Div([html.Div([words, html.P(who, className="quiet")]), *beside], className="opening"))


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("employee", "function"),
    bare=True,
    timeless="it is what the company has set itself",
    smallest=(
        Smallest(38, 14),
        Smallest(51, 10),
    ),
)
