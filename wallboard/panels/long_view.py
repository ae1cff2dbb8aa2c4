"""How have we grown over the years? Customers at the end of each year, with a break where the way of counting changed.

The current year is hatched: so far. Below each year stands how many of the customers of a year earlier had stayed. Years on two
sides of a break cannot be compared. For leaders, from four metres.
"""

from itertools import pairwise, takewhile

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.events import TimeAxis
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.scale import LABEL, Scale, in_period
from wallboard.drawing.theme import Theme
from wallboard.drawing.worth import BROKEN, doubt
from wallboard.metrics.availability import CUSTOMERS
from wallboard.metrics.events import Subject
from wallboard.metrics.long_view import CustomerYear, long_view
from wallboard.metrics.monthly_shifts import NET
from wallboard.metrics.scope import Scope
from wallboard.panel import CUSTOMER_FEED, OF_NAMED_DAYS, Connection, Panel, Picture
from wallboard.panel import Options as Base

SIX_DIGITS = 100_000


class Options(Base):
    """How far back."""

    years: int = Field(10, ge=2, le=10, description="fiscal years to show, the running one among them")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[CustomerYear, ...]:
    """The asset by year."""
    return long_view(connection, scope, years=options.years)


def draw(years: tuple[CustomerYear, ...], options: Options, theme: Theme) -> Picture:
    """A column a year."""
    if not years:
        return Picture("No year to show yet", nothing("The customer data loaded begins after the last of them."))
    if not all(year.holds for year in years):
        return Picture("Opening, in and out are not closing", nothing("Check the state of the data: /status"), alarm=BROKEN)
    scale = Scale.over("customers", [year.closing for year in years], along="y")
    names = html.Div([html.Div(className="tower"), html.Span("year", className="name"), html.Span("stayed", className="quiet")])
    names.className = "year names"
    columns = [names, *(_column(year, scale, theme) for year in years)]
    body = html.Div(columns, className="years")
    changes = [year.changed_on for year in years if year.changed_on]
    stayed = "customers at the end of each year; stayed: of those of a year before"
    note = f"counted in another way since {theme.full_day(changes[-1])}" if changes else stayed
    return Picture(_headline(years, theme), body, note=note, alarm=doubt(years, theme))


def _headline(years: tuple[CustomerYear, ...], theme: Theme) -> str:
    """The newest year against the one before, and for how many years it had gone the other way, or the same."""
    first = next((n for n in range(len(years) - 1, -1, -1) if years[n].changed_on), 0)
    known, day = years[first:], theme.at_the_end_of(years[-1].closing_day)
    if len(known) == 1:
        return f"{theme.plural(known[-1].closing, 'customer', 'customers')} {day}; there is no year yet to compare with"
    changes = [after.closing - before.closing for before, after in pairwise(known)]
    now, before = changes[-1], changes[:-1]
    compared = f"than at the end of {known[-2].period_name}"
    if now == 0:
        return f"As many customers as at the end of {known[-2].period_name}"
    sentence = f"{theme.whole(abs(now))} {'more' if now > 0 else 'fewer'} {day} {compared}"
    same = len(list(takewhile(lambda change: change * now > 0, reversed(before))))
    other = len(list(takewhile(lambda change: change * now < 0, reversed(before))))
    if other > 1:
        return f"{sentence}, after {theme.number_words(other)} years of {'growth' if now < 0 else 'loss'}"
    if same:
        return f"{sentence}; {theme.number_words(same + 1)} years of {'growth' if now > 0 else 'loss'} in a row"
    return sentence


def _column(row: CustomerYear, scale: Scale, theme: Theme) -> Component:
    so_far = row.state == "incomplete"
    count = row.closing
    stayed = ""
    if row.stayed is not None and row.cohort and row.cohort >= theme.small_n:
        stayed = theme.share(row.stayed / row.cohort)
    kind = f"year{' so-far' if so_far else ''}{' broken' if row.changed is not None else ''}"
    return html.Div(
        [
            scale.well(
                [scale.mark(count), scale.words(count, metric_link(_above(count, scale, theme), "active_customers"))], "tower"
            ),
            html.Span("so far" if so_far else _short(row.period_name), className="name", **LABEL),
            html.Span(stayed, className="quiet"),
        ],
        className=kind,
        **in_period(row.period_start),
    )


def _above(count: int, scale: Scale, theme: Theme) -> str:
    """The number above a column; where ten of six digits would run into each other, in thousands."""
    return theme.whole(count) if scale.high < SIX_DIGITS else theme.thousands(count)


def _short(name: str) -> str:
    """A year of two halves without its century, so that ten stand side by side: 2017-18 is 17-18."""
    return name[2:] if "-" in name else name


def _axis(years: tuple[CustomerYear, ...], options: Options) -> TimeAxis | None:
    starts = tuple(year.period_start for year in years)
    return TimeAxis(starts, years[-1].closing_day, (Subject((*PANEL.metrics, *NET)),)) if years else None


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=(
        "customer_day",
        "customer_month",
        "customer_movement",
        "undated_loss",
        "retention_month",
        "metric_definition",
        "employee",
    ),
    metrics=("active_customers", "retention_rate"),
    subject="How many customers we have had",
    needs=((CUSTOMERS,),),
    feeds=(CUSTOMER_FEED,),
    timeless=OF_NAMED_DAYS,
    axis=_axis,
    no_last_year="each column stands beside that of the year before",
    smallest=(
        Smallest(38, 16),
        Smallest(76, 8),
    ),
)
