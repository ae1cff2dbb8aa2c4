"""The stages of the customer's life along the foot of every screen, each with its state by shape and colour.

Each is named as the customer would say it. The state never rests on colour alone; where the line has room for it, a legend says
what the shapes mean. A stage that nothing measures has a dashed ring.
"""

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.glyphs import legend, shape
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import STAGES
from wallboard.metrics.scope import Scope
from wallboard.metrics.touchpoints import READS, StageState, stage_state
from wallboard.panel import OF_THE_JOURNEY, Connection, Options, Panel, Picture


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[StageState, ...]:
    """One state a stage."""
    return stage_state(connection, scope)


def draw(rows: tuple[StageState, ...], options: Options, theme: Theme) -> Picture:
    """One word and one shape a stage, each a way into the walkthrough; assets/js/rail.js leaves out what its line lacks."""
    items: list[Component] = [
        html.Li(html.A([shape(row.state), _name(row.name)], href=f"/journey/{row.stage}"), **{"data-stage": row.stage})
        for row in rows
    ]
    if not items:
        return Picture("", html.Span("The journey has no stage."))
    return Picture("", html.Div([html.Ul(items), legend({row.state for row in rows})], className="stages"))


def _name(name: str) -> Component:
    """A stage's name and where it may break: at the space that leaves the shortest longer part."""
    words = name.split(" ")
    cuts = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    before, after = min(cuts, key=lambda cut: max(map(len, cut)), default=(name, ""))
    return html.Span([html.Span(before), " ", html.Span(after)] if after else name)


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=READS,
    bare=True,
    subject="The journey",
    needs=((STAGES,),),
    timeless=OF_THE_JOURNEY,
)
