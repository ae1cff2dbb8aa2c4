"""The handoffs behind a stage: who passes a case to whom, how long it waits, whether everything came along, how many come back.

The handoff from which most comes back stands first; one that nothing measures says so.
"""

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import nothing
from wallboard.drawing.handing import arrow, back_words, most_handed, passed_on, wait_words, whole_words, worst_first
from wallboard.drawing.issues import beyond
from wallboard.drawing.theme import Theme
from wallboard.metrics.handoffs import READS, Handoff, handoffs
from wallboard.metrics.scope import Scope
from wallboard.panel import OF_THE_JOURNEY, Connection, JudgedFeed, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """Which stage."""

    stage: str = Field("", description="the stage's key; the walkthrough says it")
    weeks: int = Field(4, ge=1, le=26, description="complete weeks in which the cases were handed over")
    rows: int = Field(3, ge=1, le=6, description="handoffs to show, the worst first")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[Handoff, ...]:
    """The handoffs of the stage."""
    return handoffs(connection, scope, weeks=options.weeks, stage=options.stage)


def draw(measured: tuple[Handoff, ...], options: Options, theme: Theme) -> Picture:
    """Two lines a handoff."""
    rows = worst_first(measured)
    if not rows:
        return Picture("Who passes cases to whom", nothing("No handoff is described at this stage."))
    most = most_handed(rows)
    lines = [_row(row, most, theme) for row in rows[: theme.rows(options.rows)]]
    weeks = theme.plural(options.weeks, "week", "weeks")
    return Picture(
        _headline(rows, theme), html.Ul(lines, className="handoffs at-stage trim", **beyond(len(rows) - len(lines))), note=weeks
    )


def _headline(rows: list[Handoff], theme: Theme) -> str:
    if all(row.state == "not measured" for row in rows):
        return "Nobody counts what is passed on here"
    return passed_on(rows, theme)


def _row(row: Handoff, most: int, theme: Theme) -> Component:
    names = [
        html.B(row.from_name, className="gives"),
        arrow(row, most, theme),
        html.B(row.to_name, className="takes"),
    ]
    return html.Li([html.Div(names, className="way"), html.P(_says(row, theme), className="quiet")])


def _says(row: Handoff, theme: Theme) -> str:
    if row.state in ("not measured", "no cases"):
        return row.state
    waits, late = wait_words(row, theme)
    there, unknown = whole_words(row, theme)
    back, cases = back_words(row, theme)
    came = f"{back} back" if row.bounce_rate is None else f"{back} back ({cases})"
    return f"waits {waits}, {late} · {there} complete{f', {unknown}' if row.unknown else ''} · {came}"


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=READS,
    feeds=(JudgedFeed("handoff_events"),),
    timeless=OF_THE_JOURNEY,
    smallest=(
        Smallest(38, 9),
        Smallest(51, 8),
        Smallest(76, 7),
    ),
)
