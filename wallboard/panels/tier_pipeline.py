"""The profitability pipeline: each tier with its customers, what they earn us, and what we do for it.

Customers come first, as whole people. Cost that belongs to no customer, money from customers who have left, and customers
without any money have rows of their own, so that everything adds up; where it does not, a red banner says so. For leaders, from
four metres.
"""

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import customers_per_pictogram, metric_link, nothing, pictogram_key, pictograms
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.drawing.worth import lacking
from wallboard.metrics.availability import MONEY
from wallboard.metrics.pipeline import Tier, TierAction, tier_actions, tiers
from wallboard.metrics.scope import Scope
from wallboard.panel import OF_NAMED_DAYS, Connection, JudgedFeed, Panel, Picture
from wallboard.panel import Options as Base

BESIDES = {
    "no rule": ("before any rule", "no tiers were agreed for this month"),
    "no money": ("nothing booked yet", "no revenue or cost so far"),
    "unallocated": ("nobody’s cost", "of no customer we can identify"),
    "left": ("have left", "brought while they were here"),
}
STATES = {"done": "done", "overdue": "overdue"}


class Options(Base):
    """How much room the figures have."""

    pictograms_in_a_row: int = Field(15, ge=5, le=60, description="most pictograms in one row")


@dataclass(frozen=True, slots=True)
class Measured:
    """Tiers, and the newest action for each."""

    tiers: tuple[Tier, ...]
    actions: tuple[TierAction, ...]


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """All tiers, and what is done for them."""
    return Measured(tiers(connection, scope), tier_actions(connection, scope))


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """A row a tier, best first; beneath it what stands beside the tiers."""
    rows = measured.tiers
    if not rows:
        return Picture("What our customers earn us is not known", nothing("No whole month of revenue and cost is loaded."))
    if not rows[0].holds:
        alarm = "These tiers are not all customers. Do not use them; check the state of the data."
        return Picture("The tiers do not sum to our customers", nothing("Check the state of the data: /status"), alarm=alarm)
    actions = {row.tier: row for row in measured.actions}
    mine = [row for row in rows if row.kind == "tier"]
    per = customers_per_pictogram(max([1, *(row.customers for row in mine)]), options.pictograms_in_a_row)
    listed = [_row(row, actions.get(row.tier), per, theme) for row in mine]
    besides = [_beside(row, theme) for row in rows if row.kind != "tier"]
    scale = pictogram_key(per, theme)
    body = html.Div([html.Ul(listed, className="tiers"), html.Ul(besides, className="besides")], className="pipeline")
    return Picture(
        _headline(mine, theme),
        body,
        note=[
            f"{twelve(rows[0], theme)}{lacking(sum(row.partly_costed for row in mine), theme)}",
            html.Span(f" · {scale}", className="each-symbol"),
        ],
    )


def twelve(row: Tier, theme: Theme) -> str:
    """Which twelve months, and whether all of them are there."""
    span = f"12 months to {theme.month(row.month)}"
    return span if row.state == "complete" else f"{span}, some missing"


def _headline(mine: list[Tier], theme: Theme) -> list[str | Component] | str:
    if not mine:
        return "No tiers are agreed yet"
    costly = [row for row in mine if row.profit < 0 and row.customers]
    if costly:
        people = sum(row.customers for row in costly)
        lost = theme.money(-sum(row.profit for row in costly))
        words = theme.plural(people, "customer costs", "customers cost")
        return [metric_link(words, "profit", "loss"), f" us {lost} more than they bring in"]
    best = max(mine, key=lambda row: row.profit)
    earned = theme.money(best.profit)
    return [
        metric_link(theme.plural(best.customers, "customer", "customers"), "profit", "gain"),
        f" earn us {earned}, most of all",
    ]


def _row(row: Tier, action: TierAction | None, per: int, theme: Theme) -> Component:
    least = "" if row.at_least is None else f"from {theme.money(row.at_least)}"
    if row.at_least is not None and row.at_least.is_integer() and row.at_least < 100:
        least = f"from {theme.money(row.at_least).split('.')[0]}"
    term = row.tier if row.tier.casefold() != row.name.casefold() else ""
    tone = "loss" if row.profit < 0 else "gain"
    return html.Li(
        [
            html.Div([html.Strong(row.name), html.Span(" · ".join(filter(None, (term, least))), className="quiet")]),
            html.Div([html.Span(theme.whole(row.customers), className="big"), pictograms(row.customers, per, tone)]),
            html.Div(_action(action, theme)),
            html.Div([metric_link(_earned(row, theme), "profit", tone), html.Span(_of(row, theme), className="quiet")]),
        ]
    )


def _earned(row: Tier, theme: Theme) -> str:
    return theme.narrow_money(row.profit)


def _of(row: Tier, theme: Theme) -> str:
    return f"of {theme.narrow_money(row.revenue)}"


def _action(action: TierAction | None, theme: Theme) -> Component:
    if action is None:
        return html.P("nothing is being done for them", className="action none")
    due = STATES.get(action.state) or (f"by {theme.short_day(action.due_on)}" if action.due_on else "no date agreed")
    by = html.Span(f"{crop(action.owner or 'nobody', 18)}, {due}", className="alert" if due == "overdue" else "quiet")
    return html.P([crop(action.what, 56), by], className="action")


def _beside(row: Tier, theme: Theme) -> Component:
    name, why = BESIDES[row.kind]
    people = theme.whole(row.customers) if row.kind != "unallocated" else ""
    amount = theme.narrow_money(row.profit) if row.kind != "no money" else ""
    tone = "loss" if row.profit < 0 else "quiet"
    return html.Li([html.Span(name), html.B(people), html.Span(why, className="quiet"), html.B(amount, className=tone)])


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("tier_month", "tier", "customer_month", "action", "employee"),
    metrics=("profit", "revenue"),
    subject="What our customers earn us",
    needs=((MONEY,),),
    feeds=(JudgedFeed("customer_money", monthly=True),),
    timeless=OF_NAMED_DAYS,
    smallest=(Smallest(76, 15),),
)
