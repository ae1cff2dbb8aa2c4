"""What charts of work that flows share: measured weeks, the tone of an area beside its word, and percentiles of the solved."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.theme import Theme
from wallboard.metrics.flow import ThroughputWeek
from wallboard.metrics.issues import ComplaintWeek


class Week(NamedTuple):
    """One measured week: its Monday, whether it is over, what arrived and what departed in it."""

    monday: date
    complete: bool
    arrived: int
    departed: int


def measured_weeks(weeks: Sequence[ComplaintWeek] | Sequence[ThroughputWeek]) -> list[Week]:
    """Those weeks that were measured."""
    return [
        Week(week.week_start, week.complete, week.arrived, week.departed)
        for week in weeks
        if week.arrived is not None and week.departed is not None
    ]


def toned(colour: str, strength: float) -> str:
    """A colour of the theme as pale as an area is."""
    return f"{colour}{round(strength * 255):02x}"


def swatch(colour: str, opacity: float) -> Component:
    """A patch of an area's tone, beside its word."""
    return html.I(className="swatch", style={"--tone": colour, "--strength": f"{opacity * 100:.0f}%"})


def percentiles(p50: int | None, p85: int | None, p95: int | None, theme: Theme) -> Iterator[tuple[int, str]]:
    """Days and word of those percentiles of the solved tickets that are known."""
    for days, word in ((p50, "half"), (p85, theme.share(0.85)), (p95, theme.share(0.95))):
        if days is not None:
            yield days, word
