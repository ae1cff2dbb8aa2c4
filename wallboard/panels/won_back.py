"""Customers who left and came back: what we had done about it, who did it, when they returned, and what came of it.

Those for whom something was done come first. Whoever leaves again, or is at risk again, drops off this list. Names never hang
on a wall: sign in and touch the panel to see them. For leaders, from four metres.
"""

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.named import WORDS, listed, named, why
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.drawing.worth import yearly
from wallboard.metrics.availability import CUSTOMERS
from wallboard.metrics.churn_risk import ReturnedCustomer, won_back
from wallboard.metrics.customers import CustomerPeriod, counted_periods, customer_flow
from wallboard.metrics.scope import Scope, full_months, span
from wallboard.panel import CUSTOMER_FEED, Connection, Panel, Picture, Words
from wallboard.panel import Options as Base


class Options(Base):
    """How many of them, and how far back."""

    rows: int = Field(2, ge=1, le=8, description="customers to show at the default screen and distance")
    months: int = Field(3, ge=1, le=12, description="months up to today in which they came back")


@dataclass(frozen=True, slots=True)
class Measured:
    """Those who came back, and the last months."""

    back: tuple[ReturnedCustomer, ...]
    flow: tuple[CustomerPeriod, ...]


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """Those who came back and are here to stay."""
    back = won_back(connection, scope, months=options.months, limit=options.rows)
    return Measured(back, customer_flow(connection, scope, months=2))


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """One row a customer: who and worth, what was done, what came of it."""
    rows, span = measured.back, theme.in_months(options.months)
    if not counted_periods(measured.flow):
        return Picture("Who came back is not known", nothing("The customer data loaded does not cover these months."))
    if not rows:
        return Picture(
            f"Nobody has come back to stay in {span}", nothing("Those who return will appear here, with what was done for them.")
        )
    lines = [
        named(row, _away(row, theme), _came(row), _done(row), _then(row, theme), theme)
        for row in rows[: theme.rows(options.rows)]
    ]
    worth = yearly(rows[0].total_value, rows[0].total_unknown, theme)
    return Picture(_headline(rows[0], span, theme), listed(lines, rows[0].total), note=f"{worth} together")


def _headline(row: ReturnedCustomer, span: str, theme: Theme) -> Words:
    came = metric_link(theme.whole(row.total), "won_back_customers", "gain")
    after = theme.whole(row.after_action)
    return [came, f" came back in {span}, {after} after something we did"]


def _away(row: ReturnedCustomer, theme: Theme) -> str:
    days = row.days_away
    return "" if days is None else f", away {theme.age(days)}"


def _came(row: ReturnedCustomer) -> Component:
    """What came of it; where nothing was done, or nothing is written down, why they had left."""
    if row.outcome:
        return html.Span(crop(row.outcome, WORDS), className="below", dir="auto")
    return why(row)


def _done(row: ReturnedCustomer) -> Component:
    if not row.action:
        return html.Span("came back by themselves", className="done quiet")
    return html.Span(crop(row.action, WORDS), className="done", dir="auto")


def _then(row: ReturnedCustomer, theme: Theme) -> Component:
    back = html.B(f"back {theme.day(row.back_on)}" if row.back_on else "back", className="gain")
    return html.Span([f"{row.owner}, " if row.owner else "", back], className="then quiet")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=(
        "contract",
        "customer",
        "customer_alias",
        "customer_event",
        "customer_day",
        "customer_month",
        "customer_movement",
        "undated_loss",
        "reason",
        "action",
        "employee",
    ),
    metrics=("won_back_customers",),
    subject="Who came back",
    needs=((CUSTOMERS,),),
    judges=lambda scope, options: span(full_months(scope, options.months)),
    feeds=(CUSTOMER_FEED,),
    smallest=(
        Smallest(25, 14),
        Smallest(38, 8),
        Smallest(51, 6),
        Smallest(76, 5),
    ),
)
