"""A line with the limits within which it used to move: a soft band, a dashed centre, and points that stand out of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.drawing.vector import FIXED, values, vector, y

HEAD = 1.1
"""Room above the highest point, as a multiple of it; the ground is always zero."""


@dataclass(frozen=True)
class Spot:
    """One period: its value (None: a gap), the tone of its signal ('' for none), and whether it is over."""

    value: float | None
    tone: str = ""
    over: bool = True


@dataclass(frozen=True)
class Band:
    """The limits and the centre, from the point with that number on; up to `until` they were measured."""

    lower: float
    mean: float
    upper: float
    since: int = 0
    until: int = 0


def limits_chart(spots: Sequence[Spot], band: Band | None, theme: Theme, meaning: str, width: int = 6) -> Component:
    """The chart as an image that fills its place; `said` is what it means, for those who do not see it."""
    scale = scale_of(spots, band)
    ground = f'<path d="M0 998H1000" stroke="{theme.colours["line"]}" stroke-width="4" {FIXED}/>'
    parts = [
        ground,
        *_band(band, len(spots), scale, theme),
        *_lines(spots, scale, theme, width),
        *_dots(spots, scale, theme, width),
    ]
    return html.Img(src=vector(parts, scale), alt=meaning, className="limits")


def scale_of(spots: Sequence[Spot], band: Band | None) -> Scale:
    """From nothing at the bottom edge of the chart to a little more than its highest point."""
    return Scale("value", HEAD * max([spot.value or 0.0 for spot in spots] + [band.upper if band else 0.0]) or 1.0, along="y")


def _x(n: int, count: int) -> float:
    return 10 + 980 * n / max(1, count - 1)


def _band(band: Band | None, count: int, scale: Scale, theme: Theme) -> Iterator[str]:
    if band is None:
        return
    left, high, low, mean = _x(band.since, count) - 10, *(y(scale, limit) for limit in (band.upper, band.lower, band.mean))
    frozen = min(1000.0, _x(max(band.until, band.since), count) + 10)
    for start, end, strength in ((left, frozen, 0.26), (frozen, 1000.0, 0.16)):
        shape = f'x="{start:.1f}" y="{high:.1f}" width="{end - start:.1f}" height="{low - high:.1f}"'
        shape += f" {values(band.upper, band.lower)}"
        yield f'<rect {shape} fill="{theme.colours["calm"]}" fill-opacity="{strength}"/>'
    style = f'stroke="{theme.colours["quiet"]}" stroke-width="4" stroke-dasharray="16 12" {FIXED} {values(band.mean)}'
    yield f'<path d="M{left:.1f} {mean:.1f}H1000" {style}/>'


def _lines(spots: Sequence[Spot], scale: Scale, theme: Theme, width: int) -> Iterator[str]:
    count = len(spots)
    for n, (before, now) in enumerate(pairwise(spots)):
        if before.value is None or now.value is None:
            continue
        path = f"M{_x(n, count):.1f} {y(scale, before.value):.1f}L{_x(n + 1, count):.1f} {y(scale, now.value):.1f}"
        dotted = "" if now.over else f' stroke-dasharray="1 {2 * width}"'
        tone = theme.colours[now.tone or "ink"] if now.tone == before.tone else theme.colours["ink"]
        numbers = values(before.value, now.value)
        yield f'<path d="{path}" stroke="{tone}" stroke-width="{width}"{dotted} {FIXED} {numbers}/>'


def _dots(spots: Sequence[Spot], scale: Scale, theme: Theme, width: int) -> Iterator[str]:
    """A dot for each point with a signal, the newest one larger; a single point without neighbours is a dot too."""
    last = max((n for n, spot in enumerate(spots) if spot.over and spot.value is not None), default=-1)
    for n, spot in enumerate(spots):
        alone = all(not 0 <= near < len(spots) or spots[near].value is None for near in (n - 1, n + 1))
        if spot.value is None or not (spot.tone or alone or n == last):
            continue
        size = 3 * width if n == last else 2 * width
        at = f"M{_x(n, len(spots)):.1f} {y(scale, spot.value):.1f}h.01"
        numbers = values(spot.value)
        yield f'<path d="{at}" stroke="{theme.colours[spot.tone or "ink"]}" stroke-width="{size}" {FIXED} {numbers}/>'
