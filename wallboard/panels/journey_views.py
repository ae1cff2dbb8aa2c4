"""The views of the journey as tabs: the map, how it feels, what is behind it, what we promise, and how it should be one day.

Each is a scene of the same screen, one touch or one arrow key away.
"""

from dash import html
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import STAGES
from wallboard.metrics.journey import Stage, stages
from wallboard.metrics.scope import Scope
from wallboard.panel import OF_THE_JOURNEY, Connection, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """Which views there are, and which one is open."""

    here: str = Field("", description="the scene that is open")
    scenes: dict[str, str] = Field(
        {"map": "map"}, description="the scenes by name, as their tabs are called; the first needs no name"
    )


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[Stage, ...]:
    """The stages: there is nothing to turn to without any."""
    return stages(connection, scope)


def draw(rows: tuple[Stage, ...], options: Options, theme: Theme) -> Picture:
    """One tab a scene."""
    first = next(iter(options.scenes), "")
    tabs = [
        html.A(
            words,
            href="/journey" if name == first else f"/journey?scene={name}",
            className="here" if name == options.here else "",
            **{"aria-current": "page"} if name == options.here else {},
        )
        for name, words in options.scenes.items()
    ]
    return Picture("", html.Nav(tabs, className="views", **{"aria-label": "views of the journey"}))


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("stage", "employee"),
    bare=True,
    subject="The journey",
    needs=((STAGES,),),
    timeless=OF_THE_JOURNEY,
    smallest=(Smallest(25, 2), Smallest(77, 1)),  # by hand: a strip of ways on, lower than any cell that is tried
)
