"""What customers say when we ask them: every measure with its question, scale, answers, response rate and change."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection

from wallboard.metrics.facts import sums
from wallboard.metrics.question_scores import (
    NOT_COMPARABLE,
    Compared,
    QuestionAnswers,
    ScoreSeries,
    Spans,
    compared,
    question_answers,
    wordings,
)
from wallboard.metrics.scope import Scope
from wallboard.metrics.scores import Question, scored
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED, TOO_FEW
from wallboard.store.schema import invitation_day

UNKNOWN = "unknown"
_ORDER = ("NPS", "CSAT", "CES", "trust", "rating")
_Series = dict[tuple[str, Question], ScoreSeries]


class _Response(NamedTuple):
    invited: int | None = None
    eligible: int | None = None
    completed: int | None = None
    partial: int | None = None
    response_rate: float | None = None
    response_state: str = UNKNOWN


@dataclass(frozen=True, slots=True)
class QuestionScore:
    """One question's score in its `unit` (points, share, mean) with n, 95 % interval, response rate (a share) and change.

    kind: relationship, transactional. state: measured, too few, no cases, not measured; change: up, down, no change, too few, not
    comparable, not asked before; response_state: measured, too few, no cases, unknown.
    """

    kind: str
    survey: str
    measure: str
    formula: str
    scale_min: float
    scale_max: float
    wording: str | None
    n: int
    score: float | None
    low: float | None
    high: float | None
    unit: str
    state: str
    before_n: int
    before_score: float | None
    difference: float | None
    p: float | None
    change: str
    invited: int | None
    eligible: int | None
    completed: int | None
    partial: int | None
    response_rate: float | None
    response_state: str
    newest_day: date
    period_start: date
    period_end: date


def what_they_say(connection: Connection, scope: Scope, months: int = 3) -> tuple[QuestionScore, ...]:
    """Every question's score over the months that end with the last complete day, its interval, response rate and change.

    Never put together: two formulas, two scales, two wordings, and what is asked of the whole relationship (kind) with what is
    asked after one contact. Scores, intervals and state as in scores. `change` is up or down only where chance alone would do
    that less than 1 time in 20 (p), against as many months before; else no change, too few, not comparable (the wording, scale
    or formula was another one), not asked before. response_rate is AAPOR RR1: completed of the invited that could be reached
    (`eligible`), partial answers apart; response_state: measured, too few, no cases (nobody could be reached), unknown (no
    invitations are loaded of these months). `wording` is None where it is not known.

    Grain: one row per survey, measure, formula, scale and kind.
    """
    spans = Spans.of(scope, months)
    every, worded = _series(connection, spans, scope), wordings(connection, scope.last_day)
    responses = _responses(connection, scope, spans)
    rows = []
    for (kind, question), series in every.items():
        key = kind, question
        siblings = [other for its, other in every.items() if its != key and _alike(its, key)]
        if not series.now.n and any(sibling.now.n for sibling in siblings):
            continue
        score = scored(scope, question, series.now)
        change = compared(scope, question, series, siblings)
        if score.state == NOT_MEASURED:
            change = Compared(change.before_n, None, None, None, NOT_COMPARABLE)
        response = responses.get(question.survey, _Response())
        identity = question._asdict() | {"kind": kind, "wording": worded.get(question)}
        dated = {"newest_day": series.newest, "period_start": spans.now.start, "period_end": spans.now.end}
        rows.append(QuestionScore(**identity, **score._asdict(), **change._asdict(), **response._asdict() | dated))
    return tuple(sorted(rows, key=_rank))


def _series(connection: Connection, spans: Spans, scope: Scope) -> _Series:
    apart: dict[tuple[str, Question], list[QuestionAnswers]] = defaultdict(list)
    for row in question_answers(connection, spans, scope):
        apart["transactional" if row.stage or row.touchpoint else "relationship", row.question].append(row)
    return {key: ScoreSeries.of(rows) for key, rows in apart.items()}


def _alike(key: tuple[str, Question], other: tuple[str, Question]) -> bool:
    """One survey's measure, asked by another formula or on another scale."""
    return (key[0], *key[1][:2]) == (other[0], *other[1][:2])


def _rank(row: QuestionScore) -> tuple[str | int | float, ...]:
    measure = _ORDER.index(row.measure) if row.measure in _ORDER else len(_ORDER)
    return row.kind, measure, -row.n, row.survey, row.formula, row.scale_min, row.scale_max


def _responses(connection: Connection, scope: Scope, spans: Spans) -> dict[str, _Response]:
    """How many were invited to each survey in these months, and answered."""
    of = ("invited", "ineligible", "completed", "partial")
    return {row.survey: _rate(scope, row) for _, row in sums(connection, invitation_day, scope, [spans.now], ["survey"], of)}


def _rate(scope: Scope, row: Any) -> _Response:
    invited, completed = int(row.invited), int(row.completed)
    eligible = invited - int(row.ineligible)
    state = NO_CASES if eligible <= 0 else TOO_FEW if eligible < scope.small_n else MEASURED
    return _Response(invited, eligible, completed, int(row.partial), completed / eligible if state == MEASURED else None, state)
