"""How far customers trust those who serve them: each partner to whom work is given away, and ourselves."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from wallboard.metrics.formulas import change_of, verdict
from wallboard.metrics.question_scores import QuestionAnswers, ScoreSeries, Spans, compared, question_answers, wordings
from wallboard.metrics.scope import Scope
from wallboard.metrics.scores import Question, scored
from wallboard.metrics.states import NOT_MEASURED
from wallboard.store.schema import function, score_day, touchpoint

OURS = ""
_NEVER = Question("", "trust", "", 0, 0)
_NOT_ASKED: dict[str, Any] = {"n": 0, "before_n": 0, "state": NOT_MEASURED} | dict.fromkeys(
    ("score", "low", "high", "unit", "before_score", "difference", "p", "change", "against_ours", "newest_day")
)


@dataclass(frozen=True)
class _Place:
    """Who serves the customer at one touchpoint."""

    touchpoint: str
    name: str
    partner: str
    partner_name: str


@dataclass(frozen=True, slots=True)
class PartnerTrust:
    """How far customers trust one partner ('': ourselves) by one question, in its `unit`, with n, 95 % interval and change.

    state, change: as of what_they_say; `against_ours`: up, down, no change, too few, None of ourselves. Without a question
    nobody was asked.
    """

    survey: str | None
    formula: str | None
    scale_min: float | None
    scale_max: float | None
    wording: str | None
    partner: str
    partner_name: str
    contact_points: str
    n: int
    score: float | None
    low: float | None
    high: float | None
    unit: str | None
    state: str
    before_n: int
    before_score: float | None
    difference: float | None
    p: float | None
    change: str | None
    against_ours: str | None
    newest_day: date | None
    period_start: date
    period_end: date

    @property
    def measure(self) -> str:
        """What was asked about."""
        return "trust"


def trust(connection: Connection, scope: Scope, months: int = 3) -> tuple[PartnerTrust, ...]:
    """How far customers trust those who serve them at a touchpoint: every outsourced partner apart, and our own people.

    A touchpoint is a partner's where its supplier, or its own function, is outsourced; all others are ours (partner ''), as
    one row. What is asked of the company as a whole is in what_they_say and not in here. Scores, state and change as there;
    state is not measured where nobody was asked about trust. `against_ours` says whether customers trust a partner less or more
    than us by the same question: up, down, no change or too few, None of ourselves.

    Grain: one row per question and partner, ours last; one row per partner where trust was never asked about.
    """
    spans = Spans.of(scope, months)
    places = _places(connection)
    by_question: dict[Question, dict[str, list[QuestionAnswers]]] = defaultdict(lambda: defaultdict(list))
    home = {place.touchpoint: place.partner for place in places}
    for row in question_answers(connection, spans, scope, score_day.c.measure == "trust"):
        if row.touchpoint in home:
            by_question[row.question][home[row.touchpoint]].append(row)
    worded = wordings(connection, scope.last_day)
    partners = sorted({(place.partner == OURS, place.partner_name, place.partner) for place in places})
    rows = []
    for question in sorted(by_question) or [_NEVER]:
        plain: dict[str, Any] = question._asdict() if by_question else dict.fromkeys(Question._fields)
        del plain["measure"]
        series = {partner: ScoreSeries.of(answers) for partner, answers in by_question.get(question, {}).items()}
        for _, name, partner in partners:
            points = ", ".join(place.name for place in places if place.partner == partner)
            rows.append(
                PartnerTrust(
                    **plain,
                    **_numbers(scope, question, series, partner),
                    wording=worded.get(question),
                    partner=partner,
                    partner_name=name,
                    contact_points=points,
                    period_start=spans.now.start,
                    period_end=spans.now.end,
                )
            )
    return tuple(rows)


def _numbers(scope: Scope, question: Question, series: dict[str, ScoreSeries], partner: str) -> dict[str, Any]:
    if partner not in series:
        return _NOT_ASKED
    here, ours = series[partner], series.get(OURS)
    against = None if partner == OURS else _against(scope, question, here, ours)
    score, change = scored(scope, question, here.now), compared(scope, question, here)
    return score._asdict() | change._asdict() | {"against_ours": against, "newest_day": here.newest}


def _against(scope: Scope, question: Question, here: ScoreSeries, ours: ScoreSeries | None) -> str:
    enough = ours is not None and min(here.now.n, ours.now.n) >= scope.small_n
    return verdict(change_of(question.formula, ours.now, here.now) if ours and enough else None)


def _places(connection: Connection) -> list[_Place]:
    t = touchpoint.c
    outsourced = {
        row.function: row.name
        for row in connection.execute(select(function.c.function, function.c.name).where(function.c.outsourced))
    }
    places = []
    for row in connection.execute(select(t.touchpoint, t.name, t.supplier, t.function).order_by(t.stage, t.seq, t.touchpoint)):
        partner = next((key for key in (row.supplier, row.function) if key in outsourced), OURS)
        places.append(_Place(row.touchpoint, row.name, partner, outsourced.get(partner, "")))
    return places
