"""Pictures of flow: ribbons between two columns, words that do not run into each other, and one filled curve."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.scale import Scale
from wallboard.drawing.vector import SIDE, values, vector, y

_STEPS = 20


@dataclass(frozen=True)
class Ribbon:
    """A band from one height on the left to another on the right, in shares of the picture."""

    left: float
    right: float
    size: float
    tone: str
    words: str = ""

    def centre(self, x: float) -> float:
        """How far down the middle of the band lies at `x`."""
        return self.left + (self.right - self.left) * (1 - cos(pi * x)) / 2 + self.size / 2


def ribbon(band: Ribbon, number: float, least: float = 0.006) -> Component:
    """The band of a number as a shape that takes the colour of its tone; never thinner than can be seen."""
    half = max(band.size, least) / 2
    xs = [n / _STEPS for n in range(_STEPS + 1)]
    over = [f"{x:.2%} {band.centre(x) - half:.3%}" for x in xs]
    under = [f"{x:.2%} {band.centre(x) + half:.3%}" for x in reversed(xs)]
    size = {"data-size": f"{number:.10g}", "data-least": f"{least:.10g}"}
    return html.I(className=f"ribbon {band.tone}", style={"clipPath": f"polygon({', '.join([*over, *under])})"}, **size)


def labels(ribbons: Iterable[Ribbon], width: float, height: float, letter: float) -> list[Component]:
    """The words of the bands, widest first, each where it covers no other; those without room are left out."""
    taken: list[tuple[float, float, float]] = []
    placed: list[Component] = []
    for band in sorted(ribbons, key=lambda band: -band.size):
        half = (len(band.words) * letter + 24) / 2 / width
        for x in (0.5, 0.36, 0.64, 0.24, 0.76, 0.14, 0.86):
            y = band.centre(x)
            far = letter * 2.05 / height
            if band.words and all(abs(y - b) > far or abs(x - a) > half + other for a, b, other in taken):
                taken.append((x, y, half))
                placed.append(html.B(band.words, className=band.tone, style={"left": f"{x:.2%}", "top": f"{y:.2%}"}))
                break
    return placed


def apart(centres: Sequence[float], least: float, bottom: float = 1.0) -> list[float]:
    """The same heights pushed apart to at least `least`, inside the picture, in their order."""
    heights: list[float] = []
    for n, centre in enumerate(centres):
        floor = heights[-1] + least if heights else least / 2
        heights.append(min(max(centre, floor), bottom - (len(centres) - n - 0.5) * least))
    return heights


def hill(scale: Scale, points: Sequence[tuple[float, float]], top: int, colours: tuple[str, str]) -> str:
    """A curve through points (their share from the left, and their value) as an image: what rises up to point `top` in the
    first colour above zero, and what is given back after it in the second, hanging from the top's height."""
    gain, loss = colours
    rise, fall = points[: top + 1], points[top:]
    level = points[top][1]
    under = [(points[0][0], 0.0), *points, (points[-1][0], 0.0)]
    given = [(fall[0][0], level), *fall, (fall[-1][0], level)]
    shapes = [
        _polygon(scale, under, gain, 0.34),
        _polygon(scale, given, loss, 0.6),
        _line(scale, rise, gain),
        _line(scale, fall, loss),
    ]
    return vector(shapes, scale)


def _path(scale: Scale, points: Sequence[tuple[float, float]]) -> str:
    places = " ".join(f"{x * SIDE:.1f},{y(scale, value):.1f}" for x, value in points)
    return f'points="{places}" {values(*(value for _, value in points))}'


def _polygon(scale: Scale, points: Sequence[tuple[float, float]], colour: str, opacity: float) -> str:
    return f'<polygon {_path(scale, points)} fill="{colour}" fill-opacity="{opacity}"/>'


def _line(scale: Scale, points: Sequence[tuple[float, float]], colour: str) -> str:
    style = 'fill="none" stroke-width="7" vector-effect="non-scaling-stroke" stroke-linejoin="round"'
    return f'<polyline {_path(scale, points)} stroke="{colour}" {style}/>'
