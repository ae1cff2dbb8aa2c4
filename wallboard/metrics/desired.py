"""How far each stage is from the experience that we want customers to have."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from wallboard.metrics.facts import within
from wallboard.metrics.journey import stages
from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Period, Scope, rolling_months
from wallboard.metrics.states import MEASURED, NOT_MEASURED, TOO_FEW
from wallboard.metrics.statistics import mean_interval
from wallboard.store.schema import desired_rating

BEST = 5
"""The answer that says: it is as it should be."""


class _Answers(NamedTuple):
    """How many, their sum and the sum of their squares."""

    n: int = 0
    total: float = 0.0
    squares: float = 0.0


@dataclass(frozen=True, slots=True)
class DesiredDistance:
    """The desired experience of one stage, and how far customers find it from that: 0 (just right) to 4 (far from it).

    `nearest` to `furthest` is the 95 % interval. state: measured, too few (n only), not measured.
    """

    stage: str
    seq: int
    name: str
    desired: str | None
    n: int
    mean: float | None
    distance: float | None
    nearest: float | None
    furthest: float | None
    newest_day: date | None
    period_start: date
    period_end: date
    state: str


@memoised
def desired_distance(connection: Connection, scope: Scope, months: int = 3) -> tuple[DesiredDistance, ...]:
    """The desired experience of each stage in words, and how far customers find it from that: 0 (just right) to 4 (far from it).

    `distance` = 5 − the mean answer (1 to 5) over the months that end with the last complete day, with its 95 % t-interval
    `nearest` to `furthest`. state: measured, too few (below the small-n limit: n only), not measured (no answer in these
    months; `newest_day` says when the last one came). `desired` is None where nobody has said what we want.

    Grain: one row per stage, in order; none is left out.
    """
    period = rolling_months(scope, months)
    answers, newest = _answers(connection, scope, period), _newest(connection, scope)
    rows = []
    for at in stages(connection, scope):
        answered = answers.get(at.stage, _Answers())
        state = NOT_MEASURED if not answered.n else TOO_FEW if answered.n < max(scope.small_n, 2) else MEASURED
        far = _distance(answered) if state == MEASURED else (None, None, None, None)
        dated = newest.get(at.stage), period.start, period.end
        rows.append(DesiredDistance(at.stage, at.seq, at.name, at.desired, answered.n, *far, *dated, state))
    return tuple(rows)


def _distance(answers: _Answers) -> tuple[float | None, float | None, float | None, float | None]:
    """The mean, and how far it and the ends of its interval are from the best answer."""
    mean = mean_interval(*answers)
    if mean is None:
        return None, None, None, None
    return mean.value, BEST - mean.value, max(0.0, BEST - mean.high), min(BEST - 1.0, BEST - mean.low)


def _answers(connection: Connection, scope: Scope, period: Period) -> Mapping[str, _Answers]:
    r = desired_rating.c
    sums = func.count(), func.sum(r.score), func.sum(r.score * r.score)
    query = select(r.stage, *sums).where(*within(desired_rating, scope, period)).group_by(r.stage)
    return {row[0]: _Answers(int(row[1]), float(row[2]), float(row[3])) for row in connection.execute(query)}


def _newest(connection: Connection, scope: Scope) -> Mapping[str, date]:
    r = desired_rating.c
    query = select(r.stage, func.max(r.day)).where(*within(desired_rating, scope)).group_by(r.stage)
    return {row[0]: row[1] for row in connection.execute(query)}
