"""Do we keep what we promise customers? The promises that are kept worst, each beside what customers get.

One row for each promise: its words, where it is measured, the number against its target, and whether it is kept. Promises that
nobody measures are counted beside the headline. For leaders, from four metres.
"""

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import nothing
from wallboard.drawing.issues import beyond
from wallboard.drawing.promised import WORST_FIRST, by_promise, delivered, kept_words, unknown_words, verdict, worst
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop, quote
from wallboard.metrics.availability import STAGES
from wallboard.metrics.promises import Promise, promises
from wallboard.metrics.scope import Scope
from wallboard.panel import Connection, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How many."""

    rows: int = Field(4, ge=1, le=8, description="promises to show at the default screen and distance, worst kept first")
    letters: int = Field(44, ge=20, le=120, description="longest promise, and name of a touchpoint, before it is cut at a word")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[Promise, ...]:
    """Every promise and what was delivered."""
    return promises(connection, scope)


def draw(rows: tuple[Promise, ...], options: Options, theme: Theme) -> Picture:
    """A row a promise that has a verdict."""
    made = by_promise(rows)
    judged = sorted(filter(verdict, map(worst, made)), key=lambda row: WORST_FIRST.index(verdict(row)))
    if not judged:
        return Picture(kept_words(made, theme), nothing("Say in the promises which KPI tells whether each is kept."))
    shown = judged[: theme.rows(options.rows)]
    listed = html.Ul(
        [_row(row, options, theme) for row in shown], className="kept trim noted", **beyond(len(judged) - len(shown))
    )
    return Picture(kept_words(made, theme), listed, note=unknown_words(made, theme))


def _row(row: Promise, options: Options, theme: Theme) -> Component:
    words = html.B(quote(crop(row.words or "", options.letters)), dir="auto")
    where = html.Span(crop(row.touchpoint_name or row.stage_name, options.letters), className="quiet", dir="auto")
    return html.Li([html.Div([words, where]), delivered(row, theme)])


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("stage", "employee", "touchpoint", "function", "promise", "kpi_day"),
    metrics=("promise_delivered",),
    subject="Whether we keep what we promise",
    needs=((STAGES,),),
    timeless="each number in it has its own state",
    smallest=(
        Smallest(25, 16),
        Smallest(38, 7),
        Smallest(51, 6),
        Smallest(76, 5),
    ),
)
