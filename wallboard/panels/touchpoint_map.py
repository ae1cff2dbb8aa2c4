"""Stages by touchpoints, each with its state: nothing left out, gaps shown.

Priority touchpoints are bold; a touchpoint that nobody answers for says so; one that nothing measures has a dashed ring.
"""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.marks import shape
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.metrics.availability import STAGES
from wallboard.metrics.scope import Scope
from wallboard.metrics.touchpoints import READS, stage_state, touchpoint_states
from wallboard.panel import Connection, Frames, Panel, Picture
from wallboard.panel import Options as Base

PER_ROW = 4


class Options(Base):
    """Which touchpoints."""

    priority_only: bool = Field(False, description="true leaves out touchpoints that are no priority")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """A state a touchpoint and a stage."""
    return {"stages": stage_state(connection, scope), "points": touchpoint_states(connection, scope)}


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """One row a stage."""
    stages, points = frames["stages"], frames["points"]
    if options.priority_only:
        points = points[points["priority"]]
    rows = [_row(stage, points[points["stage"] == stage["stage"]]) for _, stage in stages.iterrows()]
    gaps = int(points["no_owner"].sum())
    note = f"{theme.plural(gaps, 'contact', 'contacts')} without an owner" if gaps else "every contact has an owner"
    return Picture(_headline(points, theme), html.Ul(rows, className="map"), note=note)


def _headline(points: pd.DataFrame, theme: Theme) -> str:
    """The worst that is known first; everything is good only where everything is measured."""
    found, contacts = points["state"].value_counts(), theme.plural(len(points), "contact", "contacts")
    trouble, watch, good, unknown = (int(found.get(state, 0)) for state in ("attention", "watch", "good", "not measured"))
    if trouble:
        return f"{theme.whole(trouble)} of {contacts} {'needs' if trouble == 1 else 'need'} attention"
    if watch:
        return f"{theme.whole(watch)} of {contacts} to watch"
    if not good:
        return "No contact is measured yet"
    if unknown:
        are = "is" if good == 1 else "are"
        return f"{theme.whole(good)} of {contacts} {are} good, {theme.whole(unknown)} not measured"
    return "All contacts are as they should be"


def _row(stage: "pd.Series[Any]", points: pd.DataFrame) -> Component:
    head = html.H3([shape(stage["state"]), stage["name"]])
    chips = [_point(point, roomy=len(points) < PER_ROW) for _, point in points.iterrows()]
    return html.Li([head, html.Ul(chips, className="points")])


LETTERS = 32
"""Two lines of a chip."""


def _point(point: "pd.Series[Any]", *, roomy: bool) -> Component:
    gap = [html.Span(" · nobody", className="gap")] if point["no_owner"] else []
    return html.Li(
        [shape(point["state"]), html.Span([crop(point["name"], LETTERS), *gap])],
        className=f"{'priority' if point['priority'] else ''} {'wide' if gap and roomy else ''}".strip(),
    )


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=READS,
    subject="What our customers live through",
    needs=((STAGES,),),
    timeless="it describes the journey; each number in it has its own state",
)
