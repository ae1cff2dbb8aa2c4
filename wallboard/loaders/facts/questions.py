"""Every question as it was asked: its newest wording, its scale and formula, and from when to when it was answered so.

A survey whose wording has changed starts anew: `first_day` is the first day of the newest wording. Wordings that were asked side
by side, as translations are, are one question from its first answer on.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from sqlalchemy import Connection, delete, func, select, true, tuple_

from wallboard.loaders.feed import Facts
from wallboard.settings import Room
from wallboard.store.schema import question, survey_response
from wallboard.store.write import Written, insert_rows, read_frame

_R = survey_response.c
KEY = ["survey", "measure", "formula", "scale_min", "scale_max"]


def _refresh(connection: Connection, written: Written, room: Room) -> None:
    touched = written.touched_rows(KEY).drop_duplicates()
    if len(touched):
        count_questions(connection, [tuple(row) for row in touched.itertuples(index=False, name=None)])


def count_questions(connection: Connection, keys: Sequence[tuple[Any, ...]] | None = None) -> None:
    """Describe the questions of these keys anew; all of them for None."""
    by = [_R[name] for name in KEY]
    theirs = [true() if keys is None else tuple_(*columns).in_(keys) for columns in ([question.c[name] for name in KEY], by)]
    connection.execute(delete(question).where(theirs[0]))
    spans = [func.min(_R.day).label("first_day"), func.max(_R.day).label("last_day"), func.count().label("answers")]
    counted = (_R.score.is_not(None), _R.complete, ~_R.test, theirs[1])
    asked = read_frame(connection, select(*by, _R.wording, *spans).where(*counted).group_by(*by, _R.wording))
    for _, wordings in asked.groupby(KEY):
        insert_rows(connection, question, _newest(wordings))


def _newest(wordings: pd.DataFrame) -> pd.DataFrame:
    """One row: the newest wording of one question; answers without a wording say nothing about it."""
    said = wordings[wordings["wording"].notna()].sort_values(["last_day", "answers", "wording"])
    newest, others = (said if len(said) else wordings).tail(1), said.iloc[:-1]
    first = newest["first_day"].iloc[0]
    if others.empty or (others["last_day"] > first).any():
        first = wordings["first_day"].min()
    return newest.assign(first_day=first, last_day=wordings["last_day"].max()).drop(columns="answers")


QUESTIONS = Facts((question,), _refresh)
