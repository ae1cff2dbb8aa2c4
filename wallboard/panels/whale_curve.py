"""The whale curve: how much the best customers earn together, and how much the last ones take back.

Customers stand in a row from the most profitable to the least; the curve is what they have earned together so far. It can rise
above all profit before it falls back to it. For leaders, from four metres.
"""

from typing import Any

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.flows import hill
from wallboard.drawing.look import Look
from wallboard.drawing.marks import nothing, told
from wallboard.drawing.scale import Scale
from wallboard.drawing.words import money, month_name, plural, share, whole
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


def draw(frames: Frames, options: Options, look: Look) -> Picture:
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
    image = hill(profits, placed, peak, (look.colours["gain"], look.colours["loss"]))
    curve = html.Div([html.Img(src=image, alt=_alone(one, look)), *_words(one, people, profits, look)], className="hill")
    ends = html.P([html.Span("the customer who earns us most"), html.Span("the one who costs us most")], className="ends")
    note = f"12 months to {month_name(one['month'], look.locale)}" + ("" if one["state"] == "complete" else ", some missing")
    note += lacking(one["partly_costed"], look)
    return Picture(_headline(one, look), html.Div([curve, ends], className="whale"), note=note)


def _headline(one: dict[str, Any], look: Look) -> list[str | Component]:
    takers = one["all_customers"] - one["peak_customers"]
    back = one["peak_profit"] - one["all_profit"]
    if back <= 0 and one["partly_costed"]:
        return [
            told(plural(one["all_customers"], "customer", "customers", look.locale), "profit"),
            ": what some cost us is missing",
        ]
    if back <= 0:
        return [
            told(plural(one["all_customers"], "customer", "customers", look.locale), "profit", "gain"),
            ": not one costs us money",
        ]
    least = money(back, look.currency, look.locale)
    if one["all_profit"] <= 0:
        return [
            "All customers together earn us nothing: ",
            told(whole(takers, look.locale), "profit", "loss"),
            f" take {least} back",
        ]
    best = told(f"best {whole(one['enough_customers'], look.locale)}", "profit", "gain")
    return [
        "The ",
        best,
        " earn all of our profit; the ",
        told(f"last {whole(takers, look.locale)}", "profit", "loss"),
        f" take {least} back",
    ]


def _alone(one: dict[str, Any], look: Look) -> str:
    earn = plural(one["peak_customers"], "earns", "earn", look.locale)
    return f"{earn} us something, of {whole(one['all_customers'], look.locale)}"


def _words(one: dict[str, Any], people: Scale, profits: Scale, look: Look) -> list[Component]:
    top = money(one["peak_profit"], look.currency, look.locale)
    if one["unit"] == "share":
        top = f"{share(one['peak_profit'] / one['all_profit'], look.locale)} of profit: {top}"
    earners = f"{plural(one['peak_customers'], 'customer earns', 'customers earn', look.locale)} {top}"
    end = money(one["all_profit"], look.currency, look.locale)
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
        html.P(
            [html.B(end), f" is left of {plural(one['all_customers'], 'customer', 'customers', look.locale)}"], className="rest"
        ),
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
