"""Who came, who came back, who left: people as figures, with the sum that proves nobody vanished.

Beside each count stand the plan, where there is one, and the same month a year earlier. Opening + new + won back − lost =
closing, in customers; in value also what existing customers bought more or less of. Where it does not hold, a red banner says
so instead of a wrong total. For leaders, from four metres.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.absences import NOT_WHOLE
from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import customers_per_pictogram, metric_link, nothing, pictogram_key, pictograms
from wallboard.drawing.theme import Theme
from wallboard.drawing.worth import beside, doubt, noted, unvalued, worth
from wallboard.metrics.availability import CUSTOMERS
from wallboard.metrics.customers import CountedPeriod, CustomerPeriod, customer_flow, whole_periods
from wallboard.metrics.definitions import definitions
from wallboard.metrics.scope import Scope, month_before
from wallboard.metrics.states import COMPLETE
from wallboard.panel import CUSTOMER_FEED, Connection, Panel, Picture
from wallboard.panel import Options as Base

METRICS = ("new_customers", "won_back_customers", "lost_customers", "active_customers")
WORTH = {"new_customers": "new_value", "lost_customers": "lost_value"}
"""The metrics of what they are worth; of those who came back there is none of its own."""


class Options(Base):
    """How much room the figures have."""

    pictograms_in_a_row: int = Field(16, ge=5, le=80, description="most pictograms in one row")


MONTHS = 14
"""The running month, the last complete one, and the twelve before it."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The months, the last complete one and the same month a year before among them, and the monthly plan of a metric."""

    flow: tuple[CustomerPeriod, ...]
    plans: Mapping[str, float]


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """The months and the plans."""
    agreed = {row.metric: row.target for row in definitions(connection, scope)}
    plans = {metric: target for metric in METRICS if (target := agreed.get(metric)) is not None}
    return Measured(customer_flow(connection, scope, months=MONTHS), plans)


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """Three rows of people, and the sum beneath."""
    whole = whole_periods(measured.flow)
    if not whole or not whole[-1].opening + whole[-1].new:
        return Picture("No complete month yet", nothing(NOT_WHOLE))
    month = whole[-1]
    before = next(
        (earlier for earlier in whole if _a_year_before(earlier, month) and earlier.state == COMPLETE and earlier.holds), None
    )
    rows = [*(_rows(month, before, measured.plans, options, theme) if month.holds else []), _sum(month, before, theme)]
    body = html.Ul(rows, className="people")
    return Picture(
        _headline(month, theme),
        body,
        alarm=doubt([month], theme),
        note=noted(_stayed(month, theme), unvalued(month.value_unknown, theme), beside(month, theme)),
    )


def _a_year_before(earlier: CountedPeriod, month: CountedPeriod) -> bool:
    return (earlier.period_start.year + 1, earlier.period_start.month) == (month.period_start.year, month.period_start.month)


def _rows(
    month: CountedPeriod, before: CountedPeriod | None, plans: Mapping[str, float], options: Options, theme: Theme
) -> list[Component]:
    then = (before.new, before.won_back, before.lost) if before else (None, None, None)
    rows = (
        (month.new, month.new_value, "new_customers", "came", then[0]),
        (month.won_back, month.won_back_value, "won_back_customers", "came back", then[1]),
        (month.lost, month.lost_value, "lost_customers", "left", then[2]),
    )
    tones = {metric: _tone(count, plans.get(metric), at_most=metric == "lost_customers") for count, _, metric, *_ in rows}
    per = customers_per_pictogram(max(row[0] for row in rows), options.pictograms_in_a_row)
    scale = pictogram_key(per, theme)
    roomiest = min(rows, key=lambda row: row[0])[2]
    return [
        html.Li(
            [
                html.Span(word),
                metric_link(theme.whole(count), metric, f"big {tones[metric]}".strip()),
                html.Div(
                    [
                        pictograms(count, per, tones[metric] or "calm"),
                        html.Span(scale if metric == roomiest else "", className="quiet"),
                    ]
                ),
                html.Span(_compared(ago, plans.get(metric), theme), className="before"),
                _worth(worth(value, None, theme), WORTH.get(metric, metric)),
            ]
        )
        for count, value, metric, word, ago in rows
    ]


def _tone(count: int, plan: float | None, *, at_most: bool) -> str:
    """The colour says whether the plan is reached; without one it says nothing."""
    if plan is None:
        return ""
    return "gain" if (count <= plan if at_most else count >= plan) else "loss"


def _compared(ago: int | None, plan: float | None, theme: Theme) -> str:
    """The plan of a month, and the same month a year before."""
    parts = [] if plan is None else [f"plan {theme.whole(plan)}"]
    return ", ".join([*parts, *([] if ago is None else [f"{theme.whole(ago)} a year ago"])])


def _headline(month: CountedPeriod, theme: Theme) -> str:
    name = theme.month(month.period_start)
    came, left = month.new + month.won_back, month.lost
    if month.state == "left-censored":
        return f"{name}: the records begin here, so who is new is not known"
    if came == left:
        return f"{name}: as many came as left"
    return f"{name}: more {'came than left' if came > left else 'left than came'}"


def _sum(month: CountedPeriod, before: CountedPeriod | None, theme: Theme) -> Component:
    parts = [month.opening, month.new, month.won_back, month.lost, month.closing]
    opening, new, back, lost, closing = (theme.whole(part) for part in parts)
    cells = [
        html.Span(theme.short_day(month.closing_day)),
        metric_link(closing, "active_customers", "big"),
        html.Div(html.Span(f"= {opening} + {new} + {back} − {lost}", className="quiet")),
        html.Span(_compared(before.closing if before else None, None, theme), className="before"),
        _worth(_change(month.net_value, theme), "net_value"),
    ]
    return html.Li(cells, className="sum")


def _stayed(month: CountedPeriod, theme: Theme) -> str:
    """What those who stayed took more or less: the rest of the sum in value."""
    changed = month.changed_value + (month.revalued_value or 0)
    if month.net_value is None or not round(changed):
        return ""
    return f"those who stayed {_change(changed, theme)} a year"


def _change(value: float | None, theme: Theme) -> str:
    words = worth(value, None, theme)
    return f"+{words}" if value is not None and value > 0 else words


def _worth(words: str, metric: str) -> Component:
    return html.Span(words, className="quiet", **{"data-metric": metric})


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("customer_day", "customer_month", "customer_movement", "undated_loss", "metric_definition", "target", "employee"),
    metrics=(*METRICS, *WORTH.values(), "customer_value", "net_value"),
    subject="Who came and who left",
    needs=((CUSTOMERS,),),
    judges=lambda scope, _: month_before(scope),
    feeds=(CUSTOMER_FEED,),
    smallest=(
        Smallest(25, 16),
        Smallest(76, 6),
    ),
)
