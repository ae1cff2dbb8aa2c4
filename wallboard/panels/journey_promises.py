"""What we promise at each stage and where, beside what customers get: kept, not kept, or never measured.

One promise for each stage, the one that is kept worst; the others are shown at the stage. A stage without a promise says so.
"""

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.cell import Smallest
from wallboard.drawing.promised import (
    WORST_FIRST,
    by_promise,
    delivered,
    kept_words,
    made_words,
    promise_words,
    unknown_words,
    verdict,
)
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import STAGES
from wallboard.metrics.promises import Promise, promises
from wallboard.metrics.scope import Scope
from wallboard.panel import LIVED_THROUGH, OF_THE_JOURNEY, Connection, Options, Panel, Picture


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[Promise, ...]:
    """Every promise and what was delivered."""
    return promises(connection, scope)


def draw(rows: tuple[Promise, ...], options: Options, theme: Theme) -> Picture:
    """One row a stage."""
    stages: dict[str, list[Promise]] = {}
    for row in rows:
        stages.setdefault(row.stage, []).append(row)
    head = html.Li(
        [html.Span(words) for words in ("", "we promise", "where, since when", "customers get")], className="head quiet small"
    )
    body = html.Ul([head, *(_row(own, theme) for own in stages.values())], className="stage-rows promises")
    made = by_promise(rows)
    return Picture(kept_words(made, theme), body, note=unknown_words(made, theme))


def _row(own: list[Promise], theme: Theme) -> Component:
    worst, made = min(own, key=lambda row: WORST_FIRST.index(verdict(row))), len(by_promise(own))
    of = [" ", html.Span(f"1\u00a0of\u00a0{theme.whole(made)}", className="quiet small")] if made > 1 else []
    where = html.P(made_words(worst, theme) if worst.words else [], className="quiet small")
    cells = [html.H3([worst.stage_name, *of]), promise_words(worst), where, delivered(worst, theme)]
    return html.Li(html.A(cells, href=f"/journey/{worst.stage}"))


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("stage", "employee", "touchpoint", "function", "promise", "kpi_day"),
    metrics=("promise_delivered",),
    subject=LIVED_THROUGH,
    needs=((STAGES,),),
    timeless=OF_THE_JOURNEY,
    smallest=(Smallest(76, 14),),
)
