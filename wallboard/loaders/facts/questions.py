"""Every question as it was asked: its newest wording, its scale and formula, and from when to when it was answered so.

A survey whose wording has changed starts anew: `first_day` is the first day of the newest wording. Wordings that were asked side
by side, as translations are, are one question from its first answer on.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
from sqlalchemy import Connection, delete, func, select, tuple_

from wallboard.loaders.counting.declared import Change, Fact, Grain
from wallboard.settings import Room
from wallboard.store.portions import in_portions
from wallboard.store.schema import question, survey_response
from wallboard.store.write import insert_rows, read_frame

_R = survey_response.c
KEY = ["survey", "measure", "formula", "scale_min", "scale_max"]
AT_ONCE = 200

Keys = Sequence[tuple[Any, ...]]
"""Questions by the values of KEY."""


def _touched(change: Change) -> Keys | None:
    touched = change.written.touched_rows(KEY).drop_duplicates()
    return list(touched.itertuples(index=False, name=None)) or None


def _batches(connection: Connection, _room: Room) -> Iterator[Keys]:
    every = connection.execute(select(*(_R[name] for name in KEY)).distinct())
    return in_portions(map(tuple, every), AT_ONCE)


def _count(connection: Connection, _room: Room, keys: Keys) -> None:
    by = [_R[name] for name in KEY]
    theirs = [tuple_(*columns).in_(keys) for columns in ([question.c[name] for name in KEY], by)]
    connection.execute(delete(question).where(theirs[0]))
    spans = [func.min(_R.day).label("first_day"), func.max(_R.day).label("last_day"), func.count().label("answers")]
    counted = (_R.score.is_not(None), _R.complete, ~_R.test, theirs[1])
    spans_asked = read_frame(connection, select(*by, _R.wording, *spans).where(*counted).group_by(*by, _R.wording))
    for _, wordings in spans_asked.groupby(KEY):
        insert_rows(connection, question, _newest(wordings))


def _newest(wordings: pd.DataFrame) -> pd.DataFrame:
    """One row: the newest wording of one question; answers without a wording say nothing about it."""
    worded = wordings[wordings["wording"].notna()].sort_values(["last_day", "answers", "wording"])
    newest, others = (worded if len(worded) else wordings).tail(1), worded.iloc[:-1]
    first = newest["first_day"].iloc[0]
    if others.empty or (others["last_day"] > first).any():
        first = wordings["first_day"].min()
    return newest.assign(first_day=first, last_day=wordings["last_day"].max()).drop(columns="answers")


FACT = Fact(reads=(survey_response,), writes=(question,), version=1, grain=Grain("questions", _touched, _batches), count=_count)
