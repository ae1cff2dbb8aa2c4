"""The steps of a tour for somebody new: what the customer wants at this stage, whom to ask about it, and the way back and on.

You walk alone and at your own pace: which stage of how many, and large buttons; the arrow keys do the same.
"""

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import nothing
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import STAGES
from wallboard.metrics.journey import Stage, stages
from wallboard.metrics.scope import Scope
from wallboard.panel import OF_THE_JOURNEY, Connection, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """Where the tour stands."""

    stage: str = Field("", description="the stage's key; the tour says it")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[Stage, ...]:
    """Every stage."""
    return stages(connection, scope)


def draw(rows: tuple[Stage, ...], options: Options, theme: Theme) -> Picture:
    """What you want, whom to ask, back and on."""
    at = next((n for n, row in enumerate(rows) if row.stage == options.stage), None)
    if at is None:
        return Picture("", nothing(f"The journey has no stage '{options.stage}'."))
    row = rows[at]
    want = (
        html.P([html.Span("You want: ", className="quiet"), row.goal]) if row.goal else html.P("Imagine that it happens to you.")
    )
    ask = f"Ask {row.owner}, who answers for it" if row.owner else "Nobody answers for it yet: ask why"
    words = html.Div([want, html.P(ask, className="quiet")], className="tour-words")
    return Picture("", html.Div([words, _ways(rows, at)], className="tour-steps"))


def _ways(rows: tuple[Stage, ...], at: int) -> Component:
    """Back, where one is, and on; the last stage leads to the first again."""
    back = [html.A("Back", href=f"/tour/{rows[at - 1].stage}", className="tour-back")] if at else []
    last = at + 1 == len(rows)
    on = rows[0 if last else at + 1].stage
    following = html.A("Begin again" if last else "Next", href=f"/tour/{on}", className="tour-next")
    return html.Div([html.Span(f"{at + 1} of {len(rows)}", className="quiet"), *back, following], className="tour-ways")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("stage", "employee"),
    bare=True,
    subject="The journey",
    needs=((STAGES,),),
    timeless=OF_THE_JOURNEY,
    smallest=(
        Smallest(38, 13),
        Smallest(51, 5),
        Smallest(76, 3),
    ),
)
