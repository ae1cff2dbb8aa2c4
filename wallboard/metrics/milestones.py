"""What deserves to be celebrated: a metric that is better than it has been for a long time, and not by chance."""

from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from sqlalchemy import Connection

from wallboard.catalogue import catalogue
from wallboard.metrics.customers import counted_periods, customer_flow
from wallboard.metrics.retention import retention_trend
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import COMPLETE, MEASURED
from wallboard.metrics.statistics import PROVISIONAL, Limits, began, signals, xmr

_COUNTED = ("new_customers", "won_back_customers", "lost_customers")
_MONTHS = 25
_GOOD = {"up": ("high", "run high"), "down": ("low", "run low")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A metric with a favourable signal in `month`: its `value` and the natural process limits of the `months` before.

    `best_of` is how many months back nothing was better, the month itself included; `in_a_row` how many months have now been on
    the good side; `began_on` is the first month of that row, `outside_on` the first in it outside a limit. signal: high, low
    (outside a limit), run high, run low (the eighth in a row on the good side of the mean).
    """

    metric: str
    name: str
    month: date
    value: float
    usual_low: float
    usual_high: float
    mean: float
    best_of: int
    in_a_row: int
    signal: str
    months: int
    began_on: date
    outside_on: date | None


def milestones(connection: Connection, scope: Scope) -> tuple[Milestone, ...]:
    """Metrics whose last complete month is a favourable signal of their process-behaviour chart, and nothing less.

    Limits come from the complete months before it (12 at least): natural process limits by 2.66 mean moving ranges. A change
    inside the limits is noise and makes no row; nor does a count of less than one a month, or what never moved before: chance
    has no range there. Staying is that of each month's own closed cohort.

    Grain: one row per metric with a favourable signal.
    """
    flow = counted_periods(customer_flow(connection, scope, months=_MONTHS))
    done = [period for period in flow if period.state == COMPLETE and period.opening]
    stayed = [
        (cohort.period_start, cohort.retention)
        for cohort in retention_trend(connection, scope, window=1, months=_MONTHS)
        if cohort.state == MEASURED and cohort.coverage == COMPLETE and cohort.retention is not None
    ]
    series: dict[str, list[tuple[date, float]]] = {
        "new_customers": [(period.period_start, period.new) for period in done],
        "won_back_customers": [(period.period_start, period.won_back) for period in done],
        "lost_customers": [(period.period_start, period.lost) for period in done],
        "net_customers": [(period.period_start, period.net) for period in done],
        "retention_rate": stayed,
    }
    newest = done[-1].period_start if done else None
    reached = (_milestone(name, points) for name, points in series.items() if points and points[-1][0] == newest)
    return tuple(milestone for milestone in reached if milestone)


def _milestone(metric: str, series: list[tuple[date, float]]) -> Milestone | None:
    points = [float(value) for _, value in series]
    before, now = points[:-1], points[-1]
    limits = xmr(before, floor=0.0 if metric != "net_customers" else None)
    if limits is None or limits.n < PROVISIONAL or _tells_nothing(metric, limits):
        return None
    better = catalogue()[metric].better
    signal = signals(points, limits)[-1]
    if signal not in _GOOD[better] or not _better(now, limits, better):
        return None
    reached = next((n for n, point in enumerate(reversed(before), 1) if (point > now if better == "up" else point < now)), None)
    first = [series[n][0] for n in began(points, limits)]
    return Milestone(
        metric=metric,
        name=catalogue()[metric].name,
        month=series[-1][0],
        value=now,
        usual_low=limits.lower,
        usual_high=limits.upper,
        mean=limits.mean,
        best_of=reached or len(points),
        in_a_row=sum(1 for _ in takewhile(lambda point: _better(point, limits, better), reversed(points))),
        signal=signal,
        months=len(before),
        began_on=first[0],
        outside_on=first[-1] if len(first) > 1 else None,
    )


def _tells_nothing(name: str, limits: Limits) -> bool:
    """Whether chance has no range there: nothing ever moved, or the count is rare, less than one a month."""
    return limits.upper == limits.lower or (name in _COUNTED and limits.mean < 1)


def _better(now: float, limits: Limits, better: str) -> bool:
    return now > limits.mean if better == "up" else now < limits.mean
