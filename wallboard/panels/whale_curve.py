"""The whale curve: how much the best customers earn together, and how much the last ones take back.

Customers stand in a row from the most to the least profitable; the curve is what they have earned together up to there. It can
rise above total profit before it falls back to it. For leaders, from four metres.
"""

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.cell import Smallest
from wallboard.drawing.flows import hill
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.drawing.worth import lacking
from wallboard.metrics.availability import MONEY
from wallboard.metrics.profit import WhaleStep, whale
from wallboard.metrics.scope import Scope
from wallboard.panel import OF_NAMED_DAYS, Connection, JudgedFeed, Options, Panel, Picture

HEAD, FOOT = 0.19, 0.02


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[WhaleStep, ...]:
    """The curve in twenty steps."""
    return whale(connection, scope)


def draw(rows: tuple[WhaleStep, ...], options: Options, theme: Theme) -> Picture:
    """One curve, its top and its end."""
    if not rows:
        return Picture("Who earns and who costs is not known", nothing("No whole month of revenue and cost is loaded."))
    whole = rows[-1]
    points = sorted({(0, 0.0), (whole.peak_customers, whole.peak_profit), *((row.customers, row.profit) for row in rows)})
    top, bottom = float(max(p for _, p in points)), float(min(p for _, p in points))
    span = top - bottom or 1.0

    whole_span = span / (1 - HEAD - FOOT)
    profits = Scale("profit", top + HEAD * whole_span, bottom - FOOT * whole_span, along="y")
    people = Scale("people", whole.all_customers)
    placed = [(people.share(n), float(profit)) for n, profit in points]
    peak = points.index((whole.peak_customers, whole.peak_profit))
    image = hill(profits, placed, peak, (theme.colours["gain"], theme.colours["loss"]))
    curve = html.Div([html.Img(src=image, alt=_alone(whole, theme)), *_words(whole, people, profits, theme)], className="hill")
    ends = html.P([html.Span("the customer who earns us most"), html.Span("the one who costs us most")], className="ends")
    note = f"12 months to {theme.month(whole.month)}" + ("" if whole.state == "complete" else ", some missing")
    note += lacking(whole.partly_costed, theme)
    return Picture(_headline(whole, theme), html.Div([curve, ends], className="whale"), note=note)


def _headline(whole: WhaleStep, theme: Theme) -> list[str | Component]:
    takers = whole.all_customers - whole.peak_customers
    back = whole.peak_profit - whole.all_profit
    if back <= 0 and whole.partly_costed:
        return [
            metric_link(theme.plural(whole.all_customers, "customer", "customers"), "profit"),
            ": what some cost us is missing",
        ]
    if back <= 0:
        return [
            metric_link(theme.plural(whole.all_customers, "customer", "customers"), "profit", "gain"),
            ": not one costs us money",
        ]
    least = theme.money(back)
    if whole.all_profit <= 0:
        return [
            "All customers together earn us nothing: ",
            metric_link(theme.whole(takers), "profit", "loss"),
            f" take {least} back",
        ]
    best = metric_link(f"best {theme.whole(whole.enough_customers)}", "profit", "gain")
    return [
        "The ",
        best,
        " earn all of our profit; the ",
        metric_link(f"last {theme.whole(takers)}", "profit", "loss"),
        f" take {least} back",
    ]


def _alone(whole: WhaleStep, theme: Theme) -> str:
    earn = theme.plural(whole.peak_customers, "earns", "earn")
    return f"{earn} us something, of {theme.whole(whole.all_customers)}"


def _words(whole: WhaleStep, people: Scale, profits: Scale, theme: Theme) -> list[Component]:
    top = theme.money(whole.peak_profit)
    if whole.unit == "share":
        top = f"{theme.share(whole.peak_profit / whole.all_profit)} of profit: {top}"
    earners = f"{theme.plural(whole.peak_customers, 'customer earns', 'customers earn')} {top}"
    end = theme.money(whole.all_profit)
    half = people.mark(
        whole.enough_customers, "half", inside=profits.well(profits.point(whole.all_profit, "enough", tag=html.I), "over")
    )
    enough = [people.well(half, "over")] if whole.unit == "share" and whole.all_profit < whole.peak_profit else []
    upto = people.mark(
        whole.peak_customers,
        "upto",
        inside=profits.well(profits.words(whole.peak_profit, earners, "gain peak", tag=html.P), "over"),
    )
    return [
        people.well(upto, "over"),
        profits.well(profits.point(whole.all_profit, "level", tag=html.I), "over"),
        *enough,
        html.P([html.B(end), f" is left across {theme.plural(whole.all_customers, 'customer', 'customers')}"], className="rest"),
    ]


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("whale_month", "tier_month"),
    metrics=("profit",),
    subject="Who earns and who costs",
    needs=((MONEY,),),
    feeds=(JudgedFeed("customer_money", monthly=True),),
    timeless=OF_NAMED_DAYS,
    smallest=(
        Smallest(25, 13),
        Smallest(38, 11),
        Smallest(76, 10),
    ),
)
