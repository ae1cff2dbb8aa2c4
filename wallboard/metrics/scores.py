"""What customers answer when we ask: each score with its n and its interval."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection

from wallboard.metrics.facts import at_stage, sums
from wallboard.metrics.formulas import UNITS, Answers, floor_of, score_of
from wallboard.metrics.memo import memoised
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


class Scored(NamedTuple):
    """A score with n and 95 % interval in its `unit`: points (−100 to +100), share (0 to 1), mean (on the question's scale)."""

    n: int
    score: float | None
    low: float | None
    high: float | None
    unit: str
    state: str


@dataclass(frozen=True, slots=True)
class SurveyScore:
    """One survey's score over some months, in its `unit` (points, share, mean), with n and 95 % interval.

    `stage` and `touchpoint` say of which place, None: of all.
    state: measured, too few (n only), no cases, not measured; `judged`: good, watch, attention, not measured.
    """

    survey: str
    measure: str
    formula: str
    n: int
    score: float | None
    low: float | None
    high: float | None
    unit: str
    scale_min: float
    scale_max: float
    newest_day: date
    period_start: date
    period_end: date
    state: str
    judged: str
    stage: str | None = None
    touchpoint: str | None = None


@dataclass(frozen=True, slots=True)
class SurveyMonth:
    """One survey's score in one calendar month, in its `unit`. state: measured, too few, no cases, not measured."""

    survey: str
    measure: str
    formula: str
    month: date
    period_name: str
    n: int
    score: float | None
    low: float | None
    high: float | None
    unit: str
    scale_min: float
    scale_max: float
    complete: bool
    state: str


@memoised
def scores(
    connection: Connection, scope: Scope, stage: str | None = None, touchpoint: str | None = None, months: int = 3
) -> tuple[SurveyScore, ...]:
    """Each survey's score over the months that end with the last complete day, with n and a 95 % interval.

    Each by the formula that its source declares, and never put together with another one: points (NPS, only on a 0–10 scale,
    and high less low: −100..+100, adjusted-Wald band), a share of the top boxes (Wilson) or a mean (t); column unit. state:
    measured, too few (below the small-n limit: n only), no cases (asked in the last year, nobody answered in these months),
    not measured (an NPS on another scale). `judged` says what that means by the middle of the scale: good, watch (below it),
    attention (with the whole interval), not measured. No rows: never asked here.

    Grain: one row per survey, measure, formula and scale; trust last.
    """
    period = rolling_months(scope, months)
    before = Period(min(rolling_months(scope, 12).start, period.start), period.start - timedelta(days=1), "", True)
    rows = []
    by_question = _answers(connection, scope, [before, period], stage, touchpoint)
    for question, answers in sorted(by_question.items(), key=lambda item: (item[0].measure == "trust", item[0])):
        score = _scored(scope, question, answers.get(period))
        rows.append(
            SurveyScore(
                **question._asdict(),
                **score._asdict(),
                newest_day=max(row.newest for row in answers.values()),
                period_start=period.start,
                period_end=period.end,
                judged=judged_score(question, score).state,
                stage=stage,
                touchpoint=touchpoint,
            )
        )
    return tuple(rows)


def score_trend(
    connection: Connection, scope: Scope, stage: str | None = None, touchpoint: str | None = None, months: int = 13
) -> tuple[SurveyMonth, ...]:
    """Each survey's score month by month, on the same terms as scores. An incomplete month is drawn but never judged.

    Grain: one row per survey, measure, formula, scale and calendar month, oldest month first; the last one may be incomplete.
    """
    periods = last_months(scope, months)
    rows = []
    for question, answers in sorted(_answers(connection, scope, periods, stage, touchpoint).items()):
        for period in periods:
            score = _scored(scope, question, answers.get(period))
            rows.append(
                SurveyMonth(
                    **question._asdict(),
                    **score._asdict(),
                    month=period.start,
                    period_name=period.name,
                    complete=period.complete,
                )
            )
    return tuple(rows)


def _answers(
    connection: Connection, scope: Scope, periods: list[Period], stage: str | None, touchpoint: str | None
) -> dict[Question, dict[Period, Any]]:
    there = at_stage(score_day, stage) + ([] if touchpoint is None else [score_day.c.touchpoint == touchpoint])
    answers: dict[Question, dict[Period, Any]] = defaultdict(dict)
    for period, row in sums(connection, score_day, scope, periods, QUESTION, [*SUMS, "newest"], *there):
        answers[question_of(row)][period] = row
    return answers


def _scored(scope: Scope, question: Question, added: Any | None) -> Scored:
    return scored(scope, question, Answers.of(added) if added else Answers())


def judged_score(question: Question, score: Scored, change: str = "") -> Judgement:
    """The state of a score by the middle of its scale, and by its change above it."""
    floor = floor_of(question.formula, question.scale_min, question.scale_max)
    return judged(score.score, score.low, score.high, state=score.state, floor=floor, change=change)


def question_of(row: object) -> Question:
    """The question of a row of score_day or question."""
    return Question(*(getattr(row, name) for name in QUESTION))


def scored(scope: Scope, question: Question, answers: Answers) -> Scored:
    """n, score, low, high, unit and state of the answers to one question."""
    score, state = None, MEASURED
    if question.measure == "NPS" and (question.scale_min, question.scale_max) != (0, 10):
        state = NOT_MEASURED
    elif answers.n < scope.small_n:
        state = TOO_FEW if answers.n else NO_CASES
    else:
        score = score_of(question.formula, answers)
        state = MEASURED if score else TOO_FEW if question.formula in UNITS else NOT_MEASURED
    value, low, high = (score.value, score.low, score.high) if score else (None, None, None)
    return Scored(answers.n, value, low, high, UNITS.get(question.formula, MEAN), state)
