"""Pictures of work that flows: areas between lines that never fall, and columns of ages and of weeks."""

from collections.abc import Iterator, Sequence

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.drawing.vector import SIDE, values, vector, y

Line = Sequence[tuple[float, float]]
"""Points: how far from the left in shares of the picture, and the value there."""


def areas(scale: Scale, lines: Sequence[Line], tones: Sequence[tuple[str, float]], edges: tuple[str, str]) -> str:
    """Areas from each line down to the next, the last down to the ground, as an image; the first line and the last are drawn.

    `tones` are the colour and the opacity of each area, `edges` the colours of the two lines.
    """
    ground = [(lines[-1][0][0], scale.low), (lines[-1][-1][0], scale.low)]
    shapes = [
        f'<polygon {_path(scale, [*over, *reversed(under)])} fill="{colour}" fill-opacity="{opacity}"/>'
        for over, under, (colour, opacity) in zip(lines, [*lines[1:], ground], tones, strict=True)
    ]
    style = 'fill="none" stroke-width="6" vector-effect="non-scaling-stroke" stroke-linejoin="round"'
    for line, colour in zip((lines[-1], lines[0]), reversed(edges), strict=True):
        shapes.append(f'<polyline {_path(scale, line)} stroke="{colour}" {style}/>')
    return vector(shapes, scale)


def _path(scale: Scale, points: Line) -> str:
    places = " ".join(f"{x * SIDE:.1f},{y(scale, value):.1f}" for x, value in points)
    return f'points="{places}" {values(*(value for _, value in points))}'


def swatch(colour: str, opacity: float) -> Component:
    """A patch of an area's tone, beside its word."""
    return html.I(className="swatch", style={"--tone": colour, "--strength": f"{opacity * 100:.0f}%"})


def percentiles(p50: int | None, p85: int | None, p95: int | None, theme: Theme) -> Iterator[tuple[str, int, str]]:
    """Name, days and word of those percentiles of the solved tickets that are known."""
    for name, days, word in (("p50", p50, "half"), ("p85", p85, theme.share(0.85)), ("p95", p95, theme.share(0.95))):
        if days is not None:
            yield name, days, word


def mark(scale: Scale, at: float, words: Sequence[str | Component], tone: str = "") -> Component:
    """A line across the picture at a value, with its words."""
    return scale.words(at, html.Span(list(words)), f"mark {tone}".strip(), tag=html.Div)


def pill(many: Scale, ages: Scale, tickets: int, low: float, high: float, tone: str) -> Component:
    """Tickets of one step of age: as wide as they are many, and never narrower than a dot."""
    return ages.mark(high, "age", start=low, inside=many.well(many.mark(tickets, f"pill {tone}", start=-tickets), "many"))
