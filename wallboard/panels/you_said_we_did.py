"""You said, we did: what customers had said, what we did about it, and when they were shown; and how much is finished each month.

Only what customers have been shown stands here, the newest first. For leaders and for customers in the room, from four metres.
"""

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import nothing
from wallboard.drawing.issues import beyond
from wallboard.drawing.scale import in_period
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop, quote
from wallboard.drawing.year_before import last_year
from wallboard.metrics.availability import ACTIONS
from wallboard.metrics.improvements import ImprovedMonth, YouSaid, improvements_by_month, you_said
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import NOT_MEASURED
from wallboard.metrics.year_before import MONTHS, YearBefore, newest_last_year
from wallboard.panel import OF_NAMED_DAYS, Connection, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How much of it."""

    rows: int = Field(4, ge=1, le=8, description="improvements to show at the default screen and distance")
    months: int = Field(6, ge=2, le=12, description="complete months whose finished improvements are counted")
    letters: int = Field(70, ge=20, le=200, description="longest quote before it is cut at a word")


@dataclass(frozen=True, slots=True)
class Answers:
    """The newest ones, and the counts by month."""

    answered: tuple[YouSaid, ...]
    months: tuple[ImprovedMonth, ...]
    last_year: YearBefore | None


def measure(connection: Connection, scope: Scope, options: Options) -> Answers:
    """Both, and the newest month a year before."""
    answered = you_said(connection, scope, limit=options.rows)
    read = improvements_by_month(connection, scope, months=options.months + MONTHS)
    return Answers(answered, read[MONTHS:], newest_last_year({row.month: (row.finished, row.state) for row in read}))


def draw(answers: Answers, options: Options, theme: Theme) -> Picture:
    """One row an improvement: their words, our deed, the day; beneath, the months."""
    if not answers.answered and all(row.state == NOT_MEASURED for row in answers.months):
        return Picture("Nothing was improved", nothing("No action says what customers had said, and when it was done."))
    rows = [_row(row, options, theme) for row in answers.answered[: theme.rows(options.rows)]]
    total = answers.answered[0].total if answers.answered else 0
    heads = html.Div([html.Span("you said"), html.Span("we did", className="gain"), html.Span("shown on")], className="heads")
    none = html.P("Customers have been shown none of it yet.", className="empty")
    shown = html.Ul(rows, className="did trim", **beyond(total - len(rows))) if rows else none
    body = html.Div([heads, shown, _months(answers.months, theme)], className="you-said")
    return Picture(_headline(total, answers.months[-1], theme), body)


def _headline(total: int, newest: ImprovedMonth, theme: Theme) -> str:
    month = theme.plain_month(newest.month)
    shown = f"{theme.plural(total, 'answer', 'answers')} shown" if total else "Nothing shown yet"
    if newest.finished is None:
        return f"{shown}; what was finished in {month} is not known"
    return f"{shown}; {theme.plural(newest.finished, 'improvement', 'improvements')} finished in {month}"


def _row(row: YouSaid, options: Options, theme: Theme) -> Component:
    their, ours = html.Span(quote(crop(row.words, options.letters)), dir="auto"), html.B(crop(row.what, options.letters))
    return html.Li([their, ours, html.Span(theme.short_day(row.presented_on), className="quiet")])


def _months(months: tuple[ImprovedMonth, ...], theme: Theme) -> Component:
    cells = []
    for row in months:
        count = "–" if row.finished is None else theme.whole(row.finished)
        kind = "newest" if row is months[-1] else ""
        cells.append(html.Li([html.B(count), html.Span(theme.month_label(row.month))], className=kind, **in_period(row.month)))
    return html.Div([html.P("finished each month"), html.Ul(cells)], className="finished")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("action", "stage", "employee"),
    subject="What we did about what customers said",
    needs=((ACTIONS,),),
    timeless=OF_NAMED_DAYS,
    unmarked="what it counts by month are the ends of actions, which are events themselves",
    last_year=lambda answers, _, theme: last_year(answers.last_year, lambda n: f"{theme.whole(n)} finished", "same month"),
    smallest=(
        Smallest(25, 16),
        Smallest(76, 7),
    ),
)
