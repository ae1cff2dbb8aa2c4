"""A bridge from what was to what is: floating steps up and down from the level of the beginning."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.glyphs import metric_link
from wallboard.drawing.scale import Scale


@dataclass(frozen=True)
class Step:
    """One thing that moved the number: its word, its signed size, how it is written, and the metric behind it."""

    word: str
    size: float
    text: str
    metric: str


def bridge(opening: tuple[str, str], steps: Sequence[Step], closing: tuple[str, str], metric: str, name: str) -> Component:
    """Opening (word, text), one step after the other, closing; the steps share one scale, whose zero is the opening."""
    levels = [0.0]
    for step in steps:
        levels.append(levels[-1] + step.size)
    scale = Scale.over(name, levels, along="y")
    parts = [_column(step, before, after, scale) for step, before, after in zip(steps, levels[:-1], levels[1:], strict=True)]
    return html.Div(
        [
            html.Div([html.Span(opening[0], className="quiet"), html.B(opening[1], className="end")], className="was"),
            html.Div(parts, className="steps"),
            html.Div([html.Span(closing[0], className="quiet"), metric_link(closing[1], metric, "end")], className="is"),
        ],
        className="bridge",
    )


def _column(step: Step, before: float, after: float, scale: Scale) -> Component:
    tone = "gain" if step.size > 0 else "loss" if step.size < 0 else ""
    return html.Div(
        [
            scale.well([scale.point(0, "ground", tag=html.Span), scale.mark(after, tone, start=before)], "well"),
            metric_link(step.text, step.metric, tone),
            html.Span(step.word, className="quiet"),
        ],
        className="step",
    )
