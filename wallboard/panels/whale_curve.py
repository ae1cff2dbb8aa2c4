"""The whale curve: how much the best customers earn together, and how much the last ones take back.

Customers stand in a row from the most profitable to the least; the curve is what they have earned together so far. It can rise
above all profit before it falls back to it. For leaders, from four metres.
"""

from typing import Any

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.flows import hill
from wallboard.drawing.marks import nothing, told
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.drawing.worth import lacking
from wallboard.metrics.availability import MONEY
from wallboard.metrics.frames import rows_of
from wallboard.metrics.pipeline import whale
from wallboard.metrics.scope import Scope
from wallboard.panel import Connection, Frames, JudgedFeed, Options, Panel, Picture

HEAD, FOOT = 0.19, 0.02


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """The curve in twenty steps."""
    return {"whale": whale(connection, scope)}


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """One curve, its top and its end."""
    rows = rows_of(frames["whale"])
    if not rows:
        return Picture("Who earns and who costs cannot be told", nothing("No whole month of revenue and cost is loaded."))
    one = rows[0]
    points = sorted({(0, 0.0), (one["peak_customers"], one["peak_profit"]), *((row["customers"], row["profit"]) for row in rows)})
    top, bottom = float(max(p for _, p in points)), float(min(p for _, p in points))
    span = top - bottom or 1.0

    whole_span = span / (1 - HEAD - FOOT)
    profits = Scale("profit", top + HEAD * whole_span, bottom - FOOT * whole_span, along="y")
    people = Scale("people", one["all_customers"])
    placed = [(people.share(n), float(profit)) for n, profit in points]
    peak = points.index((one["peak_customers"], one["peak_profit"]))
    image = hill(profits, placed, peak, (theme.colours["gain"], theme.colours["loss"]))
    curve = html.Div([html.Img(src=image, alt=_alone(one, theme)), *_words(one, people, profits, theme)], className="hill")
    ends = html.P([html.Span("the customer who earns us most"), html.Span("the one who costs us most")], className="ends")
    note = f"12 months to {theme.month(one['month'])}" + ("" if one["state"] == "complete" else ", some missing")
    note += lacking(one["partly_costed"], theme)
    return Picture(_headline(one, theme), html.Div([curve, ends], className="whale"), note=note)


def _headline(one: dict[str, Any], theme: Theme) -> list[str | Component]:
    takers = one["all_customers"] - one["peak_customers"]
    back = one["peak_profit"] - one["all_profit"]
    if back <= 0 and one["partly_costed"]:
        return [
            told(theme.plural(one["all_customers"], "customer", "customers"), "profit"),
            ": what some cost us is missing",
        ]
    if back <= 0:
        return [
            told(theme.plural(one["all_customers"], "customer", "customers"), "profit", "gain"),
            ": not one costs us money",
        ]
    least = theme.money(back)
    if one["all_profit"] <= 0:
        return [
            "All customers together earn us nothing: ",
            told(theme.whole(takers), "profit", "loss"),
            f" take {least} back",
        ]
    best = told(f"best {theme.whole(one['enough_customers'])}", "profit", "gain")
    return [
        "The ",
        best,
        " earn all of our profit; the ",
        told(f"last {theme.whole(takers)}", "profit", "loss"),
        f" take {least} back",
    ]


def _alone(one: dict[str, Any], theme: Theme) -> str:
    earn = theme.plural(one["peak_customers"], "earns", "earn")
    return f"{earn} us something, of {theme.whole(one['all_customers'])}"


def _words(one: dict[str, Any], people: Scale, profits: Scale, theme: Theme) -> list[Component]:
    top = theme.money(one["peak_profit"])
    if one["unit"] == "share":
        top = f"{theme.share(one['peak_profit'] / one['all_profit'])} of profit: {top}"
    earners = f"{theme.plural(one['peak_customers'], 'customer earns', 'customers earn')} {top}"
    end = theme.money(one["all_profit"])
    half = people.mark(
        one["enough_customers"], "half", inside=profits.well(profits.point(one["all_profit"], "enough", tag=html.I), "over")
    )
    enough = [people.well(half, "over")] if one["unit"] == "share" and one["all_profit"] < one["peak_profit"] else []
    upto = people.mark(
        one["peak_customers"],
        "upto",
        inside=profits.well(profits.words(one["peak_profit"], earners, "gain peak", tag=html.P), "over"),
    )
    return [
        people.well(upto, "over"),
        profits.well(profits.point(one["all_profit"], "level", tag=html.I), "over"),
        *enough,
        html.P([html.B(end), f" is left of {theme.plural(one['all_customers'], 'customer', 'customers')}"], className="rest"),
    ]


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("whale_month", "tier_month"),
    figures=("profit",),
    subject="Who earns and who costs",
    needs=((MONEY,),),
    feeds=(JudgedFeed("customer_money", monthly=True),),
    timeless="it names the months or the day that it tells",
)
