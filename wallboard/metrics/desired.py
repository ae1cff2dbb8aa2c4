"""How far each stage is from the experience that we want customers to have."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from wallboard.metrics.facts import within
from wallboard.metrics.frames import rows_of, tidy
from wallboard.metrics.journey import stages
from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Period, Scope, rolling_months
from wallboard.metrics.states import MEASURED, NOT_MEASURED, TOO_FEW
from wallboard.metrics.statistics import Interval, mean_interval
from wallboard.store.schema import desired_rating

BEST = 5
"""The answer that says: it is as it should be."""


@memoised
def desired_distance(connection: Connection, scope: Scope, months: int = 3) -> pd.DataFrame:
    """The desired experience of each stage in words, and how far customers find it from that: 0 (just so) to 4 (far from it).

    `distance` = 5 − the mean answer (1 to 5) over the months that end with the last complete day, with its 95 % t-interval
    `nearest` to `farthest`. state: measured, too few (below the small-n limit: n only), not measured (no answer in these
    months; `newest_day` says when the last one came). `desired` is None where nobody has said what we want.

    Grain: one row per stage, in order; none is left out.
    Columns: stage, seq, name, desired, n, mean, distance, nearest, farthest, newest_day, period_start, period_end, state
    """
    period = rolling_months(scope, months)
    answers, newest = _answers(connection, scope, period), _newest(connection, scope)
    rows = []
    for at in rows_of(stages(connection, scope)):
        n, total, squares = answers.get(at["stage"], (0, 0.0, 0.0))
        state = NOT_MEASURED if not n else TOO_FEW if n < max(scope.small_n, 2) else MEASURED
        rows.append(
            {
                **{name: at[name] for name in ("stage", "seq", "name", "desired")},
                **_distance(mean_interval(n, total, squares) if state == MEASURED else None),
                "n": n,
                "newest_day": newest.get(at["stage"]),
                "period_start": period.start,
                "period_end": period.end,
                "state": state,
            }
        )
    return tidy(rows, desired_distance)


def _distance(found: Interval | None) -> dict[str, Any]:
    if found is None:
        return dict.fromkeys(("mean", "distance", "nearest", "farthest"))
    nearest, farthest = max(0.0, BEST - found.high), min(BEST - 1.0, BEST - found.low)
    return {"mean": found.value, "distance": BEST - found.value, "nearest": nearest, "farthest": farthest}


def _answers(connection: Connection, scope: Scope, period: Period) -> Mapping[str, tuple[int, float, float]]:
    r = desired_rating.c
    sums = func.count(), func.sum(r.score), func.sum(r.score * r.score)
    query = select(r.stage, *sums).where(*within(desired_rating, scope, period)).group_by(r.stage)
    return {row[0]: (int(row[1]), float(row[2]), float(row[3])) for row in connection.execute(query)}


def _newest(connection: Connection, scope: Scope) -> Mapping[str, date]:
    r = desired_rating.c
    query = select(r.stage, func.max(r.day)).where(*within(desired_rating, scope)).group_by(r.stage)
    return {row[0]: row[1] for row in connection.execute(query)}
