"""The stages of the customer's life along the foot of every screen, each with its state by shape and colour.

Named as the customer says it. The state never stands by colour alone; where the line has room, a legend says what each shape
means. A stage that nothing measures has a dashed ring.
"""

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.glyphs import STATE_WORDS, legend, shape
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import STAGES
from wallboard.metrics.scope import Scope
from wallboard.metrics.touchpoints import READS, StageState, stage_state
from wallboard.panel import Connection, Options, Panel, Picture

_LINE = 1420
"""The width of the rail's line in canvas pixels, beside the date and the words that say what kind of data it is."""
_LETTER, _BESIDE = 0.39, 1.42
"""The mean width of a letter of a rail, and of a shape with the gaps beside it, in type sizes."""


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[StageState, ...]:
    """One state a stage."""
    return stage_state(connection, scope)


def draw(rows: tuple[StageState, ...], options: Options, theme: Theme) -> Picture:
    """One word and one shape a stage, each a way into the walkthrough."""
    items: list[Component] = [
        html.Li(html.A([shape(row.state), html.Span(row.name)], href=f"/journey/{row.stage}"), **{"data-stage": row.stage})
        for row in rows
    ]
    if not items:
        return Picture("", html.Span("The journey has no stage."))
    return Picture("", html.Div([html.Ul(items), *_legend(rows, theme)], className="stages"))


def _legend(rows: tuple[StageState, ...], theme: Theme) -> list[Component]:
    """What the shapes mean: of all that are shown, or of those that are not good, or nothing, as the line has room."""
    shown = {row.state for row in rows}
    for states in (shown, shown - {"good"}):
        words = [*(row.name for row in rows), *(STATE_WORDS[state] for state in states)]
        if theme.size("quiet") * sum(_BESIDE + _LETTER * len(word) for word in words) <= _LINE:
            return [legend(states)]
    return []


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=READS,
    bare=True,
    subject="The journey",
    needs=((STAGES,),),
    timeless="it describes the journey; each number in it has its own state",
)
