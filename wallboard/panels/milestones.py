"""What deserves to be celebrated: a figure that is better than for a long time, and by more than chance alone moves it.

Only a process-behaviour signal makes a milestone; a good month inside the usual range makes none, and the panel says so. For
leaders, from four metres.
"""

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.absences import NOT_WHOLE
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.issues import beyond
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import CUSTOMERS
from wallboard.metrics.customers import CustomerPeriod, counted_periods, customer_flow
from wallboard.metrics.milestones import Milestone, milestones
from wallboard.metrics.scope import Scope, month_before
from wallboard.panel import CUSTOMER_FEED, Connection, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How many."""

    rows: int = Field(2, ge=1, le=5, description="most milestones to show")


@dataclass(frozen=True, slots=True)
class Measured:
    """The milestones, and the last months."""

    milestones: tuple[Milestone, ...]
    flow: tuple[CustomerPeriod, ...]


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """Favourable signals of the last complete month, and whether there is such a month."""
    return Measured(milestones(connection, scope), customer_flow(connection, scope, months=2))


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """One row a milestone: the number, and what had been usual."""
    reached = measured.milestones
    if not counted_periods(measured.flow):
        return Picture("No complete month yet", nothing(NOT_WHOLE))
    if not reached:
        return Picture("No milestone this month", nothing("Every change is within its normal range."))
    rows = [_row(row, theme) for row in reached[: options.rows]]
    return Picture(_headline(reached[0], theme), html.Ul(rows, className="milestones trim", **beyond(len(reached) - len(rows))))


def _headline(row: Milestone, theme: Theme) -> str:
    if row.signal.startswith("run"):
        return f"{row.name}: {row.in_a_row} good months in a row"
    return f"{row.name}: {theme.month(row.month)} was the best of {row.best_of} months"


def _row(row: Milestone, theme: Theme) -> Component:
    low, high = (_written(row.metric, limit, theme) for limit in (row.usual_low, row.usual_high))
    why = f"{row.in_a_row} months on the good side of" if row.signal.startswith("run") else "outside the normal range,"
    words = html.Span(f"{row.name}: {why} {low} to {high}")
    return html.Li([metric_link(_written(row.metric, row.value, theme), row.metric, "gain"), words])


def _written(metric: str, value: float, theme: Theme) -> str:
    if metric == "retention_rate":
        return theme.share(value, 1)
    return theme.signed(value) if metric == "net_customers" else theme.whole(value)


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("customer_day", "customer_month", "customer_movement", "undated_loss", "retention_month"),
    metrics=("new_customers", "won_back_customers", "lost_customers", "net_customers", "retention_rate"),
    subject="What we can celebrate",
    needs=((CUSTOMERS,),),
    judges=lambda scope, _: month_before(scope),
    feeds=(CUSTOMER_FEED,),
    verdict=True,
)
