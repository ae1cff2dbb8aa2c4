"""Diverging bars: from a middle to the left what is lost, to the right what is gained, on one measure for all rows of a panel."""

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.scale import Along, Scale
from wallboard.drawing.text_width import BOLD, text_width


def both_ways(
    left: float,
    right: float,
    most: float,
    words: tuple[Component | None, Component | None],
    longest: str,
    name: str = "customers",
) -> Component:
    """A bar to each side with its words at its end; `most` is the longest on any side of any row, `longest` the longest words.

    Bars of one `name` on a panel share one measure.
    """
    sides = [_side(left, most, words[0], "-x", name), _side(right, most, words[1], "x", name)]
    return html.Div(sides, className="diverging", style={"--words": f"{text_width(longest, 1, BOLD, tabular=True):.2f}em"})


def one_way(value: float, most: float, words: Component, longest: str) -> Component:
    """A single bar: to the left where the value is below nothing, else to the right."""
    placed = (words, None) if value < 0 else (None, words)
    return both_ways(max(0.0, -value), max(0.0, value), most, placed, longest, "difference")


def _side(value: float, most: float, words: Component | None, along: Along, name: str) -> Component:
    tone = "loss" if along == "-x" else "gain"
    scale = Scale(name, most, along=along)
    mark = [scale.mark(value, tone)] if value else []
    beside = [scale.words(value, words)] if words is not None else []
    return html.Div(scale.well([*mark, *beside]), className=f"side {tone}")
