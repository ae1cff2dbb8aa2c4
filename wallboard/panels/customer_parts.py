"""Where customers are gained and lost: each group, or each perimeter, by its net change, with who came, left and moved.

One bar for each part, to the left where it has fewer customers than before; those come first. Customers who moved from one
group to another are neither lost nor new and are shown separately. For leaders, from four metres.
"""

from typing import Literal

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.absences import NOT_WHOLE
from wallboard.drawing.cell import Smallest
from wallboard.drawing.diverging import one_way
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.issues import beyond
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import noun
from wallboard.drawing.worth import BROKEN, NOT_KNOWN, doubt, noted, unvalued
from wallboard.metrics.availability import CUSTOMERS
from wallboard.metrics.parts import CustomerPart, customer_parts
from wallboard.metrics.scope import Scope, month_before
from wallboard.panel import CUSTOMER_FEED, Connection, Panel, Picture, Words
from wallboard.panel import Options as Base

UNNAMED = {"": "no group known"}


class Options(Base):
    """By what, over which span, and how many."""

    by: Literal["group", "perimeter"] = Field("group", description="group of customers, or perimeter")
    unit: Literal["month", "quarter", "year"] = Field("month", description="month, or quarter or year of the fiscal year")
    rows: int = Field(5, ge=1, le=8, description="most parts to show; the panel says how many it leaves out")
    names: dict[str, str] = Field({}, description="what a group or perimeter is called on this wall, where not as in room.toml")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[CustomerPart, ...]:
    """Every part of the last complete period."""
    return customer_parts(connection, scope, by=options.by, unit=options.unit)


def draw(parts: tuple[CustomerPart, ...], options: Options, theme: Theme) -> Picture:
    """A row a part: customers now, who came, who left, and what that comes to."""
    if not parts:
        return Picture("No complete month yet", nothing(NOT_WHOLE))
    holds = all(part.holds for part in parts)
    alarm = max((doubt([part], theme) for part in parts), key=len) if holds else BROKEN
    most = max(1, *(abs(part.net) for part in parts))
    shown = sorted(parts[: theme.rows(options.rows)], key=lambda part: part.net)
    rows = [_row(part, options, most, theme) for part in shown]
    poles = html.Span([html.Span("fewer"), html.Span("more")], className="poles")
    now = html.Span(f"customers on {theme.short_day(parts[0].closing_day)}")
    head = html.Li([now, poles, *(html.Span(words) for words in ("came", "left", "moved"))], className="names")
    note = theme.month(parts[0].period_start) if options.unit == "month" else parts[0].period_name
    body = html.Ul([head, *(rows if holds else [])], className="asset-parts trim", **beyond(len(parts) - len(rows)))
    return Picture(
        _headline(parts, options, theme),
        body,
        note=noted(note, unvalued(sum(part.closing_unknown for part in parts), theme)),
        alarm=alarm,
    )


def _headline(parts: tuple[CustomerPart, ...], options: Options, theme: Theme) -> Words:
    """Which part shrank most, and which grew most."""
    worst, best = min(parts, key=lambda part: part.net), max(parts, key=lambda part: part.net)
    grew = metric_link(f"{theme.whole(best.net)} more {noun(best.net, 'customer', 'customers')}", "net_customers", "gain")
    if worst.net >= 0:
        none = f"No {options.by} has fewer customers than before"
        return [f"{none}; {_named(best.part, options, theme)}: ", grew] if best.net else none
    shrank = metric_link(f"{theme.whole(-worst.net)} fewer {noun(worst.net, 'customer', 'customers')}", "net_customers", "loss")
    headline: list[str | Component] = [f"{_named(worst.part, options, theme)}: ", shrank]
    return [*headline, f"; {_named(best.part, options, theme)}: ", grew] if best.net > 0 else headline


def _row(row: CustomerPart, options: Options, most: int, theme: Theme) -> Component:
    tone = "gain" if row.net > 0 else "loss" if row.net < 0 else ""
    net = metric_link(theme.signed(row.net), "net_customers", tone)
    now = [metric_link(theme.whole(row.closing), "active_customers"), html.Span(_worth(row, theme))]
    counts = (
        metric_link(theme.whole(row.new + row.won_back), "new_customers"),
        metric_link(theme.whole(row.lost), "lost_customers"),
        html.Span(theme.signed(row.moved_in - row.moved_out)),
    )
    return html.Li(
        [
            html.Div([html.B(_named(row.part, options, theme), className="name"), html.P(now, className="quiet")]),
            one_way(row.net, most, net, theme.signed(-most)),
            *counts,
        ]
    )


def _named(part: str, options: Options, theme: Theme) -> str:
    known = theme.perimeters if options.by == "perimeter" else UNNAMED
    return options.names.get(part, known.get(part, part))


def _worth(row: CustomerPart, theme: Theme) -> str:
    net = row.net_value
    if net is None:
        return f" · {NOT_KNOWN}"
    word = "more" if net > 0 else "less"
    return f" · worth {theme.money(abs(net))} {word}" if round(net) else " · worth the same"


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("customer_day", "customer_month", "customer_movement", "undated_loss"),
    metrics=("active_customers", "new_customers", "lost_customers", "net_customers"),
    subject="Who came and who left",
    needs=((CUSTOMERS,),),
    judges=lambda scope, _: month_before(scope),
    feeds=(CUSTOMER_FEED,),
    smallest=(Smallest(76, 15),),
)
