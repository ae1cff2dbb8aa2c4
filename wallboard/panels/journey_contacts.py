"""Every touchpoint of the customer's life, stage by stage, in the customer's words; moments of truth are flagged.

Each has its state, how customers feel there where that was measured, and whether anybody answers for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.cell import Smallest
from wallboard.drawing.curve import feeling_words
from wallboard.drawing.evidence import asked_words, tone_of, truth
from wallboard.drawing.glyphs import shape
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import STAGES
from wallboard.metrics.emotions import TouchpointFeeling, touchpoint_emotions
from wallboard.metrics.journey import Stage, stages
from wallboard.metrics.scope import Scope
from wallboard.metrics.touchpoints import READS, TouchpointState, touchpoint_states
from wallboard.panel import LIVED_THROUGH, OF_THE_JOURNEY, Connection, Options, Panel, Picture, Words


@dataclass(frozen=True, slots=True)
class Contacts:
    """Stages, their touchpoints with states, and feelings there."""

    stages: tuple[Stage, ...]
    points: tuple[TouchpointState, ...]
    emotions: tuple[TouchpointFeeling, ...]


def measure(connection: Connection, scope: Scope, options: Options) -> Contacts:
    """Stages, their touchpoints with states, and feelings there."""
    return Contacts(stages(connection, scope), touchpoint_states(connection, scope), touchpoint_emotions(connection, scope))


def draw(measured: Contacts, options: Options, theme: Theme) -> Picture:
    """One column a stage."""
    points = measured.points
    emotions = {row.touchpoint: row for row in measured.emotions}
    columns = [_column(at, [point for point in points if point.stage == at.stage], emotions, theme) for at in measured.stages]
    grid = {"gridTemplateColumns": f"repeat({len(columns)}, minmax(0, 1fr))"}
    nobody = sum(point.no_owner for point in points)
    note = f"{theme.plural(nobody, 'touchpoint', 'touchpoints')} without an owner" if nobody else ""
    return Picture(_headline(points, theme), html.Ul(columns, className="contacts", style=grid), note=note)


def _headline(points: Sequence[TouchpointState], theme: Theme) -> Words:
    truths = [point for point in points if point.moment_of_truth]
    if not truths:
        return f"{theme.plural(len(points), 'touchpoint', 'touchpoints')}, and no moment of truth is named"
    bad = sum(point.state == "attention" for point in truths)
    mark = truth()
    moments = theme.plural(len(truths), "moment of truth", "moments of truth")
    unknown = sum(point.state == "not measured" for point in truths)
    if not bad and unknown:
        return [mark, f"{moments}, {'none' if unknown == len(truths) else theme.whole(len(truths) - unknown)} measured"]
    return [mark, f"{moments}, {theme.whole(bad)} in trouble" if bad else f"{moments}, none in trouble"]


def _column(at: Stage, points: Sequence[TouchpointState], emotions: dict[str, TouchpointFeeling], theme: Theme) -> Component:
    items = [_point(point, emotions[point.touchpoint], theme) for point in points] or [
        html.Li("no touchpoint named yet", className="quiet")
    ]
    head = html.H3(html.A(at.name, href=f"/journey/{at.stage}"))
    return html.Li([head, html.Ul(items, className="trim")])


def _point(point: TouchpointState, emotion: TouchpointFeeling, theme: Theme) -> Component:
    words: list[Component | str] = [truth()] if point.moment_of_truth else []
    words.append(point.name)
    if emotion.feeling is not None:
        few = emotion.state == "too few"
        value = [" ", html.B(feeling_words(emotion.feeling, theme)), f" {asked_words(emotion, theme)}" if few else ""]
        words.append(html.Span(value, className="quiet" if few else tone_of(emotion.feeling)))
    if point.no_owner:
        words.append(html.Span(" nobody", className="alert"))
    return html.Li([shape(point.state), html.P(words)], className="moment" if point.moment_of_truth else "")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=(*dict.fromkeys((*READS, "emotion")),),
    subject=LIVED_THROUGH,
    needs=((STAGES,),),
    timeless=OF_THE_JOURNEY,
    smallest=(
        Smallest(38, 16),
        Smallest(76, 9),
    ),
)
