"""Drawn lines and areas as an image that fills its place; its scale and its values can be read from it again, as from marks."""

from base64 import b64encode
from collections.abc import Iterable

from wallboard.drawing.scale import Scale

SIDE = 1000
"""Width and height of the picture in its own units."""

FIXED = 'fill="none" vector-effect="non-scaling-stroke" stroke-linejoin="round" stroke-linecap="round"'
"""A line that keeps its thickness while the picture is stretched."""


def vector(shapes: Iterable[str], scale: Scale | None = None, size: tuple[int, int] | None = None) -> str:
    """The address of an image of these shapes: stretched, unless it has a size of its own; `scale` is that of its heights."""
    width, height = size or (SIDE, SIDE)
    box = f'viewBox="0 0 {width} {height}"' + ("" if size else ' preserveAspectRatio="none"')
    range_attributes = f' data-low="{scale.low:.10g}" data-high="{scale.high:.10g}"' if scale else ""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {box}{range_attributes}>{"".join(shapes)}</svg>'
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def y(scale: Scale, value: float) -> float:
    """How far from the top of the picture a value lies."""
    return SIDE * (1 - scale.share(value))


def values(*numbers: float) -> str:
    """The attribute that tells the values of a shape's points, in their order."""
    return f'data-values="{" ".join(f"{number:.10g}" for number in numbers)}"'
