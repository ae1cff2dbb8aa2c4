"""Gaps and overlaps: where nobody answers or two do, nothing is measured, two initiatives run, or a handoff has no owner.

Each becomes an opportunity in the console, and its line follows the work: taken up, on the roster, worked on. What nobody has
taken up stands first. For leaders, from four metres.
"""

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import shape
from wallboard.drawing.issues import beyond
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop, quote
from wallboard.metrics.availability import STAGES
from wallboard.metrics.gaps import (
    HANDOFF,
    LISTED,
    NO_MEASURE,
    NO_OWNER,
    NOT_TAKEN_UP,
    READS,
    TAKEN_UP,
    TWO_INITIATIVES,
    TWO_OWNERS,
    WORKED_ON,
    Finding,
    Settled,
    findings,
    settled_findings,
)
from wallboard.metrics.scope import Scope
from wallboard.panel import OF_THE_JOURNEY, Connection, Panel, Picture
from wallboard.panel import Options as Base

WORDS = {
    NO_OWNER: "nobody answers for it",
    TWO_OWNERS: "two answer for it",
    NO_MEASURE: "nothing is measured",
    TWO_INITIATIVES: "two initiatives at once",
    HANDOFF: "a handoff without owner",
}
WORK = {
    NOT_TAKEN_UP: ("attention", "not taken up"),
    TAKEN_UP: ("watch", "an opportunity"),
    LISTED: ("watch", "on the roster"),
    WORKED_ON: ("good", "is worked on"),
}


class Options(Base):
    """How many."""

    rows: int = Field(6, ge=1, le=12, description="gaps and overlaps to show at the default screen and distance")
    letters: int = Field(64, ge=20, le=200, description="longest text before it is cut at a word")


@dataclass(frozen=True, slots=True)
class Measured:
    """What is found today, and what was found once and is no more."""

    findings: tuple[Finding, ...]
    settled: tuple[Settled, ...]


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """What is findings, and what is settled."""
    return Measured(findings(connection, scope), settled_findings(connection, scope))


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """One row a finding, first what nobody has taken up."""
    settled = f"{theme.plural(len(measured.settled), 'is', 'are')} closed since" if measured.settled else ""
    if not measured.findings:
        words = html.P("Each touchpoint has one owner and a measure, each handoff an owner.", className="empty")
        return Picture("No gap and no overlap between us", words, settled)
    waiting = sum(row.work == NOT_TAKEN_UP for row in measured.findings)
    order = list(WORK)
    rows = sorted(measured.findings, key=lambda row: order.index(row.work))
    shown = rows[: theme.rows(options.rows)]
    lines = html.Ul([_row(row, options, theme) for row in shown], className="findings trim", **beyond(len(rows) - len(shown)))
    taken = "nobody works on any of them" if waiting == len(rows) else f"nobody works on {theme.whole(waiting)} of them"
    count = html.B(theme.plural(len(rows), "gap or overlap", "gaps and overlaps"), className="alert")
    return Picture([count, f"; {taken}" if waiting else ", all taken up"], lines, settled)


def _row(row: Finding, options: Options, theme: Theme) -> Component:
    state, work = WORK[row.work]
    where = html.Div(
        [html.B(quote(row.touchpoint_name), dir="auto"), html.Span(quote(row.stage_name), className="quiet", dir="auto")]
    )
    who = [html.Span(crop(row.who, options.letters), className="quiet", dir="auto")] if row.who else []
    what = html.Div([html.B(WORDS[row.kind]), *who])
    number = [html.Span(f"no. {row.opportunity}", className="quiet")] if row.opportunity else []
    return html.Li([where, what, html.Div([html.P([shape(state), html.B(work)], className="work"), *number])])


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=READS,
    subject="What falls between functions",
    needs=((STAGES,),),
    timeless=OF_THE_JOURNEY,
    smallest=(
        Smallest(25, 10),
        Smallest(38, 8),
        Smallest(51, 7),
        Smallest(76, 6),
    ),
)
