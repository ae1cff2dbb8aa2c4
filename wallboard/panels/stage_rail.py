"""The stages of the customer's life along the foot of every screen, each with its state by shape and colour.

Each is named as the customer would say it. The state never rests on colour alone; a legend says what the shapes mean, all of
them or, where the line is short, those that are not good. A stage that nothing measures has a dashed ring.
"""

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.glyphs import LEGEND, legend, shape
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import STAGES
from wallboard.metrics.scope import Scope
from wallboard.metrics.touchpoints import READS, StageState, stage_state
from wallboard.panel import OF_THE_JOURNEY, Connection, Options, Panel, Picture

_LINE = 1420
"""The width of the rail's line in canvas pixels, beside the date and the words that say what kind of data it is."""
_LETTER, _BESIDE = 0.39, 1.42
"""The mean width of a letter of a rail, and of a shape with the gaps beside it, in type sizes."""


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[StageState, ...]:
    """One state a stage."""
    return stage_state(connection, scope)


def draw(rows: tuple[StageState, ...], options: Options, theme: Theme) -> Picture:
    """One word and one shape a stage, each a way into the walkthrough."""
    halved = _is_halved([row.name for row in rows], theme)
    items: list[Component] = [
        html.Li(html.A([shape(row.state), _name(row.name, halved)], href=f"/journey/{row.stage}"), **{"data-stage": row.stage})
        for row in rows
    ]
    if not items:
        return Picture("", html.Span("The journey has no stage."))
    return Picture("", html.Div([html.Ul(items), *_legend(rows, theme)], className="stages"))


def _legend(rows: tuple[StageState, ...], theme: Theme) -> list[Component]:
    """What the shapes mean: all that are shown, those that are not good, or the worst, as the line has room."""
    shown = {row.state for row in rows}
    for states in (shown, shown - {"good"}, shown & {"attention"}, shown & {"watch"}):
        if states and _is_line([*(row.name for row in rows), *(LEGEND[state] for state in states)], theme):
            return [legend(states)]
    return []


def _name(name: str, halved: bool) -> Component:
    """A stage's name, which breaks into two lines and not into three where both its halves are kept."""
    if not halved or " " not in name:
        return html.Span(name)
    before, after = _halves(name)
    return html.Span([html.Span(before, className="half-line"), " ", html.Span(after, className="half-line")])


def _is_halved(names: list[str], theme: Theme) -> bool:
    """Whether the names need two lines, and fit into two."""
    return not _is_line(names, theme) and _is_line([max(_halves(name), key=len) for name in names], theme)


def _halves(name: str) -> tuple[str, str]:
    """A name cut at the space that leaves the shortest longer part."""
    words = name.split(" ")
    cuts = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words) + 1)]
    return min(cuts, key=lambda cut: max(map(len, cut)))


def _is_line(words: list[str], theme: Theme) -> bool:
    """Whether words, each beside its shape, fit into the line."""
    return theme.size("quiet") * sum(_BESIDE + _LETTER * len(word) for word in words) <= _LINE


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
