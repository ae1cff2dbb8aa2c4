"""What deserves to be celebrated: a metric that is better than it has been for a long time, beside its months and normal range.

Only a process behaviour signal makes a milestone; a good month within normal range does not, and the panel says so. For
leaders, from four metres.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.calendar import last_of
from wallboard.drawing.absences import NOT_WHOLE
from wallboard.drawing.cell import Smallest
from wallboard.drawing.events import TimeAxis
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.issues import beyond
from wallboard.drawing.limits_chart import Band, Spot, limits_chart
from wallboard.drawing.theme import Theme
from wallboard.drawing.worth import noted
from wallboard.metrics.availability import CUSTOMERS
from wallboard.metrics.customers import CountedPeriod, counted_periods, customer_flow
from wallboard.metrics.events import Subject
from wallboard.metrics.milestones import Milestone, milestones
from wallboard.metrics.monthly_shifts import milestone_shifts, moved_by
from wallboard.metrics.scope import Scope, month_before
from wallboard.metrics.states import COMPLETE
from wallboard.metrics.year_before import MONTHS as MONTHS_BEFORE
from wallboard.metrics.year_before import changed_on, months_before
from wallboard.panel import CUSTOMER_FEED, Connection, Panel, Picture
from wallboard.panel import Options as Base

MONTHS = 25
"""Complete months beside a milestone, the newest among them."""

SERIES: dict[str, Callable[[CountedPeriod], int]] = {
    "new_customers": lambda month: month.new,
    "won_back_customers": lambda month: month.won_back,
    "lost_customers": lambda month: month.lost,
    "net_customers": lambda month: month.net,
}
"""The metrics that have a count in each month."""


class Options(Base):
    """How many."""

    rows: int = Field(2, ge=1, le=5, description="most milestones to show")


@dataclass(frozen=True, slots=True)
class Measured:
    """The milestones, and the last months."""

    milestones: tuple[Milestone, ...]
    flow: tuple[CountedPeriod, ...]
    changed: dict[str, date | None]
    """When each metric last changed its meaning."""


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """Favourable signals of the last complete month, and whether there is such a month."""
    flow = counted_periods(customer_flow(connection, scope, months=MONTHS + MONTHS_BEFORE))
    reached = milestones(connection, scope)
    return Measured(reached, tuple(flow), {row.metric: changed_on(connection, scope, (row.metric,)) for row in reached})


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """One row a milestone: the number, and what had been usual."""
    reached = measured.milestones
    if not measured.flow[-MONTHS:]:
        return Picture("No complete month yet", nothing(NOT_WHOLE))
    if not reached:
        return Picture("No milestone this month", nothing("Every change is within its normal range."))
    rows = [_row(row, measured, theme) for row in reached[: options.rows]]
    dotted = "dotted: a year before" if any(_shown(row, measured.flow) for row in reached[: options.rows]) else ""
    body = html.Ul(rows, className="milestones trim", **beyond(len(reached) - len(rows)))
    return Picture(_headline(reached[0], theme), body, note=noted("by month, with normal range", dotted))


def _headline(row: Milestone, theme: Theme) -> str:
    if row.signal.startswith("run"):
        return f"{row.name}: {row.in_a_row} good months in a row"
    return f"{row.name}: {theme.month(row.month)} was the best in {row.best_of} months"


def _row(row: Milestone, measured: Measured, theme: Theme) -> Component:
    low, high = (_written(row.metric, limit, theme) for limit in (row.usual_low, row.usual_high))
    why = f"{row.in_a_row} months in a row on the good side of" if row.signal.startswith("run") else "usually"
    sentence = html.Div(
        [
            metric_link(_written(row.metric, row.value, theme), row.metric, "headline-number gain"),
            html.Span([html.B(f"{row.name} in {theme.month(row.month)}"), f"{why} {low} to {high} a month"]),
        ],
        className="reached",
    )
    return html.Li([sentence, *_months(row, measured, theme)])


def _shown(row: Milestone, flow: Sequence[CountedPeriod]) -> list[CountedPeriod]:
    """The months of a metric that are drawn: those that it was held against, and its own; none of what has no count by month."""
    counted = SERIES.get(row.metric)
    months = [month for month in flow if month.period_start <= row.month][-row.months - 1 :]
    return months if counted and all(counted(month) >= 0 for month in months) else []


def _months(row: Milestone, measured: Measured, theme: Theme) -> list[Component]:
    """The metric month by month, with the range in which chance alone moves it, and the year before."""
    months = _shown(row, measured.flow)
    if not months:
        return []
    counted = SERIES[row.metric]
    known = {month.period_start: (float(counted(month)), COMPLETE) for month in measured.flow}
    before = months_before(known, [month.period_start for month in months], measured.changed[row.metric])
    spots = [
        Spot(month.period_start, float(counted(month)), "gain" if month.period_start == row.month else "") for month in months
    ]
    band = Band(row.usual_low, row.mean, row.usual_high, spots[0].day, spots[-1].day)
    drawn = limits_chart(spots, band, theme, f"{row.name} by month", "a month", before, named=False)
    return [html.Div(drawn, className="plot")]


def _written(metric: str, value: float, theme: Theme) -> str:
    if metric == "retention_rate":
        return theme.share(value, 1)
    return theme.signed(value) if metric == "net_customers" else theme.whole(value)


def _axis(measured: Measured, options: Options) -> TimeAxis | None:
    """The months of all, and one chart a milestone that has one."""
    drawn = [(row, months) for row in measured.milestones[: options.rows] if (months := _shown(row, measured.flow))]
    if not drawn:
        return None
    starts = sorted({month.period_start for _, months in drawn for month in months})
    return TimeAxis(tuple(starts), last_of(starts[-1]), tuple(Subject(moved_by(row.metric)) for row, _ in drawn))


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
    metrics=("new_customers", "won_back_customers", "lost_customers", "net_customers", "retention_rate"),
    subject="What we can celebrate",
    needs=((CUSTOMERS,),),
    judges=lambda scope, _: month_before(scope),
    feeds=(CUSTOMER_FEED,),
    verdict=True,
    axis=_axis,
    shifts=lambda connection, scope, _: milestone_shifts(connection, scope),
    smallest=(
        Smallest(25, 13),
        Smallest(38, 12),
        Smallest(51, 10),
    ),
)
