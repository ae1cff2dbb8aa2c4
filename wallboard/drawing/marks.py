"""Marks made of HTML: figures of people, bars, shapes of state, quotes."""

from collections.abc import Sequence
from math import ceil

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.words import quote

STEPS = (1, 2, 5)
FIGURE_RATIO = 0.5
"""Width of one figure over its height, as in assets/figure.svg."""

SHAPES = {"good": "good", "watch": "watch", "attention": "attention", "not measured": "unmeasured"}


def shape(state: str) -> Component:
    """The shape that stands for a state: disc, triangle, square, or a dashed ring where nothing is measured."""
    return html.I(className=f"shape {SHAPES[state]}", title=state, role="img", **{"aria-label": state})


def customers_per_figure(largest: int, room_for: int) -> int:
    """The round number of customers that one figure stands for, so that the longest row fits."""
    scale = 1
    while True:
        for step in STEPS:
            if ceil(largest / (step * scale)) <= room_for:
                return step * scale
        scale *= 10


def figures(count: int, per: int, tone: str) -> Component:
    """People as figures; a rest is a paler one. One figure is `per` customers."""
    whole_ones, rest = divmod(count, per)
    parts = [html.I(style={"width": f"{whole_ones * FIGURE_RATIO * 1.18:.3f}em"})]
    if rest:
        parts.append(html.I(className="rest", style={"width": f"{FIGURE_RATIO * 1.18:.3f}em"}))
    return html.Div(parts, className=f"figures {tone}", role="img", **{"aria-label": f"{count} customers"})


def bar(share: float, tone: str, target: float | None = None) -> Component:
    """A bar from nothing to all, with a mark where it should reach."""
    parts: list[Component] = [html.I(style={"width": f"{_within(share) * 100:.2f}%"})]
    if target is not None:
        parts.append(html.B(style={"left": f"{_within(target) * 100:.2f}%"}))
    return html.Div(parts, className=f"bar {tone}", **{"aria-hidden": "true"})


def stacked(shares: Sequence[tuple[float, str]]) -> Component:
    """A bar of several parts, each with its own class."""
    parts = [html.I(className=f"part {kind}", style={"width": f"{_within(share) * 100:.2f}%"}) for share, kind in shares]
    return html.Div(parts, className="stacked", **{"aria-hidden": "true"})


def told(text: str, figure: str, tone: str = "") -> Component:
    """A number that opens: touched, it says what the figure means, how it was worked out, and what stands behind it."""
    return html.B(text, className=f"told {tone}".strip(), **{"data-figure": figure})


def said(words: str, by: str = "") -> list[Component]:
    """A customer's words as written, and quietly when and where they were said."""
    parts: list[Component] = [html.Blockquote(quote(words), dir="auto")]
    return [*parts, html.P(by, className="said")] if by else parts


def nothing(sentence: str) -> Component:
    """What stands where there is nothing to draw: what is missing and what would fill it."""
    return html.P(sentence, className="empty")


def _within(share: float) -> float:
    return min(1.0, max(0.0, share))
