"""Heights of words that do not run into each other, and one filled curve."""

from collections.abc import Sequence

from wallboard.drawing.scale import Scale
from wallboard.drawing.vector import SIDE, values, vector, y


def apart(centres: Sequence[float], least: float) -> list[float]:
    """The same heights pushed apart to at least `least`, inside the picture, in their order."""
    heights: list[float] = []
    for n, centre in enumerate(centres):
        floor = heights[-1] + least if heights else least / 2
        heights.append(min(max(centre, floor), 1 - (len(centres) - n - 0.5) * least))
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
