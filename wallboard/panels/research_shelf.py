"""The research shelf: every study about our customers, how it was done, how many were asked, what it found, reviewed or not.

What nobody has reviewed comes first, and goes on the next agenda. Where it is not known how many were asked, it says so. For
leaders, from four metres.
"""

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import nothing, shape
from wallboard.drawing.issues import beyond
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.metrics.availability import STUDIES
from wallboard.metrics.research import READS, Study, research_shelf
from wallboard.metrics.scope import Scope
from wallboard.panel import OF_SINGLE_THINGS, Connection, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How many studies."""

    rows: int = Field(4, ge=1, le=8, description="studies to show, those not reviewed first")
    letters: int = Field(108, ge=40, le=300, description="longest finding before it is cut at a word")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[Study, ...]:
    """Every study."""
    return research_shelf(connection, scope)


def draw(rows: tuple[Study, ...], options: Options, theme: Theme) -> Picture:
    """Two lines a study and what it found."""
    if not rows:
        return Picture("No research about our customers is on the shelf", nothing("The studies loaded are dated later."))
    lines = [_row(row, options, theme) for row in rows[: theme.rows(options.rows)]]
    note = theme.plural(len(rows), "study", "studies")
    return Picture(_headline(rows, theme), html.Ul(lines, className="shelf trim", **beyond(len(rows) - len(lines))), note=note)


def _headline(rows: tuple[Study, ...], theme: Theme) -> str:
    waiting = sum(not row.reviewed for row in rows)
    if not waiting:
        return "The room has reviewed every study"
    many = f"{theme.number_words(waiting)} {'study waits' if waiting == 1 else 'studies wait'}".capitalize()
    return f"{many} to be reviewed: on the next agenda"


def _row(row: Study, options: Options, theme: Theme) -> Component:
    made = f"{row.method} · {theme.sample(row.n)} · {row.stage_name or 'the whole journey'}"
    summary = html.P(crop(row.summary, options.letters), className="findings", dir="auto")
    head = [html.B(row.title, dir="auto"), html.Span(made, className="quiet", dir="auto")]
    return html.Li([html.Div(head), summary, _judged(row, theme)], className="" if row.reviewed else "waiting-for-us")


def _judged(row: Study, theme: Theme) -> Component:
    if row.reviewed_at is None:
        since = f"since {theme.short_day(row.finished_on)}"
        return html.P([html.B([shape("attention"), " not reviewed"]), html.Span(since, className="quiet")], className="judged")
    day = row.reviewed_at.astimezone(theme.zone).date()
    by = html.Span(f"by {row.reviewed_by}", className="quiet", dir="auto")
    return html.P([html.B([shape("good"), f" reviewed {theme.short_day(day)}"]), by], className="judged")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=READS,
    subject="What research says about our customers",
    needs=((STUDIES,),),
    timeless=OF_SINGLE_THINGS,
    smallest=(
        Smallest(38, 14),
        Smallest(51, 10),
        Smallest(76, 7),
    ),
)
