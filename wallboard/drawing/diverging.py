"""Diverging bars: from a middle to the left what is lost, to the right what is gained, on one measure for all rows of a panel."""

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.scale import Along, Scale


def both_ways(left: float, right: float, most: float, words: tuple[Component, Component], letters: int) -> Component:
    """A bar to each side with its words at its end; `most` is the longest on any side of any row, `letters` the longest words."""
    sides = [_side(left, most, words[0], "-x"), _side(right, most, words[1], "x")]
    return html.Div(sides, className="diverging", style={"--letters": letters})


def one_way(value: float, most: float, words: Component, letters: int) -> Component:
    """A single bar: to the left where the value is below nothing, else to the right."""
    nothing = html.Span()
    return both_ways(max(0.0, -value), max(0.0, value), most, (words, nothing) if value < 0 else (nothing, words), letters)


def _side(value: float, most: float, words: Component, along: Along) -> Component:
    tone = "loss" if along == "-x" else "gain"
    scale = Scale("customers", most, along=along)
    mark = [scale.mark(value, tone)] if value else []
    return html.Div(scale.well([*mark, scale.words(value, words)]), className=f"side {tone}")
