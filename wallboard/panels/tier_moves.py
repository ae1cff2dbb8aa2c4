"""Who moved between tiers: two month ends side by side, and a band for everybody who went from one tier to another.

Both ends are told by the later rule; whom the new rule alone has put elsewhere is counted apart as a break, and never as a move.
Up, down, in and out are people. For leaders, from four metres.
"""

from collections.abc import Iterable
from typing import Literal

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.flows import Ribbon, apart, labels, ribbon
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.metrics.availability import MONEY
from wallboard.metrics.pipeline import TierMove, tier_moves
from wallboard.metrics.scope import Scope
from wallboard.panel import Connection, JudgedFeed, Panel, Picture
from wallboard.panel import Options as Base

WIDTH, HEIGHT = 792, 520
GAP = 0.035
LEAST = 0.0035
"""Thinner bands have no number of their own; the totals hold them."""

TONES = {"up": "gain", "in": "gain", "down": "loss", "out": "loss"}
BESIDES = {"": "nothing booked", "?": "before any rule", "in": "came", "out": "left"}
TOTALS = (("up", "▲", "moved up"), ("down", "▼", "moved down"), ("in", "+", "came"), ("out", "−", "left"))

Rows = tuple[TierMove, ...]


class Options(Base):
    """How far apart the two dates are."""

    months: Literal[1, 3, 12] = Field(12, description="months between the two dates: 1, 3 or 12")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[TierMove, ...]:
    """Moves between the two dates."""
    return tier_moves(connection, scope, months=options.months)


def draw(rows: Rows, options: Options, theme: Theme) -> Picture:
    """Two columns with bands between them, four totals, and the break."""
    if not any(row.customers for row in rows):
        ago = theme.plural(options.months, "month", "months")
        return Picture("Who moved between tiers is not known", nothing(f"The money of {ago} before is not loaded."))
    start, end = theme.month(rows[0].start_month), theme.month(rows[0].month)
    sums = {way: sum(row.customers for row in rows if row.direction == way) for way, _, _ in TOTALS}
    alarm = "" if rows[0].holds else "These moves do not add up. Do not use them; check the state of the data."
    note = f"end of {start} to end of {end}"
    if rows[0].state != "complete":
        note += ", with months missing"
    picture = html.Div(
        [*([] if alarm else [_picture(rows, theme)]), _totals(sums, theme), *_break(rows, theme)], className="moves"
    )
    return Picture(_headline(sums, theme), picture, note=note, alarm=alarm)


def _headline(sums: dict[str, int], theme: Theme) -> list[str | Component]:
    up, down = (theme.whole(sums[way]) for way in ("up", "down"))
    if sums["up"] == sums["down"]:
        return [f"As many moved up as down: {up} each"]
    first, second = ("up", "down") if sums["up"] > sums["down"] else ("down", "up")
    pair = (up, down) if first == "up" else (down, up)
    return [f"More moved {first} than {second}: ", metric_link(pair[0], "profit", TONES[first]), f" against {pair[1]}"]


def _picture(rows: Rows, theme: Theme) -> Component:
    left = _column((row.from_seq, row.from_tier, row.from_name, row.customers) for row in rows)
    right = _column((row.to_seq, row.to_tier, row.to_name, row.customers) for row in rows)
    scale = (1 - GAP * (max(len(left), len(right)) - 1)) / max(
        sum(n for _, n in left.values()), sum(n for _, n in right.values())
    )
    tops = [_tops(side, scale) for side in (left, right)]
    at = [dict(side) for side in tops]
    bands: list[Ribbon] = []
    for row in rows:
        if not row.customers:
            continue
        size = row.customers * scale
        words = theme.whole(row.customers) if size >= LEAST else ""
        bands.append(Ribbon(at[0][row.from_tier], at[1][row.to_tier], size, TONES.get(row.direction, "calm"), words))
        at[0][row.from_tier] += size
        at[1][row.to_tier] += size
    letter = theme.size("quiet") * 0.62
    drawn = [ribbon(band, band.size / scale) for band in sorted(bands, key=lambda band: -band.size)]
    words = html.Div(labels(bands, WIDTH, HEIGHT, letter), className="words")
    chart = Scale("people", 1 / scale, along="-y").well([*drawn, words], "bands")
    columns = [
        _names(side, top, scale, where, theme) for side, top, where in zip((left, right), tops, ("from", "to"), strict=True)
    ]
    return html.Div([columns[0], chart, columns[1]], className="alluvial")


def _column(ends: Iterable[tuple[int, str, str, int]]) -> dict[str, tuple[str, int]]:
    """Tier to its name and customers on one side, from the top down."""
    column: dict[str, tuple[str, int]] = {}
    for _, key, tier, customers in sorted(ends, key=lambda end: end[0]):
        name = crop(BESIDES.get(key) or tier, 16)
        column[key] = (name, column.get(key, (name, 0))[1] + customers)
    return {key: end for key, end in column.items() if end[1]}


def _tops(side: dict[str, tuple[str, int]], scale: float) -> dict[str, float]:
    tops, down = {}, 0.0
    for key, (_, customers) in side.items():
        tops[key] = down
        down += customers * scale + GAP
    return tops


def _names(side: dict[str, tuple[str, int]], tops: dict[str, float], scale: float, where: str, theme: Theme) -> Component:
    centres = apart([tops[key] + n * scale / 2 for key, (_, n) in side.items()], theme.size("quiet") * 1.2 / HEIGHT)
    people = Scale("people", 1 / scale, along="-y")
    words = [
        people.words(centre / scale, [html.Span(name), html.B(theme.whole(n))], _kind(key))
        for (key, (name, n)), centre in zip(side.items(), centres, strict=True)
    ]
    bars = [people.mark(tops[key] / scale + n, _kind(key), start=tops[key] / scale) for key, (_, n) in side.items()]
    return people.well([*words, *bars], f"column {where}")


def _kind(key: str) -> str:
    return {"in": "gain", "out": "loss"}.get(key, "stock")


def _totals(sums: dict[str, int], theme: Theme) -> Component:
    cells = [
        html.Li(
            [html.Span(mark, className=TONES[way]), metric_link(theme.whole(sums[way]), "profit", TONES[way]), html.Span(words)]
        )
        for way, mark, words in TOTALS
    ]
    return html.Ul(cells, className="totals")


def _break(rows: Rows, theme: Theme) -> list[Component]:
    """Whom the new rule alone has put elsewhere; nobody was elsewhere before the first rule."""
    moved = sum(row.by_rule for row in rows if row.from_tier != "?")
    if not moved:
        return []
    are = "customer is" if moved == 1 else "customers are"
    words = f"{theme.whole(moved)} {are} in another tier only because the rule changed"
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
    timeless="it names the months or the day that it tells",
)
