"""Who came, who came back, who left: people as figures, with the sum that proves that nobody vanished.

Opening + new + won back − lost = closing, in customers; in value also what those who stayed took more or less. Where it does not
hold, a red banner says so instead of a wrong total. For leaders, from four metres.
"""

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.absences import NOT_WHOLE
from wallboard.drawing.glyphs import customers_per_pictogram, metric_link, nothing, pictogram_key, pictograms
from wallboard.drawing.theme import Theme
from wallboard.drawing.worth import beside, doubt, noted, unvalued, worth
from wallboard.metrics.availability import CUSTOMERS
from wallboard.metrics.customers import CountedPeriod, CustomerPeriod, customer_flow, whole_periods
from wallboard.metrics.scope import Scope, month_before
from wallboard.panel import CUSTOMER_FEED, Connection, Panel, Picture
from wallboard.panel import Options as Base

FIGURES = ("new_customers", "won_back_customers", "lost_customers", "active_customers")
WORTH = {"new_customers": "new_value", "lost_customers": "lost_value"}
"""The figures of what they are worth; of those who came back there is none of its own."""


class Options(Base):
    """How much room the figures have."""

    pictograms_in_a_row: int = Field(30, ge=5, le=80, description="most figures of people in one row")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[CustomerPeriod, ...]:
    """The last months, the last complete one among them."""
    return customer_flow(connection, scope, months=2)


def draw(flow: tuple[CustomerPeriod, ...], options: Options, theme: Theme) -> Picture:
    """Three rows of people, and the sum beneath."""
    whole = whole_periods(flow)
    if not whole or not whole[-1].opening + whole[-1].new:
        return Picture("No complete month yet", nothing(NOT_WHOLE))
    month = whole[-1]
    rows = [*(_rows(month, options, theme) if month.holds else []), _sum(month, theme)]
    body = html.Ul(rows, className="people")
    return Picture(
        _headline(month, theme),
        body,
        alarm=doubt([month], theme),
        note=noted(unvalued(month.value_unknown, theme), beside(month, theme)),
    )


def _rows(month: CountedPeriod, options: Options, theme: Theme) -> list[Component]:
    rows = (
        (month.new, month.new_value, "new_customers", "came", "gain"),
        (month.won_back, month.won_back_value, "won_back_customers", "came back", "gain"),
        (month.lost, month.lost_value, "lost_customers", "left", "loss"),
    )
    per = customers_per_pictogram(max(row[0] for row in rows), options.pictograms_in_a_row)
    scale = pictogram_key(per, theme)
    roomiest = min(rows, key=lambda row: row[0])[2]
    return [
        html.Li(
            [
                html.Span(word),
                metric_link(theme.whole(count), metric, f"big {tone}"),
                html.Div([pictograms(count, per, tone), html.Span(scale if metric == roomiest else "", className="quiet")]),
                _worth(worth(value, None, theme), WORTH.get(metric, metric)),
            ]
        )
        for count, value, metric, word, tone in rows
    ]


def _headline(month: CountedPeriod, theme: Theme) -> str:
    name = theme.month(month.period_start)
    came, left = month.new + month.won_back, month.lost
    if month.state == "left-censored":
        return f"{name}: the records begin here, so who is new is not known"
    if came == left:
        return f"{name}: as many came as left"
    return f"{name}: more {'came than left' if came > left else 'left than came'}"


def _sum(month: CountedPeriod, theme: Theme) -> Component:
    parts = [month.opening, month.new, month.won_back, month.lost, month.closing]
    opening, new, back, lost, closing = (theme.whole(part) for part in parts)
    cells = [
        html.Span(theme.short_day(month.closing_day)),
        metric_link(closing, "active_customers", "big"),
        html.Div([html.Span(f"= {opening} + {new} + {back} − {lost}", className="quiet"), *_stayed(month, theme)]),
        _worth(_change(month.net_value, theme), "net_value"),
    ]
    return html.Li(cells, className="sum")


def _stayed(month: CountedPeriod, theme: Theme) -> list[Component]:
    """What those who stayed took more or less: the rest of the sum in value."""
    changed = month.changed_value + (month.revalued_value or 0)
    if month.net_value is None or not round(changed):
        return []
    return [html.Span(f"stayed {_change(changed, theme)}", className="quiet", **{"data-metric": "customer_value"})]


def _change(value: float | None, theme: Theme) -> str:
    words = worth(value, None, theme)
    return f"+{words}" if value is not None and value > 0 else words


def _worth(words: str, metric: str) -> Component:
    return html.Span(words, className="quiet", **{"data-metric": metric})


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("customer_day", "customer_month", "customer_movement", "undated_loss"),
    metrics=(*FIGURES, *WORTH.values(), "customer_value", "net_value"),
    subject="Who came and who left",
    needs=((CUSTOMERS,),),
    judges=lambda scope, _: month_before(scope),
    feeds=(CUSTOMER_FEED,),
)
