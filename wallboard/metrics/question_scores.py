"""The answers to each question in these months and the months before, kept apart by place and by wording."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, case, func, select

from wallboard.metrics.facts import within
from wallboard.metrics.formulas import Answers, change_of, score_of, verdict
from wallboard.metrics.scope import Period, Scope, rolling_months
from wallboard.metrics.scores import QUESTION, SUMS, Question, question_of
from wallboard.store.schema import question as questions
from wallboard.store.schema import score_day

NOT_COMPARABLE, NEW = "not comparable", "not asked before"
_DAY = timedelta(days=1)
_NOW, _BEFORE, _EARLIER = 2, 1, 0


class Spans(NamedTuple):
    """The months that end with the last complete day, as many before them, and the year in which a question is remembered."""

    now: Period
    before: Period
    year: Period

    @classmethod
    def of(cls, scope: Scope, months: int) -> "Spans":
        """Both spans are of whole months by the calendar, whatever day of the month they end on."""
        now, both = rolling_months(scope, months), rolling_months(scope, 2 * months)
        before = Period(both.start, now.start - _DAY, "", True)
        return cls(now, before, Period(min(both.start, rolling_months(scope, 12).start), now.end, "", True))


class Compared(NamedTuple):
    """The months before, and what has changed since: `difference` in the score's unit, `p` of the test of it."""

    before_n: int
    before_score: float | None
    difference: float | None
    p: float | None
    change: str


@dataclass(frozen=True)
class QuestionAnswers:
    """Answers to one question at one place, in one of the spans; `reworded` where it was asked in other words than now."""

    question: Question
    stage: str
    touchpoint: str
    when: int
    reworded: bool
    answers: Answers
    newest: date


@dataclass(frozen=True)
class ScoreSeries:
    """One series of answers: now and before, and whether the question was asked in other words before."""

    now: Answers
    before: Answers
    reworded: bool
    newest: date

    @classmethod
    def of(cls, answered: Sequence[QuestionAnswers]) -> "ScoreSeries":
        """Only answers to the newest wording count; those to an older one are another series."""
        older = all(row.reworded for row in answered)
        same = [row for row in answered if row.reworded == older]
        now, before = (sum((row.answers for row in same if row.when == when), Answers()) for when in (_NOW, _BEFORE))
        reworded = any(row.reworded != older and row.when != _EARLIER for row in answered)
        return cls(now, before, reworded, max(row.newest for row in answered))


def question_answers(connection: Connection, spans: Spans, scope: Scope, *more: ColumnElement[bool]) -> list[QuestionAnswers]:
    """Every question's answers in the year, by place, span and wording."""
    s = score_day.c
    when = case((s.day >= spans.now.start, _NOW), (s.day >= spans.before.start, _BEFORE), else_=_EARLIER).label("span")
    older = case((s.day < questions.c.first_day, 1), else_=0).label("older")
    keys = [s[name] for name in QUESTION]
    scored = score_day.outerjoin(questions, and_(*(s[name] == questions.c[name] for name in QUESTION)))
    sums = [func.sum(s[name]).label(name) for name in SUMS]
    query = select(*keys, s.stage, s.touchpoint, when, older, *sums, func.max(s.day).label("newest")).select_from(scored)
    query = query.where(*within(score_day, scope, spans.year), *more).group_by(*keys, s.stage, s.touchpoint, "span", "older")
    rows = connection.execute(query).all()
    return [QuestionAnswers(question_of(r), r.stage, r.touchpoint, r.span, bool(r.older), Answers.of(r), r.newest) for r in rows]


def wordings(connection: Connection, last_day: date) -> dict[Question, str]:
    """How each question is worded; one that was reworded after the last day had words that are not known any more."""
    known = select(*(questions.c[name] for name in QUESTION), questions.c.wording).where(questions.c.first_day <= last_day)
    return {question_of(row): row.wording for row in connection.execute(known) if row.wording}


def compared(scope: Scope, question: Question, series: ScoreSeries, siblings: Iterable[ScoreSeries] = ()) -> Compared:
    """What has changed since the months before, and whether chance alone would rarely do that (`change`).

    change: up, down, no change, too few (on either side), not comparable (the wording, scale or formula was another one), not
    asked before.
    """
    now, before = series.now, series.before
    other = series.reworded or any(sibling.before.n for sibling in siblings)
    tested = change_of(question.formula, before, now) if min(now.n, before.n) >= scope.small_n else None
    if before.n < scope.small_n and other:
        change = NOT_COMPARABLE
    elif not before.n and now.n:
        change = NEW
    else:
        change = verdict(tested)
    was = score_of(question.formula, before) if before.n >= scope.small_n else None
    return Compared(
        before.n, was.value if was else None, tested.difference if tested else None, tested.p if tested else None, change
    )
