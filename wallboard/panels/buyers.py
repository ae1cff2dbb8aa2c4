"""How many customers bought, month by month: for a business without contracts, where buying is staying.

The month in which the records begin cannot tell new customers from returning ones, and the current month has no number yet;
both say so. For leaders, from four metres.
"""

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import SIXTH
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import BUYERS
from wallboard.metrics.buyers import BuyerMonth, active_buyers
from wallboard.metrics.scope import Scope, month_before
from wallboard.metrics.states import INCOMPLETE
from wallboard.panel import Connection, JudgedFeed, Panel, Picture
from wallboard.panel import Options as Base

WHY = {"left-censored": "begins", "incomplete": "so far", "not measured": "none"}
NOTES = {
    "left-censored": "begins: the records begin, who is new is not known",
    "incomplete": "so far: incomplete",
    "not measured": "none: not measured",
}


FIVE_DIGITS = 10_000
"""Thirteen columns stand beside each other: from here on their numbers are told in thousands."""


class Options(Base):
    """How far back."""

    months: int = Field(12, ge=3, le=13, description="complete months to show")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[BuyerMonth, ...]:
    """Buyers by month, the running one marked."""
    return active_buyers(connection, scope, months=options.months, running=True)


def draw(buyers: tuple[BuyerMonth, ...], options: Options, theme: Theme) -> Picture:
    """A column a month."""
    known = [row for row in buyers if row.customers is not None and row.state != INCOMPLETE]
    if not known:
        return Picture("No complete month yet", nothing("The orders loaded do not cover a whole month."))
    shown = [row for row in buyers if row.month >= known[0].month]
    scale = Scale.over("customers", [row.customers for row in shown], along="y")
    columns = [_column(row, scale, theme) for row in shown]
    last = known[-1]
    bought = theme.plural(last.customers or 0, "customer", "customers")
    headline = f"{bought} bought in {theme.month(last.month)}, {_worth(last, theme)}"
    note = "; ".join(NOTES[state] for state in dict.fromkeys(row.state for row in shown) if state in NOTES)
    return Picture(headline, html.Div(columns, className="years"), note=note)


def _worth(last: BuyerMonth, theme: Theme) -> str:
    """What was paid; what nobody knows is no zero."""
    if last.value is None:
        return "for what is not known"
    worth, unknown = theme.money(last.value), last.value_unknown or 0
    orders = theme.plural(unknown, "order", "orders")
    return f"for {worth} and {orders} of unknown value" if unknown else f"for {worth}"


def _column(row: BuyerMonth, scale: Scale, theme: Theme) -> Component:
    count, why = row.customers or 0, WHY.get(row.state, "")
    number = "–" if row.customers is None else theme.whole(count) if scale.high < FIVE_DIGITS else theme.thousands(count)
    tower = scale.well([scale.mark(count), scale.words(count, metric_link(number, "active_customers"))], "tower")
    name = theme.month(row.month).split(" ")[0][:3]
    return html.Div(
        [tower, html.Span(name, className="name"), html.Span(why, className="quiet")],
        className=f"year{' so-far' if why else ''}",
    )


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("buyer_month",),
    metrics=("active_customers",),
    subject="Who buys",
    needs=((BUYERS,),),
    judges=lambda scope, _: month_before(scope),
    feeds=(JudgedFeed("orders", monthly=True),),
    smallest=(SIXTH,),
)
