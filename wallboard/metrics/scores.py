"""What customers answer when we ask: each score with its n and its interval."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, NamedTuple

import pandas as pd
from sqlalchemy import Connection

from wallboard.metrics.facts import at_stage, sums
from wallboard.metrics.formulas import UNITS, Answers, floor_of, score_of
from wallboard.metrics.frames import tidy
from wallboard.metrics.scope import Period, Scope, rolling_months
from wallboard.metrics.scope import months as last_months
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED, TOO_FEW, Judgement, judged
from wallboard.scales import MEAN
from wallboard.store.schema import score_day

QUESTION = ("survey", "measure", "formula", "scale_min", "scale_max")
SUMS = ("n", "total", "squares", "high", "low")


class Question(NamedTuple):
    """What makes answers comparable: one survey, what it measures, by which formula, on which scale."""

    survey: str
    measure: str
    formula: str
    scale_min: float
    scale_max: float


def scores(
    connection: Connection, scope: Scope, stage: str | None = None, touchpoint: str | None = None, months: int = 3
) -> pd.DataFrame:
    """Each survey's score over the months that end with the last complete day, with n and a 95 % interval.

    Each by the formula that its source declares, and never put together with another one: points (NPS, only on a 0–10 scale,
    and high less low: −100..+100, adjusted-Wald band), a share of the top boxes (Wilson) or a mean (t); column unit. state:
    measured, too few (below the small-n limit: n only), no cases (asked in the last year, nobody answered in these months),
    not measured (an NPS on another scale). `judged` says what that means by the middle of the scale: good, watch (below it),
    attention (with the whole interval), not measured. An empty frame: never asked here.

    Grain: one row per survey, measure, formula and scale; trust last.
    Columns: survey, measure, formula, n, score, low, high, unit, scale_min, scale_max, newest_day, period_start,
    period_end, state, judged
    """
    period = rolling_months(scope, months)
    before = Period(min(rolling_months(scope, 12).start, period.start), period.start - timedelta(days=1), "", True)
    rows = []
    asked = _answers(connection, scope, [before, period], stage, touchpoint)
    for question, answers in sorted(asked.items(), key=lambda one: (one[0].measure == "trust", one[0])):
        dated = {"period_start": period.start, "period_end": period.end}
        newest = max(row.newest for row in answers.values())
        score = _scored(scope, question, answers.get(period))
        rows.append({**score, **dated, "newest_day": newest, "judged": judged_score(question, score).state})
    return tidy(rows, scores)


def score_trend(
    connection: Connection, scope: Scope, stage: str | None = None, touchpoint: str | None = None, months: int = 13
) -> pd.DataFrame:
    """Each survey's score month by month, on the same terms as scores. An incomplete month is drawn but never judged.

    Grain: one row per survey, measure, formula, scale and calendar month, oldest month first; the last one may be incomplete.
    Columns: survey, measure, formula, month, period_name, n, score, low, high, unit, scale_min, scale_max, complete, state
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
) -> dict[Question, dict[Period, Any]]:
    there = at_stage(score_day, stage) + ([] if touchpoint is None else [score_day.c.touchpoint == touchpoint])
    answers: dict[Question, dict[Period, Any]] = defaultdict(dict)
    for period, row in sums(connection, score_day, scope, periods, QUESTION, [*SUMS, "newest"], *there):
        answers[question_of(row)][period] = row
    return answers


def _scored(scope: Scope, question: Question, added: Any | None) -> dict[str, Any]:
    return {**question._asdict(), **scored(scope, question, Answers.of(added) if added else Answers())}


def judged_score(question: Question, score: Mapping[str, Any], change: str = "") -> Judgement:
    """The state of a score by the middle of its scale, and by its change above it."""
    floor = floor_of(question.formula, question.scale_min, question.scale_max)
    return judged(score["score"], score["low"], score["high"], state=score["state"], floor=floor, change=change)


def question_of(row: Any) -> Question:
    """The question of a row of score_day or question."""
    return Question(*(getattr(row, name) for name in QUESTION))


def scored(scope: Scope, question: Question, answers: Answers) -> dict[str, Any]:
    """n, score, low, high, unit and state of the answers to one question."""
    found, state = None, MEASURED
    if question.measure == "NPS" and (question.scale_min, question.scale_max) != (0, 10):
        state = NOT_MEASURED
    elif answers.n < scope.small_n:
        state = TOO_FEW if answers.n else NO_CASES
    else:
        found = score_of(question.formula, answers)
        state = MEASURED if found else TOO_FEW if question.formula in UNITS else NOT_MEASURED
    return {
        "n": answers.n,
        "score": found.value if found else None,
        "low": found.low if found else None,
        "high": found.high if found else None,
        "unit": UNITS.get(question.formula, MEAN),
        "state": state,
    }
