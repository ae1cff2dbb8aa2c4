"""What the answers of customers say of each place: a state for every question that was asked there."""

from collections import defaultdict

from sqlalchemy import Connection

from wallboard.metrics.feed_health import feed_health
from wallboard.metrics.memo import memoised
from wallboard.metrics.question_scores import QuestionAnswers, ScoreSeries, Spans, compared, question_answers
from wallboard.metrics.scope import Scope
from wallboard.metrics.scores import Question, judged_score, scored
from wallboard.metrics.states import ATTENTION, NOT_MEASURED, WATCH, Judgement

MONTHS = 3


@memoised
def score_states(connection: Connection, scope: Scope) -> dict[tuple[str, str], list[Judgement]]:
    """The judgements of each stage and touchpoint ('' where none is said) by the answers of the last three months.

    Nothing is judged while the feed of answers is late, has stopped or collapsed (feed_health).
    """
    may_judge = feed_health(connection, scope, "survey_responses").may_judge
    apart: dict[tuple[str, str], dict[Question, list[QuestionAnswers]]] = defaultdict(lambda: defaultdict(list))
    for row in question_answers(connection, Spans.of(scope, MONTHS), scope):
        apart[row.stage, row.touchpoint][row.question].append(row)
    if not may_judge:
        return {at: [Judgement(NOT_MEASURED, "answers are not judged: look at their source")] for at in apart}
    return {
        at: [_judged(scope, question, ScoreSeries.of(rows)) for question, rows in questions.items()]
        for at, questions in apart.items()
    }


def _judged(scope: Scope, question: Question, series: ScoreSeries) -> Judgement:
    judgement = judged_score(question, scored(scope, question, series.now), compared(scope, question, series).change)
    bad = judgement.state in (ATTENTION, WATCH)
    return Judgement(judgement.state, f"{question.survey}, {question.measure}: {judgement.why}" if bad else judgement.why)
