"""Open complaints in the customer's words: who is on each, what is being done, and how old it is.

It says "nobody yet" and "no action in progress" in plain words. Those that nobody is on come first, then the oldest. For
leaders, from four metres; few rows.
"""

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import nothing, shape
from wallboard.drawing.issues import beyond
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop, quote
from wallboard.metrics.availability import COMPLAINTS
from wallboard.metrics.issues import OpenComplaint, OpenSummary, open_complaints, open_summary
from wallboard.metrics.scope import Scope
from wallboard.panel import COMPLAINT_FEED, OF_SINGLE_THINGS, Connection, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How many rows, and when an age is too old."""

    rows: int = Field(5, ge=1, le=12, description="complaints to show at the default screen and distance")
    watch_days: int = Field(14, ge=1, description="an open complaint older than this gets a triangle")
    late_days: int = Field(30, ge=1, description="an open complaint older than this gets a square")
    letters: int = Field(60, ge=20, le=200, description="longest quote before it is cut at a word")


@dataclass(frozen=True, slots=True)
class Measured:
    """Open complaints with words, and how many there are."""

    issues: tuple[OpenComplaint, ...]
    open: OpenSummary


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """Open complaints with words: those nobody is on, then the oldest."""
    complaints = open_complaints(connection, scope, limit=options.rows, unowned_first=True)
    return Measured(complaints, open_summary(connection, scope)[0])


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """One row a complaint."""
    summary = measured.open
    if not summary.open:
        return Picture("Nothing is open", nothing("Every complaint has been solved by its source."))
    rows = [_row(complaint, options, theme) for complaint in measured.issues[: theme.rows(options.rows)]]
    listed = html.Ul(rows, className="issues trim noted", **beyond(summary.open - len(rows)))
    return Picture(_headline(summary.open, summary.without_owner or 0, theme), listed, number=f"{theme.whole(summary.open)} open")


def _headline(count: int, nobody: int, theme: Theme) -> str:
    if not nobody:
        return (
            "Somebody is working on the one open complaint"
            if count == 1
            else f"Somebody is working on each of the {theme.whole(count)} open complaints"
        )
    if count == 1:
        return "Nobody is working on the one open complaint"
    if nobody == count:
        return f"Nobody is working on any of the {theme.whole(count)} open complaints"
    return f"Nobody is working on {theme.whole(nobody)} of {theme.plural(count, 'open complaint', 'open complaints')}"


def _row(complaint: OpenComplaint, options: Options, theme: Theme) -> Component:
    words = crop(complaint.words, options.letters) if complaint.words else None
    wording = (
        html.Span(quote(words), dir="auto")
        if words
        else html.Span(f"no words: {complaint.wording or 'unclassified'}", className="quiet")
    )
    age = complaint.age_days
    state = "attention" if age > options.late_days else "watch" if age > options.watch_days else "good"
    days = html.Span([shape(state), html.B(theme.plural(age, "day", "days"))], className="days")
    return html.Li([html.Div(wording, className="words"), _who(complaint), days])


def _who(complaint: OpenComplaint) -> Component:
    doing = complaint.doing or "no action in progress"
    if not complaint.owner:
        return html.Div([html.Span("nobody yet", className="alert"), html.Span(doing, className="quiet")], className="who")
    name = f"{complaint.owner} · {complaint.function}" if complaint.function else complaint.owner
    return html.Div([html.Span(name), html.Span(doing, className="quiet")], className="who")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("voice", "complaint_day", "complaint_month", "issue_type", "stage", "touchpoint", "employee", "function"),
    subject="Which complaints are open",
    needs=((COMPLAINTS,),),
    feeds=(COMPLAINT_FEED,),
    timeless=OF_SINGLE_THINGS,
    smallest=(
        Smallest(25, 11),
        Smallest(38, 9),
        Smallest(51, 8),
        Smallest(76, 5),
    ),
)
