"""Net customers by month: in how many of the last months more left than came.

One bar a month, up where more came, down where more left; the latest is bright. For leaders, from four metres.
"""

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.absences import NOT_WHOLE
from wallboard.drawing.cell import Smallest
from wallboard.drawing.events import TimeAxis
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.scale import Scale, columns
from wallboard.drawing.theme import Theme
from wallboard.drawing.worth import beside, doubt, noted
from wallboard.drawing.year_before import last_year
from wallboard.metrics.availability import CUSTOMERS
from wallboard.metrics.customers import CountedPeriod, CustomerPeriod, customer_flow, whole_periods
from wallboard.metrics.events import Subject
from wallboard.metrics.monthly_shifts import NET, turns
from wallboard.metrics.scope import Scope, and_running
from wallboard.metrics.states import COMPLETE
from wallboard.metrics.year_before import MONTHS, Compared, changed_on, newest_last_year
from wallboard.panel import CUSTOMER_FEED, OF_NAMED_DAYS, Connection, Panel, Picture
from wallboard.panel import Options as Base

RECENT = 9


class Options(Base):
    """How far back."""

    months: int = Field(24, ge=3, le=60, description="months to show")


def measure(connection: Connection, scope: Scope, options: Options) -> Compared[CustomerPeriod]:
    """Flow by month."""
    months = and_running(scope, options.months, "month")
    read = customer_flow(connection, scope, months=max(months, MONTHS + 2))
    whole = {month.period_start: (float(month.net), month.state) for month in _months(read)}
    return Compared(read[-months:], newest_last_year(whole, changed_on(connection, scope, NET)))


def draw(measured: Compared[CustomerPeriod], options: Options, theme: Theme) -> Picture:
    """A bar a month around a line of nothing."""
    months = _months(measured.rows)
    if not months:
        return Picture("No complete month yet", nothing(NOT_WHOLE))
    net = [month.net for month in months]
    scale = Scale.over("net customers", net, along="y")
    bars = [scale.mark(n, f"{_tone(n)}{' newest' if i == len(net) - 1 else ''}") for i, n in enumerate(net)]
    first, last = (theme.month(months[i].period_start) for i in (0, -1))
    ends = html.P(
        [
            html.Span(first),
            html.Span(
                [f"{last}: ", metric_link(theme.signed(net[-1]), "net_customers", _tone(net[-1])), _before(measured, theme)]
            ),
        ]
    )
    drawn = columns(scale, bars, "net", ground=True, periods=[month.period_start for month in months])
    body = html.Div([drawn, ends], className="trend")
    note = noted("by month", beside(months[-1], theme))
    return Picture(_headline(net, theme), body, alarm=doubt(months, theme), note=note)


def _before(measured: Compared[CustomerPeriod], theme: Theme) -> Component:
    words = last_year(measured.last_year, lambda net: theme.signed(round(net)), "")
    return html.Span(f" · {words}" if words else "", className="last-year")


def _months(flow: tuple[CustomerPeriod, ...]) -> list[CountedPeriod]:
    return [month for month in whole_periods(flow) if month.state == COMPLETE and month.opening + month.new > 0]


def _headline(net: list[int], theme: Theme) -> str:
    recent = net[-RECENT:]
    fewer = sum(1 for n in recent if n < 0)
    span = theme.plural(len(recent), "month", "months")
    if all(n > 0 for n in recent):
        return f"In each of the last {span} more came than left"
    if fewer == len(recent):
        return f"In each of the last {span} more left than came"
    return f"In {fewer} of the last {span} more left than came"


def _tone(net: int) -> str:
    return "gain" if net >= 0 else "loss"


def _axis(measured: Compared[CustomerPeriod], options: Options) -> TimeAxis | None:
    months = _months(measured.rows)
    return TimeAxis(tuple(month.period_start for month in months), months[-1].period_end, (Subject(NET),)) if months else None


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("customer_day", "customer_month", "customer_movement", "undated_loss", "metric_definition", "employee"),
    metrics=("net_customers",),
    subject="Whether we have more customers",
    needs=((CUSTOMERS,),),
    feeds=(CUSTOMER_FEED,),
    verdict=True,
    timeless=OF_NAMED_DAYS,
    axis=_axis,
    shifts=lambda connection, scope, _: turns(connection, scope),
    smallest=(
        Smallest(25, 7),
        Smallest(38, 6),
        Smallest(51, 4),
    ),
)
