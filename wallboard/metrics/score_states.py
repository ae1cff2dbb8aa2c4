"""What the answers of customers say of each place: a state for every question that was asked there."""

from collections import defaultdict

from sqlalchemy import Connection

from wallboard.metrics.question_scores import QuestionAnswers, ScoreSeries, Spans, compared, question_answers
from wallboard.metrics.scope import Scope
from wallboard.metrics.scores import Question, judged_score, scored
from wallboard.metrics.states import ATTENTION, WATCH, Judgement

MONTHS = 3


def score_states(connection: Connection, scope: Scope) -> dict[tuple[str, str], list[Judgement]]:
    """The judgements of each stage and touchpoint ('' where none is said) by the answers of the last three months."""
    apart: dict[tuple[str, str], dict[Question, list[QuestionAnswers]]] = defaultdict(lambda: defaultdict(list))
    for one in question_answers(connection, Spans.of(scope, MONTHS), scope):
        apart[one.stage, one.touchpoint][one.question].append(one)
    return {
        at: [_judged(scope, question, ScoreSeries.of(found)) for question, found in questions.items()]
        for at, questions in apart.items()
    }


def _judged(scope: Scope, question: Question, said: ScoreSeries) -> Judgement:
    found = judged_score(question, scored(scope, question, said.now), compared(scope, question, said)["change"])
    bad = found.state in (ATTENTION, WATCH)
    return Judgement(found.state, f"{question.survey}, {question.measure}: {found.why}" if bad else found.why)
