"""Where customers are gained and lost: each group, or each perimeter, with who came and who left, adding up in each.

Who moved from one group to another is neither lost nor new and stands apart. For leaders, from four metres.
"""

from typing import Literal

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.absences import NOT_WHOLE
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.issues import beyond
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.drawing.worth import BROKEN, NOT_KNOWN, doubt, noted, unvalued
from wallboard.metrics.availability import CUSTOMERS
from wallboard.metrics.parts import CustomerPart, customer_parts
from wallboard.metrics.scope import Scope, month_before
from wallboard.panel import CUSTOMER_FEED, Connection, Panel, Picture
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
    most = max(1, *(max(part.new + part.won_back, part.lost) for part in parts))
    rows = [_row(part, options, most, theme) for part in parts[: theme.rows(options.rows)]]
    day = theme.short_day(parts[0].closing_day)
    head = html.Li(
        [html.Span(f"customers on {day}"), html.Span("left"), html.Span("came"), html.Span("in all")], className="names"
    )
    note = theme.month(parts[0].period_start) if options.unit == "month" else parts[0].period_name
    shown = [head, *(rows if holds else [])]
    body = html.Ul(shown, className="asset-parts trim", **beyond(len(parts) - len(rows)))
    return Picture(
        _headline(parts, options, theme),
        body,
        note=noted(note, unvalued(sum(part.closing_unknown for part in parts), theme)),
        alarm=alarm,
    )


def _headline(parts: tuple[CustomerPart, ...], options: Options, theme: Theme) -> str:
    worst = min(parts, key=lambda part: part.net)
    if worst.net >= 0:
        return f"No {options.by} has fewer customers than before"
    fewer = theme.whole(-worst.net)
    return f"{_named(worst.part, options, theme)} shrank most: {fewer} fewer than before"


def _row(row: CustomerPart, options: Options, most: int, theme: Theme) -> Component:
    came, left, net = row.new + row.won_back, row.lost, row.net
    moved = row.moved_in - row.moved_out
    below = [_worth(row, theme), *([f"{theme.signed(moved)} moved"] if moved else [])]
    return html.Li(
        [
            html.Div(
                [
                    html.P(
                        [
                            metric_link(theme.whole(row.closing), "active_customers", "big"),
                            " ",
                            _named(row.part, options, theme),
                        ]
                    ),
                    html.P(" · ".join(below), className="quiet"),
                ]
            ),
            _bar(left, most, "loss", "lost_customers", theme),
            _bar(came, most, "gain", "new_customers", theme),
            metric_link(theme.signed(net), "net_customers", "gain" if net > 0 else "loss" if net < 0 else ""),
        ]
    )


def _named(part: str, options: Options, theme: Theme) -> str:
    known = theme.perimeters if options.by == "perimeter" else UNNAMED
    return options.names.get(part, known.get(part, part))


def _worth(row: CustomerPart, theme: Theme) -> str:
    net = row.net_value
    if net is None:
        return NOT_KNOWN
    word = "more" if net > 0 else "less"
    return f"worth {theme.money(abs(net))} {word}" if round(net) else "worth the same"


def _bar(count: int, most: int, tone: str, metric: str, theme: Theme) -> Component:
    scale = Scale("customers", float(most), along="-x" if tone == "loss" else "x")
    number = scale.words(count, metric_link(theme.whole(count), metric, tone))
    return html.Div(
        scale.well([scale.mark(count, tone), number]),
        className=f"side {tone}",
        style={"--letters": len(theme.whole(most))},
    )


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
)
