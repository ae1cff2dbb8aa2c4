"""A sparkline: a series without axes, from zero, with the band in which it used to move; for the cell of a table."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.limits_chart import Band, Spot, highest
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.drawing.vector import FIXED, SIDE, values, vector, y

SPARKLINE = "sparkline"

EDGE = 24
"""Room left and right, so that the last point is not cut off; .event-marks keeps the same."""


def sparkline(spots: Sequence[Spot], band: Band | None, theme: Theme, meaning: str) -> Component:
    """The series as an image that fills its place; a stretch with a signal has its colour, a gap stays a gap."""
    scale = Scale("sparkline", highest(spots, band), along="y")
    parts = [*_band(spots, band, scale, theme), *_lines(spots, scale, theme), *_last(spots, scale, theme)]
    return html.Span([html.Img(src=vector(parts, scale), alt=meaning)], className=SPARKLINE)


def _x(n: int, count: int) -> float:
    return EDGE + (SIDE - 2 * EDGE) * n / max(1, count - 1)


def _band(spots: Sequence[Spot], band: Band | None, scale: Scale, theme: Theme) -> Iterator[str]:
    if band is None:
        return
    first = next((n for n, spot in enumerate(spots) if spot.day >= band.since), 0)
    left, top, bottom = _x(first, len(spots)), y(scale, band.upper), y(scale, band.lower)
    yield (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{SIDE - left:.1f}" height="{bottom - top:.1f}" '
        f'fill="{theme.colours["calm"]}" fill-opacity=".24" {values(band.upper, band.lower)}/>'
    )


def _lines(spots: Sequence[Spot], scale: Scale, theme: Theme) -> Iterator[str]:
    for n, (before, now) in enumerate(pairwise(spots)):
        if before.value is None or now.value is None or not now.over:
            continue
        colour = theme.colours[now.tone if now.tone and now.tone == before.tone else "ink"]
        start, end = _point(n, before, len(spots), scale), _point(n + 1, now, len(spots), scale)
        yield f'<path d="M{start}L{end}" stroke="{colour}" stroke-width="5" {values(before.value, now.value)} {FIXED}/>'


def _last(spots: Sequence[Spot], scale: Scale, theme: Theme) -> Iterator[str]:
    """The newest whole point, as a dot."""
    known = [(n, spot) for n, spot in enumerate(spots) if spot.over and spot.value is not None]
    for n, spot in known[-1:]:
        spot_at, colour = _point(n, spot, len(spots), scale), theme.colours[spot.tone or "ink"]
        yield f'<path d="M{spot_at}h.01" stroke="{colour}" stroke-width="16" {values(spot.value or 0.0)} {FIXED}/>'


def _point(n: int, spot: Spot, count: int, scale: Scale) -> str:
    return f"{_x(n, count):.1f},{y(scale, spot.value or 0.0):.1f}"
