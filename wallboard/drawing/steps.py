"""A bridge from what was to what is: floating steps up and down from the level of the beginning."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.marks import told


@dataclass(frozen=True)
class Step:
    """One thing that moved the number: its word, its signed size, how it is written, and the figure behind it."""

    word: str
    size: float
    text: str
    figure: str


def bridge(opening: tuple[str, str], steps: Sequence[Step], closing: tuple[str, str], figure: str) -> Component:
    """Opening (word, text), one step after the other, closing; the steps share one scale, whose zero is the opening."""
    levels = [0.0]
    for step in steps:
        levels.append(levels[-1] + step.size)
    top, bottom = max(levels), min(levels)
    span = (top - bottom) or 1.0
    parts = [_column(step, before, after, top, span) for step, before, after in zip(steps, levels[:-1], levels[1:], strict=True)]
    line = {"--ground-at": f"{(top / span) * 100:.2f}%"}
    return html.Div(
        [
            html.Div([html.Span(opening[0], className="quiet"), html.B(opening[1], className="end")], className="was"),
            html.Div(parts, className="steps", style=line),
            html.Div([html.Span(closing[0], className="quiet"), told(closing[1], figure, "end")], className="is"),
        ],
        className="bridge",
    )


def _column(step: Step, before: float, after: float, top: float, span: float) -> Component:
    tone = "gain" if step.size > 0 else "loss" if step.size < 0 else ""
    high, low = max(before, after), min(before, after)
    box = {"top": f"{(top - high) / span * 100:.2f}%", "height": f"{(high - low) / span * 100:.2f}%"}
    return html.Div(
        [
            html.Div(html.I(style=box, className=tone), className="well"),
            told(step.text, step.figure, tone),
            html.Span(step.word, className="quiet"),
        ],
        className="step",
    )
