"""The emotion curve: straight from point to point, dashed where it is assumed or of too few, and broken where nobody knows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.drawing.vector import FIXED, values, vector
from wallboard.drawing.words import MINUS
from wallboard.metrics.emotions import ASSUMED, StageFeeling
from wallboard.metrics.states import TOO_FEW

REACH = 2.4
"""The edge of the picture, beyond the end of the scale: room for a mark that lies on it."""

FEELINGS = Scale("feeling", REACH, -REACH, along="y")

LOWEST, HIGHEST, LAST = "lowest", "highest", "last"


@dataclass(frozen=True)
class CurvePoint:
    """One stage on the curve: its feeling (None: nobody knows), and whether that is only assumed, or said by too few."""

    stage: str
    feeling: float | None
    assumed: bool = False
    few: bool = False

    @property
    def hollow(self) -> bool:
        """Whether it is drawn hollow and takes no part in what is remembered."""
        return self.assumed or self.few


def curve_points(rows: Sequence[StageFeeling]) -> list[CurvePoint]:
    """The stages of an emotion curve, in order."""
    return [CurvePoint(row.stage, row.feeling, row.basis == ASSUMED, row.state == TOO_FEW) for row in rows]


def joined(points: Sequence[CurvePoint]) -> Iterator[tuple[int, bool]]:
    """Which neighbours a line may join, by the place of the first, and whether it is dashed: never over a gap."""
    for n, (before, after) in enumerate(pairwise(points)):
        if before.feeling is not None and after.feeling is not None:
            yield n, before.hollow or after.hollow


def peaks(points: Sequence[CurvePoint]) -> dict[str, str]:
    """What people remember (peak-end rule), of what enough customers said: the lowest, the highest and the last stage by name.

    Where all feel the same there is no lowest and no highest.
    """
    known = [point for point in points if point.feeling is not None and not point.hollow]
    if not known:
        return {}
    by_feeling = sorted(known, key=lambda point: point.feeling or 0.0)
    labels = {known[-1].stage: LAST}
    if by_feeling[0].feeling != by_feeling[-1].feeling:
        labels |= {by_feeling[-1].stage: HIGHEST, by_feeling[0].stage: LOWEST}
    return labels


def feeling_words(feeling: float, theme: Theme) -> str:
    """A feeling with its sign: +1.2, −0.4, 0.0."""
    words = theme.decimal(feeling)
    return f"+{words}" if round(feeling, 1) > 0 else words.removeprefix(MINUS) if round(feeling, 1) == 0 else words


def height(feeling: float) -> float:
    """How far from the top a feeling lies, in per cent of the picture."""
    return 100 * (1 - FEELINGS.share(feeling))


def place(n: int, count: int) -> float:
    """How far from the left the middle of a stage lies, in per cent of the picture."""
    return 100 * (n + 0.5) / count


def curve(rows: Sequence[StageFeeling], theme: Theme, here: str | None = None) -> Component:
    """An emotion curve as an image that fills its place, one column a stage; `here` marks the stage in which one stands."""
    points = curve_points(rows)
    parts = [*_ground(theme), *_current_stage(points, here, theme), *_areas(points, theme), *_lines(points, theme)]
    parts += _points(points, here, theme)
    return html.Img(src=vector(parts, FEELINGS), alt=curve_alt(rows, theme), className="curve")


def curve_alt(rows: Sequence[StageFeeling], theme: Theme) -> str:
    """The curve in words, for those who do not see it."""
    return "; ".join(f"{row.name}: {_aloud(row, theme)}" for row in rows)


def _aloud(row: StageFeeling, theme: Theme) -> str:
    if row.feeling is None:
        return "not measured"
    return f"{feeling_words(row.feeling, theme)} {row.state}"


def _at(n: int, count: int, feeling: float) -> str:
    return f"{10 * place(n, count):.1f} {10 * height(feeling):.1f}"


def _stroke(path: str, colour: str, width: int, more: str = "") -> str:
    return f'<path d="{path}" stroke="{colour}" stroke-width="{width}" {more} {FIXED}/>'


def _ground(theme: Theme) -> Iterator[str]:
    for feeling, width in ((2, 2), (1, 1), (-1, 1), (-2, 2), (0, 4)):
        yield _stroke(f"M0 {10 * height(feeling):.1f}H1000", theme.colours["line"], width)


def _current_stage(points: Sequence[CurvePoint], here: str | None, theme: Theme) -> Iterator[str]:
    """The column of the stage in which one stands."""
    for n, point in enumerate(points):
        if point.stage == here:
            wide = 1000 / len(points)
            yield f'<rect x="{n * wide:.1f}" y="0" width="{wide:.1f}" height="1000" fill="{theme.colours["panel"]}"/>'


def _areas(points: Sequence[CurvePoint], theme: Theme) -> Iterator[str]:
    """Pale between the line and zero, by its side of zero; only where both ends were measured."""
    zero, count = 10 * height(0), len(points)
    sides = (("above", 0.0, zero, "gain"), ("below", zero, 1000 - zero, "loss"))
    shapes = [
        f"M{10 * place(n, count):.1f} {zero}L{_at(n, count, points[n].feeling or 0)}"
        f"L{_at(n + 1, count, points[n + 1].feeling or 0)}L{10 * place(n + 1, count):.1f} {zero}Z"
        for n, dashed in joined(points)
        if not dashed
    ]
    for name, top, high, tone in sides if shapes else ():
        yield f'<clipPath id="{name}"><rect x="0" y="{top}" width="1000" height="{high}"/></clipPath>'
        yield f'<path d="{"".join(shapes)}" fill="{theme.colours[tone]}" fill-opacity=".16" clip-path="url(#{name})"/>'


def _lines(points: Sequence[CurvePoint], theme: Theme) -> Iterator[str]:
    count = len(points)
    for n, dashed in joined(points):
        path = f"M{_at(n, count, points[n].feeling or 0)}L{_at(n + 1, count, points[n + 1].feeling or 0)}"
        feelings = values(points[n].feeling or 0, points[n + 1].feeling or 0)
        yield _stroke(
            path, theme.colours["quiet" if dashed else "ink"], 6, f'stroke-dasharray="14 16" {feelings}' if dashed else feelings
        )


def _points(points: Sequence[CurvePoint], here: str | None, theme: Theme) -> Iterator[str]:
    """A dot per stage, hollow where assumed or of too few, larger where remembered; a gap is a dashed stroke across zero."""
    count, peak_of = len(points), peaks(points)
    tones = {LOWEST: "loss", HIGHEST: "gain", LAST: "ink"}
    for n, point in enumerate(points):
        if point.feeling is None:
            middle, wide = 10 * place(n, count), 300 / count
            gap = f"M{middle - wide:.1f} {10 * height(0):.1f}H{middle + wide:.1f}"
            yield _stroke(gap, theme.colours["ground"], 8) + _stroke(gap, theme.colours["calm"], 6, 'stroke-dasharray="1 14"')
            continue
        spot = _at(n, count, point.feeling)
        kind = peak_of.get(point.stage, "")
        size = (38 if kind else 26) + (8 if point.stage == here else 0)
        colour = theme.colours[tones.get(kind, "quiet" if point.hollow else "ink")]
        yield _dot(spot, point.feeling, colour, size, theme.colours["ground"] if point.hollow else None)


def _dot(spot: str, feeling: float, colour: str, size: int, hole: str | None) -> str:
    dot = _stroke(f"M{spot}h.01", colour, size, values(feeling))
    return dot + _stroke(f"M{spot}h.01", hole, size - 12) if hole else dot
