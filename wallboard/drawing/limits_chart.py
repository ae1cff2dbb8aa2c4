"""A process behaviour chart: a line with the limits within which it used to move, their names, and points that stand out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from dash.development.base_component import Component

from wallboard.drawing.charts import Trace, chart, day_ticks, end_label, figure, line, room_beside, rule
from wallboard.drawing.flows import apart
from wallboard.drawing.template import LINE
from wallboard.drawing.theme import Theme
from wallboard.drawing.year_before import thin_line
from wallboard.metrics.year_before import YearBefore

HEAD = 1.1
"""Room above the highest point, as a multiple of it; the ground is always zero."""

NAME_HEIGHT = 0.115
"""The height of a limit's name as a share of a large chart's."""

NO_LINE = {"width": 0}


@dataclass(frozen=True)
class Spot:
    """One period by its first day: its value (None: a gap), the tone of its signal ('' for none), and whether it is over."""

    day: date
    value: float | None
    tone: str = ""
    over: bool = True


@dataclass(frozen=True)
class Band:
    """The limits and the centre, from the day on which their baseline begins; up to `until` they were measured."""

    lower: float
    mean: float
    upper: float
    since: date
    until: date


def limits_chart(
    spots: Sequence[Spot],
    band: Band | None,
    theme: Theme,
    label: str,
    unit: str = "",
    before: Sequence[YearBefore] = (),
    *,
    named: bool = True,
) -> Component:
    """The chart with its axes; `label` is what it means, for those who do not see it.

    A chart whose upright axis has a `unit` names its days; a large one (`named`) has it as the axis title and names its limits.
    `before` are the same weeks of the year before.
    """
    days = [spot.day for spot in spots]
    most, ticks = (4, 5) if unit and named else (2, 3) if unit else (4, 2)
    high = highest(spots, band, before)
    names = list(_names(band, high, days[-1], theme)) if unit and named else []
    drawn = figure(
        [*thin_line(before, theme), *_lines(spots, theme), *_dots(spots, theme)],
        shapes=list(_band(band, days[-1], theme)),
        annotations=names,
        margin={"r": room_beside(names, theme)},
        xaxis={
            **day_ticks(days, theme, most),
            "showticklabels": bool(unit),
            "range": [days[0].isoformat(), days[-1].isoformat()],
        },
        yaxis={"range": [0, high], "nticks": ticks, **_measured_in(unit, upright=named)},
    )
    return chart(drawn, label, theme)


def _measured_in(unit: str, *, upright: bool) -> Trace:
    """The unit as the title of the upright axis; beside its highest number where the axis is too short for a title."""
    return {"title": {"text": unit}} if upright else {"ticksuffix": unit if unit == "%" else f" {unit}", "showticksuffix": "last"}


def highest(spots: Sequence[Spot], band: Band | None, before: Sequence[YearBefore] = ()) -> float:
    """The upper end of the scale: a little more than the highest point."""
    return (
        HEAD * max([spot.value or 0.0 for spot in spots] + [row.value or 0.0 for row in before] + [band.upper if band else 0.0])
        or 1.0
    )


def _band(band: Band | None, last: date, theme: Theme) -> Iterator[Trace]:
    """The band, paler where it is only carried on, and its centre."""
    if band is None:
        return
    for since, until, strength in ((band.since, band.until, 0.26), (band.until, last, 0.16)):
        place = {"x0": since.isoformat(), "x1": until.isoformat(), "y0": band.lower, "y1": band.upper}
        yield {
            "type": "rect",
            "layer": "below",
            "fillcolor": theme.colours["calm"],
            "opacity": strength,
            "line": NO_LINE,
            **place,
        }
    yield rule(band.mean, theme.colours["quiet"], xref="x", x0=band.since.isoformat(), x1=last.isoformat(), layer="below")


def _names(band: Band | None, high: float, last: date, theme: Theme) -> Iterator[Trace]:
    """The limits and the centre by name at the end of the band, pushed apart where they lie close to each other."""
    if band is None:
        return
    limits = (("upper limit", band.upper), ("usual", band.mean), ("lower limit", band.lower))
    places = apart([1 - value / high for _, value in limits], NAME_HEIGHT)
    for (name, value), place in zip(limits, places, strict=True):
        text = f"{name} {theme.decimal(value) if value < 10 else theme.whole(value)}"
        yield end_label(last.isoformat(), (1 - place) * high, text, theme.colours["quiet"])


def _lines(spots: Sequence[Spot], theme: Theme) -> Iterator[Trace]:
    """One trace for each colour, and dotted ones for what is not over; a gap stays a gap."""
    drawn: dict[tuple[str, bool], tuple[list[str | None], list[float | None]]] = {}
    for before, now in pairwise(spots):
        if before.value is None or now.value is None:
            continue
        x, y = drawn.setdefault((now.tone if now.tone == before.tone else "", now.over), ([], []))
        if not x or x[-1] != before.day.isoformat():
            x += [None, before.day.isoformat()]
            y += [None, before.value]
        x.append(now.day.isoformat())
        y.append(now.value)
    for (tone, over), (x, y) in drawn.items():
        yield line(x, y, theme.colours[tone or "ink"], dash="solid" if over else "dot")


def _dots(spots: Sequence[Spot], theme: Theme) -> Iterator[Trace]:
    """A dot for each point with a signal, the newest one larger; a single point without neighbours is a dot too."""
    last = max((n for n, spot in enumerate(spots) if spot.over and spot.value is not None), default=-1)
    dots = [(spot, 3 if n == last else 2) for n, spot in enumerate(spots) if spot.tone or n == last or _alone(spots, n)]
    marker = {"size": [size * LINE for _, size in dots], "color": [theme.colours[spot.tone or "ink"] for spot, _ in dots]}
    place = {"x": [spot.day.isoformat() for spot, _ in dots], "y": [spot.value for spot, _ in dots]}
    yield {"type": "scatter", "mode": "markers", "marker": {**marker, "opacity": 1}, "cliponaxis": False, **place}


def _alone(spots: Sequence[Spot], n: int) -> bool:
    return all(not 0 <= near < len(spots) or spots[near].value is None for near in (n - 1, n + 1))
