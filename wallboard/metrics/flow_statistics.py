"""The arithmetic of flow: pure functions of numbers, checked against golden vectors."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

FEW_FINISHED = 11
"""Below so many finished items a service level expectation is provisional."""

ABOUT_EQUAL = 0.1
"""Arrivals and departures of one period are about equal within a tenth of the larger."""

SIMILAR = 0.25
"""Work in progress, and its average age, are similar at both ends within a quarter of the larger."""


@dataclass(frozen=True)
class Stretch:
    """What Little's law looks at: a number of weeks, what came and went in them, and what was open at both ends."""

    weeks: int
    arrived: int
    departed: int
    average_wip: float
    wip: tuple[int, int]
    age: tuple[float | None, float | None]
    """The average age of the open items in days, at the start and at the end; None where none is open."""


def ranked(counts: Mapping[int, int], percentile: float) -> int | None:
    """The nearest-rank percentile of values given with how often each occurs; None without values."""
    total = sum(counts.values())
    rank, seen = max(1, ceil(percentile / 100 * total)), 0
    for value in sorted(counts):
        seen += counts[value]
        if seen >= rank:
            return value
    return None


def littles_weeks(average_wip: float, throughput: float) -> float | None:
    """Average cycle time = average work in progress / average throughput per week; None where nothing was finished."""
    return average_wip / throughput if throughput > 0 else None


def unstable(stretch: Stretch) -> tuple[str, ...]:
    """Why Little's law does not hold for a stretch of weeks; nothing where it does."""
    reasons = []
    if not stretch.departed:
        reasons.append("nothing was solved")
    if not _alike(stretch.arrived, stretch.departed, ABOUT_EQUAL):
        more = "arrived than were solved" if stretch.arrived > stretch.departed else "were solved than arrived"
        reasons.append(f"more {more}")
    before, after = stretch.wip
    if not _alike(before, after, SIMILAR):
        reasons.append(f"{'more' if after > before else 'fewer'} are open than before")
    young, old = stretch.age
    if young is not None and old is not None and not _alike(young, old, SIMILAR):
        reasons.append(f"the open ones are {'older' if old > young else 'younger'}")
    return tuple(reasons)


def _alike(value: float, other: float, within: float) -> bool:
    return abs(value - other) <= within * max(value, other)
