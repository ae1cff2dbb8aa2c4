"""Marks made of HTML: figures of people, bars, shapes of state, quotes."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import accumulate
from math import ceil

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.scale import Scale, slots
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import noun, quote

STEPS = (1, 2, 5)
FIGURE_WIDTH = 0.59
"""Width of one figure in its type size: half of its height, as in assets/figure.svg, which is 1.18 of that size."""

SHAPES = {"good": "good", "watch": "watch", "attention": "attention", "not measured": "unmeasured"}

STATE_WORDS = {"good": "good", "watch": "to watch", "attention": "in trouble", "not measured": "not measured"}
"""What each shape of state says."""

LEGEND = STATE_WORDS | {"watch": "watch", "attention": "trouble"}
"""The same where a line has little room."""


def shape(state: str) -> Component:
    """The shape that stands for a state: disc, triangle, square, or a dashed ring where nothing is measured."""
    return html.I(className=f"shape {SHAPES[state]}", title=state, role="img", **{"aria-label": state})


def legend(states: Iterable[str]) -> Component:
    """The shapes of those states, each with its word, the best one first."""
    shown = set(states)
    items = [html.Li([shape(state), words], **{"data-state": state}) for state, words in LEGEND.items() if state in shown]
    return html.Ul(items, className="legend")


def customers_per_pictogram(largest: int, room_for: int) -> int:
    """The round number of customers that one figure stands for, so that the longest row fits."""
    scale = 1
    while True:
        for step in STEPS:
            if ceil(largest / (step * scale)) <= room_for:
                return step * scale
        scale *= 10


def pictograms(count: int, per: int, tone: str) -> Component:
    """People as figures; a rest is a paler one. One figure is `per` customers."""
    drawn = ceil(count / per)
    full = count // per
    scale = Scale("people", max(1, drawn) * per)
    parts = [scale.mark(full * per)] if full else []
    if drawn > full:
        parts.append(scale.mark(drawn * per, "rest", start=full * per))
    size = {"--pictograms": f"{max(1, drawn) * FIGURE_WIDTH:.3f}em"}
    people = {
        "role": "img",
        "aria-label": f"{count} {noun(count, 'customer', 'customers')}",
        "data-count": str(count),
        "data-per": str(per),
    }
    return scale.well(parts, f"pictograms {tone}", style=size, **people)


def pictogram_key(per: int, theme: Theme) -> str:
    """How many customers one figure of people stands for."""
    return f"one symbol is {theme.plural(per, 'customer', 'customers')}"


def bar(scale: Scale, value: float, tone: str, target: float | None = None) -> Component:
    """A bar from zero, with a mark where it should reach."""
    aim = [] if target is None else [scale.point(target)]
    return scale.well([scale.mark(value), *aim], f"bar {tone}")


def stacked(scale: Scale, parts: Sequence[tuple[float, str]]) -> Component:
    """A bar of several parts, one after the other, each with its own class."""
    ends = [0.0, *accumulate(size for size, _ in parts)]
    marks = [scale.mark(end, f"part {kind}", start=start) for (_, kind), start, end in zip(parts, ends, ends[1:], strict=False)]
    return scale.well(marks, "stacked")


def tally(counts: Sequence[int | None], kind: str, per: int = 1, periods: Sequence[date] = ()) -> Component:
    """Squares to be counted, one for `per`, a column each; None leaves a gap. Nobody takes their height for that of a bar."""
    squares = [[html.I(className="unit")] * ceil((count or 0) / per) for count in counts]
    return html.Div(slots(squares, periods), className=f"slots tally {kind}")


def metric_link(text: str, metric: str, tone: str = "") -> Component:
    """A number that opens: touched, it says what the metric means, how it was worked out, and what stands behind it."""
    return html.B(text, className=f"metric-link {tone}".strip(), **{"data-metric": metric})


def quotation(words: str, by: str = "") -> list[Component]:
    """A customer's words as written, and quietly when and where they were said."""
    parts: list[Component] = [html.Blockquote(quote(words), dir="auto")]
    return [*parts, html.P(by, className="attribution")] if by else parts


def nothing(sentence: str) -> Component:
    """What stands where there is nothing to draw: what is missing and what would fill it."""
    return html.P(sentence, className="empty")
