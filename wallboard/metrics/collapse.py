"""When the volume of a whole series collapses within a week: a question about its source, before it is an improvement.

The rule is declared here, and tested with random series (tests/metrics/test_collapse.py): a fall of nine tenths in every kind is
found, a fall of half, a fall of one kind, a slow decline and chance are not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isclose

from wallboard.metrics.distributions import gamma_survival

REMAINS = 0.2
"""At most this share is left of what came before: between nine tenths gone, which is asked, and half, which is believed."""

HELD = 0.5
"""What keeps at least this share of its level has not collapsed; a volume that is back at it has recovered."""

BEFORE, FEWEST, LEAST = 24, 12, 20
"""Weeks that say what the level was, the fewest of them, and the fewest counts in them (definitions.md B.5: 24, 12, k0 = 20)."""

SPANS = (1, 4, 12)
"""A fall shows in the first week of a large series, and only in four or twelve of a small one."""

SURE = 0.001
"""So rarely may a mere fall to half look like it."""

EXPECTED = 5
"""A kind says something once so many of it would have come at its old level."""


@dataclass(frozen=True)
class Collapse:
    """Weeks `start` up to `end` (None: up to now), by number, with the mean of a week before and since."""

    start: int
    end: int | None
    before: float
    since: float


def collapses(weekly: Sequence[float]) -> list[Collapse]:
    """Every collapse of a series of complete weeks, oldest first; weeks in which nothing came are zeros.

    The level before is that of the last 24 weeks that belong to no collapse. A collapse ends with the first of four weeks that
    together reach half of it again.
    """
    past: list[Collapse] = []
    normal: list[float] = []
    week = 0
    while week < len(weekly):
        reference = normal[-BEFORE:]
        if not _falls(reference, weekly, week):
            normal.append(weekly[week])
            week += 1
            continue
        level = sum(reference) / len(reference)
        end = next((n for n in range(week + 1, len(weekly)) if _recovers(weekly[n : n + 4], level)), None)
        low = weekly[week:end]
        past.append(Collapse(week, end, level, sum(low) / len(low)))
        if end is None:
            break
        week = end
    return past


def in_every_kind(collapse: Collapse, kinds: Mapping[str, Sequence[float]]) -> bool:
    """Whether all kinds fell, and not one alone: false where what is left beside the kind that lost most holds its level."""
    before, since = slice(max(0, collapse.start - BEFORE), collapse.start), slice(collapse.start, collapse.end)
    weeks = {kind: (weekly[before], weekly[since]) for kind, weekly in kinds.items()}
    means = {kind: (_mean(old), _mean(new)) for kind, (old, new) in weeks.items()}
    if len(means) < 2:
        return True
    most = max(means, key=lambda kind: means[kind][0] - means[kind][1])
    length = max((len(new) for _, new in weeks.values()), default=0)
    old = sum(mean for kind, (mean, _) in means.items() if kind != most)
    new = sum(mean for kind, (_, mean) in means.items() if kind != most)
    return old * length < EXPECTED or new < HELD * old


def _falls(reference: Sequence[float], weekly: Sequence[float], week: int) -> bool:
    """Whether a collapse begins with this week."""
    if len(reference) < FEWEST:
        return False
    total = sum(reference)
    if total < LEAST or weekly[week] > REMAINS * total / len(reference):
        return False
    level = total / len(reference)
    if _mean(reference[-4:]) < HELD * level:
        return False
    spread = max(1.0, _variance(reference, level) / level)
    for weeks in SPANS:
        some = weekly[week : week + weeks]
        if len(some) == weeks and _mean(some) <= REMAINS * level and _as_few(sum(some), HELD * level * weeks, spread) < SURE:
            return True
    return False


def _recovers(weeks: Sequence[float], level: float) -> bool:
    return weeks[0] >= HELD * level and _mean(weeks) >= HELD * level


def _as_few(count: float, expected: float, spread: float) -> float:
    """How rarely chance gives so few: quasi-Poisson, its variance `spread` times the mean."""
    return gamma_survival(count / spread + 1, expected / spread)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _variance(values: Sequence[float], mean: float) -> float:
    return 0.0 if len(values) < 2 or isclose(mean, 0) else sum((value - mean) ** 2 for value in values) / (len(values) - 1)
