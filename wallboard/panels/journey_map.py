"""The customer's whole life with us, stage by stage, in the customer's words: how each stage is, how it feels, who answers.

Every stage is there, measured or not; old evidence shows its date; a stage without an owner says so. Touch a stage to walk into
it.
"""

from dataclasses import dataclass
from itertools import chain

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.cell import Smallest
from wallboard.drawing.curve_words import labelled_curve
from wallboard.drawing.evidence import stale_only
from wallboard.drawing.glyphs import STATE_WORDS, shape
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import quote
from wallboard.metrics.availability import STAGES
from wallboard.metrics.emotions import StageFeeling, emotion_curve
from wallboard.metrics.journey import Employee, Stage, employees, stages
from wallboard.metrics.scope import Scope
from wallboard.metrics.touchpoints import READS, StageState, stage_state
from wallboard.metrics.voices import Verbatim, verbatims
from wallboard.panel import LIVED_THROUGH, OF_THE_JOURNEY, Connection, Options, Panel, Picture

LONGEST = 34


@dataclass(frozen=True, slots=True)
class WholeLife:
    """Stages, their states and feelings, one voice each that agrees with the state, and who answers for all of it."""

    owner: tuple[Employee, ...]
    stages: tuple[Stage, ...]
    states: tuple[StageState, ...]
    voices: tuple[Verbatim, ...]
    curve: tuple[StageFeeling, ...]


def measure(connection: Connection, scope: Scope, options: Options) -> WholeLife:
    """Stages, their states and feelings, and one voice each that agrees with the state."""
    states = stage_state(connection, scope)
    voices = (verbatims(connection, scope, stage=row.stage, limit=1, longest=LONGEST, state=row.state) for row in states)
    return WholeLife(
        owner=tuple(who for who in employees(connection, scope) if who.employee == scope.journey_owner),
        stages=stages(connection, scope),
        states=states,
        voices=tuple(chain.from_iterable(voices)),
        curve=emotion_curve(connection, scope),
    )


def draw(measured: WholeLife, options: Options, theme: Theme) -> Picture:
    """One column a stage: its words, its state, a voice, an owner; the curve runs through all of them."""
    voices = {voice.stage: voice for voice in measured.voices}
    parts = zip(measured.stages, measured.states, measured.curve, strict=True)
    columns = [_column(n, at, state, feeling, voices.get(at.stage), theme) for n, (at, state, feeling) in enumerate(parts, 1)]
    if any(at.feeling is not None for at in measured.curve):
        curve = html.Li(labelled_curve(measured.curve, theme), className="curve-row")
    else:
        curve = html.Li(html.Span("Nobody has asked yet how they feel"), className="curve-row nothing-felt")
    grid = {"gridTemplateColumns": f"repeat({len(columns)}, minmax(0, 1fr))"}
    body = html.Ul([*columns, curve], className="stages whole-life", style=grid)
    who = measured.owner[0].name if measured.owner else "Nobody"
    return Picture(f"{who} answers for the whole journey", body, note=_gaps(measured.states, theme))


def _gaps(states: tuple[StageState, ...], theme: Theme) -> str:
    ownerless = sum(state.owner is None for state in states)
    return f"{theme.plural(ownerless, 'stage', 'stages')} without an owner" if ownerless else ""


def _column(n: int, stage: Stage, state: StageState, feeling: StageFeeling, voice: Verbatim | None, theme: Theme) -> Component:
    owner = html.P(stage.owner) if stage.owner else html.P("nobody answers for it", className="alert")
    old = stale_only(feeling.day, feeling.stale, theme, short=True)
    when = stale_only(voice.day, voice.stale, theme, short=True) if voice else []
    says = html.P([quote(voice.words), *when], className="voice", dir="auto") if voice else None
    parts = [
        html.H3(stage.name),
        html.P([shape(state.state), html.Span(STATE_WORDS[state.state])], className="state"),
        html.P(old, className="old"),
        says or html.P("nothing collected", className="voice quiet"),
        html.Div(owner, className="foot small"),
    ]
    return html.Li(html.A(parts, href=f"/journey/{stage.stage}"), style={"gridColumn": n})


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=(*dict.fromkeys((*READS, "issue_type", "survey_response", "emotion")),),
    subject=LIVED_THROUGH,
    needs=((STAGES,),),
    timeless=OF_THE_JOURNEY,
    smallest=(Smallest(76, 14),),
)
