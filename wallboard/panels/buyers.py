"""How many customers bought, month by month: for a business without contracts, where buying is staying.

The month in which the records begin cannot tell new customers from returning ones, and the current month has no number yet;
both say so. For leaders, from four metres.
"""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.calendar import last_of
from wallboard.drawing.cell import Smallest
from wallboard.drawing.events import TimeAxis
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.scale import LABEL, Scale, in_period
from wallboard.drawing.theme import Theme
from wallboard.drawing.year_before import last_year
from wallboard.metrics.availability import BUYERS
from wallboard.metrics.buyers import BuyerMonth, active_buyers
from wallboard.metrics.events import Subject
from wallboard.metrics.scope import Scope, month_before
from wallboard.metrics.states import INCOMPLETE
from wallboard.metrics.year_before import MONTHS, Compared, changed_on, newest_last_year
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


def measure(connection: Connection, scope: Scope, options: Options) -> Compared[BuyerMonth]:
    """Buyers by month, the running one marked."""
    read = active_buyers(connection, scope, months=options.months + MONTHS, running=True)
    known = {row.month: (None if row.customers is None else float(row.customers), row.state) for row in _whole(read)}
    return Compared(read[MONTHS:], newest_last_year(known, changed_on(connection, scope, PANEL.metrics)))


def _whole(buyers: Sequence[BuyerMonth]) -> list[BuyerMonth]:
    return [row for row in buyers if row.customers is not None and row.state != INCOMPLETE]


def _shown(buyers: Sequence[BuyerMonth]) -> list[BuyerMonth]:
    """From the first whole month on."""
    known = _whole(buyers)
    return [row for row in buyers if known and row.month >= known[0].month]


def draw(measured: Compared[BuyerMonth], options: Options, theme: Theme) -> Picture:
    """A column a month."""
    known, shown = _whole(measured.rows), _shown(measured.rows)
    if not known:
        return Picture("No complete month yet", nothing("The orders loaded do not cover a whole month."))
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
        [tower, html.Span(name, className="name", **LABEL), html.Span(why, className="quiet")],
        className=f"year{' so-far' if why else ''}",
        **in_period(row.month),
    )


def _axis(measured: Compared[BuyerMonth], options: Options) -> TimeAxis | None:
    months = tuple(row.month for row in _shown(measured.rows))
    return TimeAxis(months, last_of(months[-1]), (Subject(PANEL.metrics),)) if months else None


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("buyer_month", "metric_definition", "employee"),
    metrics=("active_customers",),
    subject="Who buys",
    needs=((BUYERS,),),
    judges=lambda scope, _: month_before(scope),
    feeds=(JudgedFeed("orders", monthly=True),),
    axis=_axis,
    last_year=lambda measured, _, theme: last_year(measured.last_year, theme.whole, "same month"),
    smallest=(
        Smallest(25, 4),
        Smallest(38, 3),
    ),
)
