"""What customers should be able to say of one stage, and how far they find it from that, with n and interval.

It is flagged where nobody has written it down, and where nobody was asked.
"""

from dash import html
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.desired import distance_mark, distance_words, statement
from wallboard.drawing.glyphs import nothing
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import STAGES
from wallboard.metrics.desired import DesiredDistance, desired_distance
from wallboard.metrics.scope import Scope
from wallboard.panel import LIVED_THROUGH, OF_THE_JOURNEY, Connection, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """Which stage."""

    stage: str = Field("", description="the stage's key; the walkthrough says it")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[DesiredDistance, ...]:
    """The desired experience of the stage and the distance from it."""
    return tuple(row for row in desired_distance(connection, scope) if row.stage == options.stage)


def draw(rows: tuple[DesiredDistance, ...], options: Options, theme: Theme) -> Picture:
    """The statement large, and beneath it how far away it is."""
    if not rows:
        return Picture("What it should be", nothing(f"The journey has no stage '{options.stage}'."))
    row = rows[0]
    ends = html.P([html.Span("just right"), html.Span("far from it")], className="ends quiet small")
    far = html.Div([html.Div(distance_words(row, theme), className="distance"), distance_mark(row), ends], className="how-far")
    head = "What it should be" if row.desired else "Nobody has said what it should be"
    return Picture(head, html.Div([statement(row), far], className="wished"), note="from 0 to 4")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("stage", "employee", "desired_rating"),
    metrics=("desired_distance",),
    subject=LIVED_THROUGH,
    needs=((STAGES,),),
    timeless=OF_THE_JOURNEY,
    smallest=(
        Smallest(25, 8),
        Smallest(38, 7),
    ),
)
