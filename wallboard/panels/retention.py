"""Which customers of a year ago are still with us, and how many of those who left came back.

People first: who is here and who left, of a cohort fixed at its start; those who left and came back are counted separately. The
rates stand quietly below, each with its meaning: who is here, how much of their money stayed (GRR), and the same with what they
bought more of (NRR); money that once left stays gone. For leaders, from four metres.
"""

from dataclasses import dataclass
from typing import Literal

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.events import TimeAxis
from wallboard.drawing.glyphs import customers_per_pictogram, metric_link, nothing, pictogram_key, pictograms
from wallboard.drawing.theme import Theme
from wallboard.drawing.worth import noted, unvalued
from wallboard.drawing.year_before import last_year
from wallboard.metrics.availability import CUSTOMERS
from wallboard.metrics.events import Subject
from wallboard.metrics.monthly_shifts import NET
from wallboard.metrics.retention import Cohort, CountedCohort, WinBackMonth, retention_trend, win_backs
from wallboard.metrics.scope import Scope, month_before
from wallboard.metrics.year_before import MONTHS, YearBefore, changed_on, newest_last_year
from wallboard.panel import CUSTOMER_FEED, Connection, Panel, Picture, Words
from wallboard.panel import Options as Base

AGO = {1: "a month", 12: "a year"}


class Options(Base):
    """Which window, and how long a leaver may be away to count as back."""

    window: Literal[1, 12] = Field(12, description="months from the start of the cohort to its end")
    back_within: Literal[90, 180, 365] = Field(180, description="days within which a leaver who returns was won back")
    pictograms_in_a_row: int = Field(18, ge=5, le=60, description="most pictograms in one row")


@dataclass(frozen=True, slots=True)
class Measured:
    """The cohort that ended with the last complete month, and the leavers who returned."""

    cohort: tuple[Cohort, ...]
    back: tuple[WinBackMonth, ...]
    last_year: YearBefore | None


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """One cohort, and the leavers of each month."""
    trend = retention_trend(connection, scope, window=options.window, months=MONTHS + 1)
    known = {cohort.period_end.replace(day=1): (cohort.retention, cohort.state) for cohort in trend}
    then = newest_last_year(known, changed_on(connection, scope, PANEL.metrics))
    return Measured(trend[-1:], win_backs(connection, scope, window=options.back_within), then)


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """Two rows of people, three quiet rates, and one sentence about those who came back."""
    row, back = measured.cohort[0], _back(measured.back[0], theme)
    if not isinstance(row, CountedCohort):
        return Picture(
            "Who stayed is not known", nothing(f"The customer data loaded begins less than {AGO[options.window]} ago.")
        )
    if row.state == "no cases":
        words = f"Nobody was a customer {AGO[options.window]} ago"
        return Picture(words, html.Div([nothing("So there is nobody who could have stayed."), back], className="stayed"))
    parts = [_people(row, options, theme), _rates(row, measured.last_year, theme), back]
    until = f"to {theme.month(row.period_end)}"
    note = "the records begin too late to know everybody" if row.coverage == "left-censored" else until
    note = noted(note, f"{theme.whole(row.returned)} after coming back" if row.returned else "")
    note = noted(note, unvalued(row.value_unknown if row.grr is not None else 0, theme))
    return Picture(_headline(row, options, theme), html.Div(parts, className="stayed"), note=note)


def _headline(row: CountedCohort, options: Options, theme: Theme) -> Words:
    stayed = metric_link(theme.whole(row.retained), "retention_rate")
    there = theme.plural(row.customers, "customer", "customers")
    return [stayed, f" of {there} from {AGO[options.window]} ago are still here"]


def _people(row: CountedCohort, options: Options, theme: Theme) -> Component:
    counts = (("are here", row.retained), ("left", row.lost))
    per = customers_per_pictogram(max(count for _, count in counts), options.pictograms_in_a_row)
    lines = [html.Li([html.Span(word), html.B(theme.whole(count)), pictograms(count, per, "calm")]) for word, count in counts]
    scale = html.Li(pictogram_key(per, theme), className="quiet small")
    return html.Ul([*lines, scale], className="kept")


def _rates(row: CountedCohort, then: YearBefore | None, theme: Theme) -> Component:
    if row.state == "too few":
        return html.P(f"Fewer than {theme.small_n} customers: no rate is shown.", className="quiet small")
    lines = [
        _rate(row.retention, "retention_rate", "are still here", theme, last_year(then, theme.share, "")),
        _rate(row.grr, "gross_revenue_retention", "of their money stayed (GRR)", theme),
        _rate(row.nrr, "net_revenue_retention", "with what they added (NRR)", theme),
    ]
    return html.Ul(lines, className="quiet-rates")


def _rate(value: float | None, metric: str, words: str, theme: Theme, before: str = "") -> Component:
    if value is None:
        return html.Li(
            [html.Span("?", className="quiet"), html.Span(f"{words}: what they are worth is not known", className="quiet")]
        )
    then = [html.Span(f", {before}", className="last-year")] if before else []
    return html.Li([metric_link(theme.share(value), metric), html.Span([words, *then], className="quiet")])


def _back(month: WinBackMonth, theme: Theme) -> Component:
    """Of all counted months together, how many of those who left were back."""
    days, first, last = theme.plural(month.window, "day", "days"), month.first_month, month.last_month
    if first is None or last is None:
        return html.P(f"Nobody’s {days} to come back have passed yet.", className="won-back quiet")
    if not month.total_lost:
        return html.P("Nobody had left who could come back.", className="won-back quiet")
    left = f"left {'in ' if first == last else ''}{theme.months(first, last)}"
    return html.P(
        [
            metric_link(theme.whole(month.total_returned or 0), "winback_rate", "gain"),
            f" of {theme.whole(month.total_lost)} who left were back within {days} ",
            html.Span(f"({left})", className="quiet small"),
        ],
        className="won-back",
    )


def _axis(measured: Measured, options: Options) -> TimeAxis | None:
    """The window of the cohort: no series is drawn, and what happened in it stands beneath."""
    row = measured.cohort[0]
    counted = isinstance(row, CountedCohort)
    return TimeAxis((row.period_start,), row.period_end, (Subject((*PANEL.metrics, *NET)),)) if counted else None


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("retention_month", "winback_month", "customer_day", "metric_definition", "employee"),
    metrics=("retention_rate", "gross_revenue_retention", "net_revenue_retention", "winback_rate"),
    subject="Who stayed",
    needs=((CUSTOMERS,),),
    judges=lambda scope, _: month_before(scope),
    feeds=(CUSTOMER_FEED,),
    axis=_axis,
    smallest=(
        Smallest(25, 16),
        Smallest(38, 13),
        Smallest(51, 11),
        Smallest(76, 7),
    ),
)
