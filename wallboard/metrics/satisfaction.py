"""What customers say when we ask them: every measure with its question, scale, answers, response rate and change."""

from collections import defaultdict
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from wallboard.metrics.facts import sums
from wallboard.metrics.frames import tidy
from wallboard.metrics.question_scores import NOT_COMPARABLE, ScoreSeries, Spans, compared, question_answers, wordings
from wallboard.metrics.scope import Period, Scope
from wallboard.metrics.scores import Question, scored
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED, TOO_FEW
from wallboard.store.schema import invitation_day

UNKNOWN = "unknown"
_ORDER = ("NPS", "CSAT", "CES", "trust", "rating")
_Series = dict[tuple[str, Question], ScoreSeries]


def what_they_say(connection: Connection, scope: Scope, months: int = 3) -> pd.DataFrame:
    """Every question's score over the months that end with the last complete day, its interval, response rate and change.

    Never put together: two formulas, two scales, two wordings, and what is asked of the whole relationship (kind) with what is
    asked after one contact. Scores, intervals and state as in scores. `change` is up or down only where chance alone would do
    that less than 1 time in 20 (p), against as many months before; else no change, too few, not comparable (the wording, scale
    or formula was another one), not asked before. response_rate is AAPOR RR1: completed of the invited that could be reached
    (`eligible`), partial answers apart; response_state: measured, too few, no cases (nobody could be reached), unknown (no
    invitations are loaded of these months). `wording` is None where it is not known.

    Grain: one row per survey, measure, formula, scale and kind.
    Columns: kind, survey, measure, formula, scale_min, scale_max, wording, n, score, low, high, unit, state, before_n,
    before_score, difference, p, change, invited, eligible, completed, partial, response_rate, response_state, newest_day,
    period_start, period_end
    """
    spans = Spans.of(scope, months)
    series, worded, asked = (
        _series(connection, spans, scope),
        wordings(connection, scope.last_day),
        _asked(connection, scope, spans),
    )
    rows = []
    for (kind, question), said in series.items():
        siblings = [its for key, its in series.items() if key != (kind, question) and _alike(key, (kind, question))]
        if not said.now.n and any(one.now.n for one in siblings):
            continue
        score = scored(scope, question, said.now)
        change = compared(scope, question, said, siblings)
        if score["state"] == NOT_MEASURED:
            change |= {"before_score": None, "difference": None, "p": None, "change": NOT_COMPARABLE}
        dated = {"newest_day": said.newest, "period_start": spans.now.start, "period_end": spans.now.end}
        named = {"kind": kind, **question._asdict(), "wording": worded.get(question)}
        rows.append({**named, **score, **change, **asked.get(question.survey, _nobody()), **dated})
    rows.sort(key=_rank)
    return tidy(rows, what_they_say)


def _series(connection: Connection, spans: Spans, scope: Scope) -> _Series:
    apart: dict[tuple[str, Question], list[Any]] = defaultdict(list)
    for one in question_answers(connection, spans, scope):
        kind = "transactional" if one.stage or one.touchpoint else "relationship"
        apart[kind, one.question].append(one)
    return {key: ScoreSeries.of(found) for key, found in apart.items()}


def _alike(key: tuple[str, Question], other: tuple[str, Question]) -> bool:
    """One survey's measure, asked by another formula or on another scale."""
    return (key[0], *key[1][:2]) == (other[0], *other[1][:2])


def _rank(row: dict[str, Any]) -> tuple[Any, ...]:
    measure = _ORDER.index(row["measure"]) if row["measure"] in _ORDER else len(_ORDER)
    return row["kind"], measure, -row["n"], row["survey"], row["formula"], row["scale_min"], row["scale_max"]


def _asked(connection: Connection, scope: Scope, spans: Spans) -> dict[str, dict[str, Any]]:
    """How many were invited to each survey in these months, and answered."""
    periods: list[Period] = [spans.now]
    of = ("invited", "ineligible", "completed", "partial")
    return {row.survey: _rate(scope, row) for _, row in sums(connection, invitation_day, scope, periods, ["survey"], of)}


def _rate(scope: Scope, row: Any) -> dict[str, Any]:
    invited, completed = int(row.invited), int(row.completed)
    eligible = invited - int(row.ineligible)
    state = NO_CASES if eligible <= 0 else TOO_FEW if eligible < scope.small_n else MEASURED
    return {
        "invited": invited,
        "eligible": eligible,
        "completed": completed,
        "partial": int(row.partial),
        "response_rate": completed / eligible if state == MEASURED else None,
        "response_state": state,
    }


def _nobody() -> dict[str, Any]:
    return dict.fromkeys(("invited", "eligible", "completed", "partial", "response_rate")) | {"response_state": UNKNOWN}
