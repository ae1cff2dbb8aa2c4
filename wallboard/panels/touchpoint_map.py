"""Stages by touchpoints, each with its state and who answers for it: nothing left out, gaps shown.

Priority touchpoints are bold; a touchpoint that nobody answers for says so; one that nothing measures has a dashed ring.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import shape
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.metrics.availability import STAGES
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import GOOD, NOT_MEASURED
from wallboard.metrics.touchpoints import READS, StageState, TouchpointState, stage_state, touchpoint_states
from wallboard.panel import LIVED_THROUGH, OF_THE_JOURNEY, Answer, Connection, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """Which touchpoints."""

    priority_only: bool = Field(False, description="true leaves out touchpoints that are no priority")


@dataclass(frozen=True, slots=True)
class States:
    """A state a touchpoint and a stage."""

    stages: tuple[StageState, ...]
    points: tuple[TouchpointState, ...]


def measure(connection: Connection, scope: Scope, options: Options) -> States:
    """A state a touchpoint and a stage."""
    return States(stage_state(connection, scope), touchpoint_states(connection, scope))


def answer(measured: States, options: Options, theme: Theme) -> Answer:
    """2 of 7 touchpoints good, 3 promises overdue: of the priority ones where there are any, as far as measured."""
    ours = [point for point in measured.points if point.priority] or measured.points
    known = [point for point in ours if point.state != NOT_MEASURED]
    if not known:
        return Answer("We cannot say yet.", "", "No touchpoint is measured", NOT_MEASURED)
    good, unknown, late = sum(point.state == GOOD for point in known), len(ours) - len(known), len(_overdue(ours, theme))
    parts = ["touchpoints good" if len(known) > 1 else "touchpoint good"]
    parts += [f"{theme.whole(unknown)} not measured"] * bool(unknown)
    parts += [f"{theme.plural(late, 'promise', 'promises')} overdue"] * bool(late)
    return Answer("", f"{theme.whole(good)} of {theme.whole(len(known))}", ", ".join(parts))


def _overdue(points: Sequence[TouchpointState], theme: Theme) -> list[tuple[TouchpointState, date]]:
    """The touchpoints whose promise should have been kept before today, and the day for which it was given."""
    return [(point, point.promised_by) for point in points if point.promised_by and point.promised_by < theme.today]


def draw(measured: States, options: Options, theme: Theme) -> Picture:
    """One row a stage."""
    points = [point for point in measured.points if point.priority or not options.priority_only]
    rows = [_row(stage, [point for point in points if point.stage == stage.stage]) for stage in measured.stages]
    gaps = sum(point.no_owner for point in points)
    note = f"{theme.plural(gaps, 'touchpoint', 'touchpoints')} without an owner" if gaps else "every touchpoint has an owner"
    return Picture(_headline(points, theme), html.Ul(rows, className="map"), note=note)


def _headline(points: Sequence[TouchpointState], theme: Theme) -> str:
    """The worst that is known first; everything is good only where everything is measured."""
    counts, touchpoints = Counter(point.state for point in points), theme.plural(len(points), "touchpoint", "touchpoints")
    trouble, watch, good, unknown = (counts[state] for state in ("attention", "watch", "good", "not measured"))
    if trouble:
        return f"{theme.whole(trouble)} of {touchpoints} {'is' if trouble == 1 else 'are'} in trouble"
    if watch:
        return f"{theme.whole(watch)} of {touchpoints} to watch"
    if not good:
        return "No touchpoint is measured yet"
    if unknown:
        are = "is" if good == 1 else "are"
        return f"{theme.whole(good)} of {touchpoints} {are} good, {theme.whole(unknown)} not measured"
    return "All touchpoints are as they should be"


def _row(stage: StageState, points: Sequence[TouchpointState]) -> Component:
    head = html.H3([shape(stage.state), stage.name])
    chips = [_point(point) for point in points]
    return html.Li([head, html.Ul(chips, className="points many" if len(points) > COLUMNS else "points")])


LETTERS, OWNER = 26, 17
"""Two lines of a chip, and the one beneath them."""

COLUMNS = 3
"""As many chips of a stage are equally wide; where there are more, each is as wide as its words."""


def _point(point: TouchpointState) -> Component:
    owner = html.Span(crop(point.owner, OWNER), className="owner") if point.owner else html.Span("nobody", className="gap")
    words = html.Div([html.Span(crop(point.name, LETTERS), dir="auto"), owner])
    return html.Li([shape(point.state), words], className="priority" if point.priority else "")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=READS,
    subject=LIVED_THROUGH,
    needs=((STAGES,),),
    timeless=OF_THE_JOURNEY,
    answer=answer,
    smallest=(
        Smallest(25, 16),
        Smallest(76, 15),
        Smallest(77, 8),
    ),
)
