"""The tests, intervals and limits of the field: pure functions of numbers, checked against golden vectors."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, sqrt
from typing import TypeVar

from wallboard.metrics.distributions import normal_cdf, t_cdf, t_quantile

Z95 = 1.959963984540054
RUN = 8
FIRM = 17
PROVISIONAL = 12
EXPECTED = 5
_ALMOST = 1e-9
_Number = TypeVar("_Number", int, float)


@dataclass(frozen=True)
class Interval:
    """A number and the band that chance alone could have moved it in."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, value: float | None, low: float | None, high: float | None) -> "Interval | None":
        """From a row's columns; None where the value or its band is not known."""
        return None if value is None or low is None or high is None else cls(value, low, high)


@dataclass(frozen=True)
class Nps:
    """The observed NPS with its adjusted-Wald band; `low` and `high` are clipped to the scale."""

    n: int
    score: float
    centre: float
    margin: float

    @property
    def low(self) -> float:
        """The band's lower end."""
        return max(-100.0, self.centre - self.margin)

    @property
    def high(self) -> float:
        """The band's upper end."""
        return min(100.0, self.centre + self.margin)


@dataclass(frozen=True)
class Change:
    """The difference of two scores, how many standard errors that is, and how often chance alone does it."""

    difference: float
    z: float | None
    p: float | None


@dataclass(frozen=True)
class Limits:
    """Natural process limits of an XmR chart; provisional below 17 points."""

    n: int
    mean: float
    moving_range: float
    lower: float
    upper: float
    range_limit: float

    @property
    def provisional(self) -> bool:
        """True while the baseline is too short to be firm."""
        return self.n < FIRM


def wilson(successes: float, n: float) -> Interval | None:
    """A share with its 95 % Wilson interval; None without cases."""
    if n <= 0:
        return None
    p, z2 = successes / n, Z95**2
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z95 * sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return Interval(p, max(0.0, centre - half), min(1.0, centre + half))


def mean_interval(n: int, total: float, squares: float) -> Interval | None:
    """A mean with its 95 % t-interval from n, sum and sum of squares; None below two cases."""
    if n < 2:
        return None
    mean = total / n
    variance = max(0.0, (squares - n * mean * mean) / (n - 1))
    half = t_quantile(n - 1, 0.975, Z95) * sqrt(variance / n)
    return Interval(mean, mean - half, mean + half)


def nps(promoters: int, passives: int, detractors: int) -> Nps | None:
    """The NPS with its adjusted-Wald band (3 answers added, 3/4 to either end); None without answers."""
    n = promoters + passives + detractors
    if n == 0:
        return None
    up, down = promoters + 0.75, detractors + 0.75
    margin = 100 * Z95 * _nps_error(up, down, n + 3)
    return Nps(n, 100 * (promoters - detractors) / n, 100 * (up - down) / (n + 3), margin)


def nps_change(before: tuple[int, int, int], after: tuple[int, int, int]) -> Change | None:
    """The change between two NPS given as (promoters, passives, detractors); z and p are None where no error is known.

    Where everybody agreed in one of the two, its error is that of the adjusted-Wald band: the plain one would be 0.
    """
    n1, n2 = sum(before), sum(after)
    if not n1 or not n2:
        return None
    difference = 100 * ((after[0] - after[2]) / n2 - (before[0] - before[2]) / n1)
    plain = [_nps_error(up, down, up + mid + down) for up, mid, down in (before, after)]
    if difference == 0 and not any(plain):
        return Change(difference, None, None)
    firm = [_nps_error(up + 0.75, down + 0.75, up + mid + down + 3) for up, mid, down in (before, after)]
    z = difference / (100 * sqrt(sum((this or other) ** 2 for this, other in zip(plain, firm, strict=True))))
    return Change(difference, z, 2 * normal_cdf(-abs(z)))


def share_change(before: tuple[int, int], after: tuple[int, int]) -> Change | None:
    """The change between two shares given as (successes, n), by the pooled z-test; None without cases.

    z and p are None where fewer than 5 successes or failures are to be expected on either side: the test does not hold there.
    """
    (up1, n1), (up2, n2) = before, after
    if not n1 or not n2:
        return None
    difference, pooled = up2 / n2 - up1 / n1, (up1 + up2) / (n1 + n2)
    if min(n1, n2) * min(pooled, 1 - pooled) < EXPECTED:
        return Change(difference, None, None)
    z = difference / sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    return Change(difference, z, 2 * normal_cdf(-abs(z)))


def mean_change(before: tuple[int, float, float], after: tuple[int, float, float]) -> Change | None:
    """The change between two means given as (n, sum, sum of squares), by Welch's t-test; None below two cases on a side.

    z is Welch's t; z and p are None where nobody differs from anybody on both sides.
    """
    if before[0] < 2 or after[0] < 2:
        return None
    (mean1, error1), (mean2, error2) = _mean_error(*before), _mean_error(*after)
    difference, error = mean2 - mean1, error1 + error2
    if error <= 0:
        return Change(difference, None, None)
    freedom = error**2 / (error1**2 / (before[0] - 1) + error2**2 / (after[0] - 1))
    t = difference / sqrt(error)
    return Change(difference, t, 2 * t_cdf(freedom, -abs(t)))


def _mean_error(n: int, total: float, squares: float) -> tuple[float, float]:
    """A mean and the square of its standard error."""
    mean = total / n
    return mean, max(0.0, (squares - n * mean * mean) / (n - 1)) / n


def _nps_error(promoters: float, detractors: float, n: float) -> float:
    up, down = promoters / n, detractors / n
    return sqrt(max(0.0, up + down - (up - down) ** 2) / n)


def xmr(points: Sequence[float], floor: float | None = None) -> Limits | None:
    """Limits from the mean moving range (2.66 and 3.268); counts and rates have floor=0; None below two points."""
    if len(points) < 2:
        return None
    mean = sum(points) / len(points)
    moving = sum(abs(b - a) for a, b in pairwise(points)) / (len(points) - 1)
    lower = mean - 2.66 * moving
    lower = lower if floor is None else max(floor, lower)
    return Limits(len(points), mean, moving, lower, mean + 2.66 * moving, 3.268 * moving)


def outside(point: float, limits: Limits) -> str:
    """Rule 1: 'high' or 'low' where the point lies strictly outside a limit, else ''."""
    return "high" if point > limits.upper else "low" if point < limits.lower else ""


def runs(points: Sequence[float], centre: float) -> list[str]:
    """Rule 2 for each point: 'high' or 'low' from the 8th in a row on one side; one on the line neither adds nor resets."""
    runs_found, side, length = [], "", 0
    for point in points:
        if point != centre:
            here = "high" if point > centre else "low"
            length = length + 1 if here == side else 1
            side = here
        runs_found.append(side if length >= RUN else "")
    return runs_found


def signals(points: Sequence[float], limits: Limits) -> list[str]:
    """What each point says: 'high', 'low' (rule 1), 'run high', 'run low' (rule 2) or ''."""
    run = runs(points, limits.mean)
    return [outside(point, limits) or (f"run {side}" if side else "") for point, side in zip(points, run, strict=True)]


def began(points: Sequence[float], limits: Limits) -> tuple[int, ...]:
    """The places of the points with which the newest signal began: the first of its row, and the first outside a limit in it.

    Empty where the newest point is no signal. A point on the centre line neither begins nor ends a row.
    """
    rules = signals(points, limits)
    if not rules or not rules[-1]:
        return ()
    side, first = points[-1] > limits.mean, len(points) - 1
    for n in range(len(points) - 1, -1, -1):
        if points[n] != limits.mean and (points[n] > limits.mean) != side:
            break
        first = n if points[n] != limits.mean else first
    beyond = next((n for n in range(first, len(points)) if outside(points[n], limits)), None)
    run = any(rule.startswith("run") for rule in rules[first:])
    return tuple(dict.fromkeys([*([first] if run else []), *([] if beyond is None else [beyond])]))


def nearest_rank(values: Sequence[_Number], percentile: float) -> _Number | None:
    """The smallest value that at least `percentile` % of the values do not exceed; None without values."""
    if not values:
        return None
    return sorted(values)[max(1, ceil(percentile / 100 * len(values))) - 1]


def time_within(took: Sequence[float], still: Sequence[float], percentile: float) -> float | None:
    """The shortest time within which `percentile` % of all cases are done, those that are `still` open counted with their ages.

    Kaplan-Meier: a case that is open has taken at least its age. The nearest rank where none is open; None where not so many
    are done yet. scipy.stats.ecdf says the same, and a test compares; but its import costs each start of the room 0.7 s.
    """
    ended, unfinished = Counter(took), 1.0
    for time, done in sorted(ended.items()):
        at_risk = sum(other >= time for other in took) + sum(age >= time for age in still)
        unfinished *= 1 - done / at_risk
        if 1 - unfinished >= percentile / 100 - _ALMOST:
            return float(time)
    return None
