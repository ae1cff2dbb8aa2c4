"""What each group of customers brings in and what is left of it: revenue and profit over twelve months.

Customers first. Money from customers who have left, and cost that belongs to no customer, have rows of their own, so that
everything adds up. For leaders, from four metres.
"""

from datetime import date

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.drawing.worth import lacking
from wallboard.metrics.availability import MONEY
from wallboard.metrics.profit import GroupProfit, group_profit
from wallboard.metrics.scope import Scope
from wallboard.panel import OF_NAMED_DAYS, Connection, JudgedFeed, Panel, Picture
from wallboard.panel import Options as Base

KINDS = {"left": "have left", "unallocated": "nobody’s cost"}


class Options(Base):
    """With what to compare."""

    months: int = Field(3, ge=1, le=24, description="months back that profit is compared with")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[GroupProfit, ...]:
    """Groups now, and so many months ago."""
    return group_profit(connection, scope, months=options.months + 1)


def draw(every: tuple[GroupProfit, ...], options: Options, theme: Theme) -> Picture:
    """A row a group: how many, what they bring, and what is left of it."""
    if not every:
        return Picture("What each group earns us is not known", nothing("No whole month of revenue and cost is loaded."))
    month = every[-1].month
    rows = [row for row in every if row.month == month]
    months = sorted({row.month for row in every})
    past = _before(every, months[0]) if len(months) == options.months + 1 and _whole(every, months[0]) else {}
    scale = Scale.over("money", [value for row in rows for value in (row.profit, row.revenue)])
    listed = [_row(row, past, scale, months[0], theme) for row in rows]
    note = f"12 months to {theme.month(month)}" + ("" if rows[0].state == "complete" else ", some missing")
    note += f" · ↑↓ since {theme.month(months[0])}" if past else ""
    note += lacking(sum(row.partly_costed for row in rows), theme)
    return Picture(_headline(rows, theme), html.Ul([*listed, _sum(rows, theme)], className="groups"), note=note)


def _whole(every: tuple[GroupProfit, ...], month: date) -> bool:
    return all(row.state == "complete" for row in every if row.month == month)


def _before(every: tuple[GroupProfit, ...], month: date) -> dict[tuple[str, str], float]:
    return {(row.kind, row.customer_group): row.profit for row in every if row.month == month}


def _headline(rows: list[GroupProfit], theme: Theme) -> list[str | Component]:
    groups = [row for row in rows if row.kind == "group"]
    total = sum(row.profit for row in rows)
    if not groups:
        return ["All of the money belongs to people who have left, or to nobody"]
    best, last = groups[0], groups[-1]
    if last.profit < 0:
        people = metric_link(theme.whole(last.customers), "profit", "loss")
        return [people, f" {_name(last)} cost us {theme.money(-last.profit)} more than they bring in"]
    people = metric_link(theme.whole(best.customers), "profit", "gain")
    earned = theme.money(best.profit)
    of_all = f"of our {theme.money(total)}" if total >= best.profit else "and others take some of it back"
    return [people, f" {_name(best)} earn {earned} {of_all}"]


def _name(row: GroupProfit) -> str:
    return KINDS.get(row.kind) or row.customer_group or "without a group"


def _row(row: GroupProfit, past: dict[tuple[str, str], float], scale: Scale, since: date, theme: Theme) -> Component:
    people = theme.whole(row.customers) if row.kind != "unallocated" else ""
    tone = "loss" if row.profit < 0 else "gain"
    before = past.get((row.kind, row.customer_group))
    changed = "" if before is None else _changed(row.profit - before, since, theme)
    brought = [scale.mark(row.revenue, "brought")] if row.revenue else []
    bars = [scale.point(0, "zero", tag=html.I), *brought, scale.mark(row.profit, f"kept {tone}")]
    return html.Li(
        [
            html.Span(_name(row)),
            html.B(people),
            scale.well(bars, "money"),
            html.Div(
                [
                    metric_link(theme.narrow_money(row.profit), "profit", tone),
                    html.Span(changed, className="quiet"),
                ]
            ),
        ],
        className=row.kind,
    )


def _changed(change: float, since: date, theme: Theme) -> str:
    amount = theme.narrow_money(abs(change))
    if round(change) == 0:
        return f"as in {theme.month(since)}"
    return f"{'↑' if change > 0 else '↓'} {amount}"


def _sum(rows: list[GroupProfit], theme: Theme) -> Component:
    people = sum(row.customers for row in rows if row.kind == "group")
    profit, revenue = sum(row.profit for row in rows), sum(row.revenue for row in rows)
    key = html.Div([html.Span([html.I(className="brought"), "revenue"]), html.Span([html.I(className="kept gain"), "profit"])])
    cells = [
        html.Span("total"),
        html.B(theme.whole(people)),
        key,
        html.Div([html.B(theme.narrow_money(profit)), html.Span(f"of {theme.narrow_money(revenue)}")]),
    ]
    return html.Li(cells, className="sum")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("tier_month",),
    metrics=("profit", "revenue"),
    subject="What each group earns us",
    needs=((MONEY,),),
    feeds=(JudgedFeed("customer_money", monthly=True),),
    timeless=OF_NAMED_DAYS,
    smallest=(
        Smallest(38, 16),
        Smallest(76, 11),
    ),
)
