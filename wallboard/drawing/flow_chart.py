"""Pictures of work that flows: areas between lines that never fall, and columns of ages and of weeks."""

from base64 import b64encode
from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.scale import Scale

Line = Sequence[tuple[float, float]]
"""Points in shares of the picture, from the left and down from the top."""


def areas(lines: Sequence[Line], tones: Sequence[tuple[str, float]], edges: tuple[str, str]) -> str:
    """Areas from each line down to the next, the last down to the ground, as an image; the first line and the last are drawn.

    `tones` are the colour and the opacity of each area, `edges` the colours of the two lines.
    """
    ground = [(lines[-1][0][0], 1.0), (lines[-1][-1][0], 1.0)]
    shapes = [
        f'<polygon points="{_path([*over, *reversed(under)])}" fill="{colour}" fill-opacity="{opacity}"/>'
        for over, under, (colour, opacity) in zip(lines, [*lines[1:], ground], tones, strict=True)
    ]
    style = 'fill="none" stroke-width="6" vector-effect="non-scaling-stroke" stroke-linejoin="round"'
    for line, colour in zip((lines[-1], lines[0]), reversed(edges), strict=True):
        shapes.append(f'<polyline points="{_path(line)}" stroke="{colour}" {style}/>')
    box = 'viewBox="0 0 1000 1000" preserveAspectRatio="none"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{"".join(shapes)}</svg>'
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def _path(points: Line) -> str:
    return " ".join(f"{x * 1000:.1f},{y * 1000:.1f}" for x, y in points)


def swatch(colour: str, opacity: float) -> Component:
    """A patch of an area's tone, beside its word."""
    return html.I(className="swatch", style={"--tone": colour, "--strength": f"{opacity * 100:.0f}%"})


def mark(scale: Scale, at: float, words: Sequence[str | Component], tone: str = "") -> Component:
    """A line across the picture at a value, with its words."""
    return scale.words(at, html.Span(list(words)), f"mark {tone}".strip(), tag=html.Div)


def pill(many: Scale, ages: Scale, tickets: int, low: float, high: float, tone: str) -> Component:
    """Tickets of one step of age: as wide as they are many, and never narrower than a dot."""
    return ages.mark(high, "age", start=low, inside=many.well(many.mark(tickets, f"pill {tone}", start=-tickets), "many"))
