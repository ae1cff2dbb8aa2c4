"""What customers answer when we ask: each score with its n and its interval."""

from collections import defaultdict
from datetime import timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from wallboard.metrics.facts import at_stage, sums
from wallboard.metrics.frames import MEASURED, NO_CASES, NOT_MEASURED, TOO_FEW, tidy
from wallboard.metrics.scope import Period, Scope, rolling_months
from wallboard.metrics.scope import months as last_months
from wallboard.metrics.statistics import Interval, mean_interval, nps, wilson
from wallboard.store.schema import score_day

_Question = tuple[str, str, float, float]
_UNIT = {"NPS": "points", "CSAT": "share"}


def scores(
    connection: Connection, scope: Scope, stage: str | None = None, touchpoint: str | None = None, months: int = 3
) -> pd.DataFrame:
    """Each survey's score over the months that end with the last complete day, with n and a 95 % interval.

    NPS in points (−100..+100, adjusted-Wald band; only on a 0–10 scale), CSAT as the share of top-2-box answers (Wilson),
    CES and rating as a mean (t). state: measured, too few (below the small-n limit: n only), no cases (asked in the last year,
    nobody answered in these months), not measured (an NPS on another scale). An empty frame: never asked here.

    Grain: one row per survey, measure and scale.
    Columns: survey, measure, n, score, low, high, unit, scale_min, scale_max, newest_day, period_start, period_end, state
    """
    period = rolling_months(scope, months)
    before = Period(min(rolling_months(scope, 12).start, period.start), period.start - timedelta(days=1), "", True)
    rows = []
    for question, answers in sorted(_answers(connection, scope, [before, period], stage, touchpoint).items()):
        dated = {"period_start": period.start, "period_end": period.end}
        newest = max(row.newest for row in answers.values())
        rows.append({**_scored(scope, question, answers.get(period)), **dated, "newest_day": newest})
    return tidy(rows, scores)


def score_trend(
    connection: Connection, scope: Scope, stage: str | None = None, touchpoint: str | None = None, months: int = 13
) -> pd.DataFrame:
    """Each survey's score month by month, on the same terms as scores. An incomplete month is drawn but never judged.

    Grain: one row per survey, measure, scale and calendar month, oldest month first; the last one may be incomplete.
    Columns: survey, measure, month, period_name, n, score, low, high, unit, scale_min, scale_max, complete, state
    """
    periods = last_months(scope, months)
    rows = []
    for question, answers in sorted(_answers(connection, scope, periods, stage, touchpoint).items()):
        for period in periods:
            dated = {"month": period.start, "period_name": period.name, "complete": period.complete}
            rows.append({**_scored(scope, question, answers.get(period)), **dated})
    return tidy(rows, score_trend)


def _answers(
    connection: Connection, scope: Scope, periods: list[Period], stage: str | None, touchpoint: str | None
) -> dict[_Question, dict[Period, Any]]:
    there = at_stage(score_day, stage) + ([] if touchpoint is None else [score_day.c.touchpoint == touchpoint])
    by, of = ("survey", "measure", "scale_min", "scale_max"), ("n", "total", "squares", "high", "low", "newest")
    answers: dict[_Question, dict[Period, Any]] = defaultdict(dict)
    for period, row in sums(connection, score_day, scope, periods, by, of, *there):
        answers[row.survey, row.measure, row.scale_min, row.scale_max][period] = row
    return answers


def _scored(scope: Scope, question: _Question, added: Any | None) -> dict[str, Any]:
    survey, measure, low, high = question
    n = int(added.n) if added else 0
    found, state = None, MEASURED
    if measure == "NPS" and (low, high) != (0, 10):
        state = NOT_MEASURED
    elif n < scope.small_n:
        state = TOO_FEW if n else NO_CASES
    else:
        found = _interval(measure, n, added)
    return {
        "survey": survey,
        "measure": measure,
        "n": n,
        "score": found.value if found else None,
        "low": found.low if found else None,
        "high": found.high if found else None,
        "unit": _UNIT.get(measure, "mean"),
        "scale_min": low,
        "scale_max": high,
        "state": state,
    }


def _interval(measure: str, n: int, added: Any) -> Interval | None:
    up, down = int(added.high), int(added.low)
    if measure == "NPS":
        found = nps(up, n - up - down, down)
        return Interval(found.score, found.low, found.high) if found else None
    return wilson(up, n) if measure == "CSAT" else mean_interval(n, float(added.total), float(added.squares))
