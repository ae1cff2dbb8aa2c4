"""Are our customers moving up? Moved down or left to the left, moved up or came to the right; and what became of each tier.

Both ends are measured by the later rule; customers who changed tier only because the rule changed are counted separately and
never as a move. Up, down, in and out are people. For leaders, from four metres.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import GRID_WIDTH, Smallest
from wallboard.drawing.diverging import both_ways, one_way
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.text_width import BOLD, fitted
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import MONEY
from wallboard.metrics.pipeline import TierMove, tier_moves
from wallboard.metrics.scope import Scope
from wallboard.panel import OF_NAMED_DAYS, Connection, JudgedFeed, Panel, Picture
from wallboard.panel import Options as Base

BESIDES = {"": "nothing booked", "?": "before any rule"}
GONE = ("in", "out")
"""Ends of a move that are no stock."""

NAME = 0.3 * GRID_WIDTH
"""What a tier's name has of its line."""

Rows = tuple[TierMove, ...]


@dataclass(frozen=True, slots=True)
class Stock:
    """One tier: its place from the top, its name, and its customers at both ends."""

    seq: int
    name: str
    before: int
    after: int


class Options(Base):
    """How far apart the two dates are."""

    months: Literal[1, 3, 12] = Field(12, description="months between the two dates: 1, 3 or 12")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[TierMove, ...]:
    """Moves between the two dates."""
    return tier_moves(connection, scope, months=options.months)


def draw(rows: Rows, options: Options, theme: Theme) -> Picture:
    """Two rows of moves, one row a tier, and the break."""
    if not any(row.customers for row in rows):
        ago = theme.plural(options.months, "month", "months")
        return Picture("Who moved between tiers is not known", nothing(f"The money of {ago} before is not loaded."))
    start, end = theme.month(rows[0].start_month), theme.month(rows[0].month)
    sums = {way: sum(row.customers for row in rows if row.direction == way) for way in ("up", "down", "in", "out")}
    alarm = "" if rows[0].holds else "These moves do not add up. Do not use them; check the state of the data."
    note = f"end of {start} to end of {end}"
    if rows[0].state != "complete":
        note += ", with months missing"
    body = html.Div([_ways(sums, theme), *([] if alarm else [_tiers(rows, theme)]), *_break(rows, theme)], className="moves")
    return Picture(_headline(sums, theme), body, note=note, alarm=alarm)


def _headline(sums: dict[str, int], theme: Theme) -> list[str | Component]:
    up, down = (theme.whole(sums[way]) for way in ("up", "down"))
    if sums["up"] == sums["down"]:
        return [f"As many moved up as down: {up} each"]
    first, second = ("up", "down") if sums["up"] > sums["down"] else ("down", "up")
    pair = (up, down) if first == "up" else (down, up)
    return [
        f"More moved {first} than {second}: ",
        metric_link(pair[0], "profit", "gain" if first == "up" else "loss"),
        f" against {pair[1]}",
    ]


def _ways(sums: dict[str, int], theme: Theme) -> Component:
    """Who moved down and up, who left and came, on one measure."""
    most = max(1, *sums.values())
    longest = theme.whole(most)
    rows = []
    for loss, gain, says_loss, says_gain in (("down", "up", "moved down", "moved up"), ("out", "in", "left", "came")):
        words = (metric_link(theme.whole(sums[loss]), "profit", "loss"), metric_link(theme.whole(sums[gain]), "profit", "gain"))
        bars = both_ways(sums[loss], sums[gain], most, words, longest)
        rows.append(html.Li([html.Span(says_loss), bars, html.Span(says_gain)]))
    return html.Ul(rows, className="ways")


def _tiers(rows: Rows, theme: Theme) -> Component:
    """Each tier with its customers at both ends and the difference, from the top down."""
    stocks = sorted(_stocks(rows), key=lambda stock: stock.seq)
    most = max(1, *(abs(stock.after - stock.before) for stock in stocks))
    longest = theme.signed(-most)
    lines = [_tier(stock, most, longest, theme) for stock in stocks]
    head = html.Li(
        [html.Span(words) for words in ("", theme.plain_month(rows[0].start_month), theme.plain_month(rows[0].month), "")]
    )
    head.className = "head"
    return html.Ul([head, *lines], className="tiers trim")


def _tier(stock: Stock, most: int, longest: str, theme: Theme) -> Component:
    change = stock.after - stock.before
    words = html.B(theme.signed(change))
    name = fitted(stock.name, NAME, theme.size("quiet"), BOLD)
    counts = [html.Span(theme.whole(count)) for count in (stock.before, stock.after)]
    return html.Li([html.B(name), *counts, one_way(change, most, words, longest)])


def _stocks(rows: Rows) -> Iterable[Stock]:
    """Every tier with its customers at both ends, and what stands beside the tiers."""
    left = ((row.from_tier, row.from_seq, row.from_name, row.customers, 0) for row in rows)
    right = ((row.to_tier, row.to_seq, row.to_name, 0, row.customers) for row in rows)
    by_tier: dict[str, Stock] = {}
    for key, seq, name, before, after in (*left, *right):
        if key not in GONE and (before or after):
            known = by_tier.get(key, Stock(seq, BESIDES.get(key) or name, 0, 0))
            by_tier[key] = Stock(seq, known.name, known.before + before, known.after + after)
    return by_tier.values()


def _break(rows: Rows, theme: Theme) -> list[Component]:
    """Whom the new rule alone has put elsewhere; nobody was elsewhere before the first rule."""
    moved = sum(row.by_rule for row in rows if row.from_tier != "?")
    if not moved:
        return []
    words = f"{theme.plural(moved, 'customer', 'customers')} changed tier only because the rule changed"
    return [html.P([html.Span("new rule", className="mark"), words], className="break")]


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("tier_move", "tier_month", "tier"),
    metrics=("profit",),
    subject="Who moved between tiers",
    needs=((MONEY,),),
    feeds=(JudgedFeed("customer_money", monthly=True),),
    timeless=OF_NAMED_DAYS,
    smallest=(Smallest(76, 11),),
)
