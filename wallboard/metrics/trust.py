"""How far customers trust those who serve them: each partner to whom work is given away, and ourselves."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from wallboard.metrics.formulas import change_of, verdict
from wallboard.metrics.frames import tidy
from wallboard.metrics.question_scores import QuestionAnswers, ScoreSeries, Spans, compared, question_answers, wordings
from wallboard.metrics.scope import Scope
from wallboard.metrics.scores import Question, scored
from wallboard.metrics.states import NOT_MEASURED
from wallboard.store.schema import function, score_day, touchpoint

OURS = ""
_NEVER = Question("", "trust", "", 0, 0)


@dataclass(frozen=True)
class _Place:
    """Who serves the customer at one contact point."""

    touchpoint: str
    name: str
    partner: str
    partner_name: str


def trust(connection: Connection, scope: Scope, months: int = 3) -> pd.DataFrame:
    """How far customers trust those who serve them at a contact point: every outsourced partner apart, and our own people.

    A contact point is a partner's where its supplier, or its own function, is outsourced; all others are ours (partner ''), as
    one row. What is asked of the company as a whole is in what_they_say and not in here. Scores, state and change as there;
    state is not measured where nobody was asked about trust. `against_ours` says whether customers trust a partner less or more
    than us by the same question: up, down, no change or too few, None of ourselves.

    Grain: one row per question and partner, ours last; one row per partner where trust was never asked about.
    Columns: survey, formula, scale_min, scale_max, wording, partner, partner_name, contact_points, n, score, low, high, unit,
    state, before_n, before_score, difference, p, change, against_ours, newest_day, period_start, period_end
    """
    spans = Spans.of(scope, months)
    places = _places(connection)
    asked: dict[Question, dict[str, list[QuestionAnswers]]] = defaultdict(lambda: defaultdict(list))
    home = {place.touchpoint: place.partner for place in places}
    for one in question_answers(connection, spans, scope, score_day.c.measure == "trust"):
        if one.touchpoint in home:
            asked[one.question][home[one.touchpoint]].append(one)
    worded = wordings(connection, scope.last_day)
    partners = sorted({(place.partner == OURS, place.partner_name, place.partner) for place in places})
    dated = {"period_start": spans.now.start, "period_end": spans.now.end}
    rows = []
    for question in sorted(asked) or [_NEVER]:
        said = {partner: ScoreSeries.of(found) for partner, found in asked.get(question, {}).items()}
        for _, name, partner in partners:
            points = [place.name for place in places if place.partner == partner]
            named = {"partner": partner, "partner_name": name, "contact_points": ", ".join(points), **dated}
            rows.append({**_asked(question, worded), **named, **_scored(scope, question, said, partner)})
    return tidy(rows, trust)


def _asked(question: Question, worded: dict[Question, str]) -> dict[str, Any]:
    plain = {**question._asdict(), "wording": worded.get(question)}
    del plain["measure"]
    return plain if question is not _NEVER else dict.fromkeys(plain)


def _scored(scope: Scope, question: Question, said: dict[str, ScoreSeries], partner: str) -> dict[str, Any]:
    if partner not in said:
        none = ("score", "low", "high", "unit", "before_score", "difference", "p", "change", "against_ours", "newest_day")
        return {"n": 0, "before_n": 0, "state": NOT_MEASURED, **dict.fromkeys(none)}
    here, ours = said[partner], said.get(OURS)
    against = None
    if partner != OURS:
        enough = ours is not None and min(here.now.n, ours.now.n) >= scope.small_n
        against = verdict(change_of(question.formula, ours.now, here.now) if ours and enough else None)
    score = scored(scope, question, here.now) | compared(scope, question, here)
    return {**score, "against_ours": against, "newest_day": here.newest}


def _places(connection: Connection) -> list[_Place]:
    t = touchpoint.c
    outsourced = {
        row.function: row.name
        for row in connection.execute(select(function.c.function, function.c.name).where(function.c.outsourced))
    }
    found = []
    for row in connection.execute(select(t.touchpoint, t.name, t.supplier, t.function).order_by(t.stage, t.seq, t.touchpoint)):
        partner = next((one for one in (row.supplier, row.function) if one in outsourced), OURS)
        found.append(_Place(row.touchpoint, row.name, partner, outsourced.get(partner, "")))
    return found
