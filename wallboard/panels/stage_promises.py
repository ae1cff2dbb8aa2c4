"""What we promise at one stage, where each promise was made, and what customers get.

The one kept worst comes first: the number against its target, kept or not; a promise that no KPI measures says so.
"""

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import nothing
from wallboard.drawing.promised import (
    BROKEN,
    DOUBTFUL,
    KEPT,
    WORST_FIRST,
    by_promise,
    delivered,
    made_words,
    promise_words,
    unknown_words,
    verdict_of,
    verdicts,
)
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import STAGES
from wallboard.metrics.promises import Promise, promises
from wallboard.metrics.scope import Scope
from wallboard.panel import LIVED_THROUGH, OF_THE_JOURNEY, Connection, Panel, Picture
from wallboard.panel import Options as Base

ALONE = {
    KEPT: "We keep what we promise",
    DOUBTFUL: "We nearly keep what we promise",
    BROKEN: "We do not keep what we promise",
}


class Options(Base):
    """Which stage."""

    stage: str = Field("", description="the stage's key; the walkthrough says it")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[Promise, ...]:
    """The promises of the stage."""
    return promises(connection, scope, stage=options.stage)


def draw(rows: tuple[Promise, ...], options: Options, theme: Theme) -> Picture:
    """One block a promise and touchpoint where it is measured."""
    made = sorted(by_promise(rows), key=lambda promise: WORST_FIRST.index(verdict_of(promise)))
    if not made:
        return Picture("Nothing is promised here", nothing("Nobody has written down what we say to customers at this stage."))
    blocks = [_block(row, theme, named=len(promise) > 1) for promise in made for row in promise]
    body = html.Ul(blocks, className="promised-here trim")
    return Picture(_headline(made, theme), body, note=unknown_words(made, theme))


def _block(row: Promise, theme: Theme, *, named: bool) -> Component:
    """A promise beside what is given; the touchpoint is `named` where it is not the only one of this promise."""
    place = [html.Br(), f"at “{row.touchpoint_name}”"] if named and row.touchpoint_name else []
    words = html.Div([promise_words(row), html.P([*made_words(row, theme), *place], className="quiet small")])
    return html.Li([words, delivered(row, theme)])


def _headline(made: list[list[Promise]], theme: Theme) -> str:
    counts = verdicts(made)
    judged = len(made) - counts[""]
    if not judged:
        return "Nobody knows whether we keep it" if len(made) == 1 else "Nobody knows whether we keep them"
    if len(made) == 1:
        return ALONE[next(iter(counts))]
    if judged == 1:
        return f"The one promise that is measured is {verdict_of(next(promise for promise in made if verdict_of(promise)))}"
    number = theme.whole(counts[KEPT]) if counts[KEPT] else "none"
    claim = f"We keep {number} of {theme.whole(judged)} measured promises"
    return f"{claim}, {theme.whole(counts[DOUBTFUL])} nearly" if counts[DOUBTFUL] else claim


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("stage", "employee", "touchpoint", "function", "promise", "kpi_day"),
    metrics=("promise_delivered",),
    subject=LIVED_THROUGH,
    needs=((STAGES,),),
    timeless=OF_THE_JOURNEY,
    smallest=(
        Smallest(25, 13),
        Smallest(38, 8),
        Smallest(51, 7),
    ),
)
