"""Are we where we were years ago? Customers at the end of each year, with a break where the way of counting changed.

The running year is drawn hatched, so far. Under each year stands how many of those who were there a year before had stayed.
Years on two sides of a break are not comparable. For leaders, from four metres.
"""

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.drawing.worth import BROKEN, doubt
from wallboard.metrics.availability import CUSTOMERS
from wallboard.metrics.long_view import CustomerYear, long_view
from wallboard.metrics.scope import Scope
from wallboard.panel import CUSTOMER_FEED, Connection, Panel, Picture
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
    columns = [_column(year, scale, theme) for year in years]
    body = html.Div(columns, className="years")
    changes = [year.changed_on for year in years if year.changed_on]
    stayed = "beneath: who stayed of those there a year before"
    note = f"counted in another way since {theme.full_day(changes[-1])}" if changes else stayed
    return Picture(_headline(years, theme), body, note=note, alarm=doubt(years, theme))


def _headline(years: tuple[CustomerYear, ...], theme: Theme) -> str:
    first, last = next((year for year in reversed(years) if year.changed_on), years[0]), years[-1]
    day = theme.at_the_end_of(last.closing_day)
    if first is last:
        return f"{theme.plural(last.closing, 'customer', 'customers')} {day}; there is no year yet to compare with"
    change = last.closing - first.closing
    if change == 0:
        return f"As many customers as at the end of {first.period_name}"
    number = theme.whole(abs(change))
    return f"{number} {'more' if change > 0 else 'fewer'} {day} than at the end of {first.period_name}"


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
            html.Span("so far" if so_far else _short(row.period_name), className="name"),
            html.Span(stayed, className="quiet"),
        ],
        className=kind,
    )


def _above(count: int, scale: Scale, theme: Theme) -> str:
    """The number above a column; where ten of six digits would run into each other, in thousands."""
    return theme.whole(count) if scale.high < SIX_DIGITS else theme.thousands(count)


def _short(name: str) -> str:
    """A year of two halves without its century, so that ten stand side by side: 2017-18 is 17-18."""
    return name[2:] if "-" in name else name


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
    timeless="it names the months or the day that it tells",
)
