"""Survey scores by day: sums from which every score and its interval follow."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, delete, false, func, insert, or_, select, update

from wallboard.loaders.facts.days import NOT_SAID, Within, dates, recount
from wallboard.loaders.facts.questions import count_questions
from wallboard.loaders.feed import Facts
from wallboard.scales import MEAN, PROMOTERS, TOP_2, ends, usual_share
from wallboard.settings import Room
from wallboard.store.schema import score_day, store_mark, survey_response
from wallboard.store.write import Written

_R = survey_response.c
_KIND = (_R.formula, _R.scale_min, _R.scale_max)
_MARK, _MADE_BY = "scores", "2"
"""The remark in the store by which boxes its scores were counted; raised when they are counted in another way."""


def usual_formula(measure: str, lowest: float, highest: float) -> str | None:
    """How a measure is scored where its source names no formula: on satisfaction and trust the scale decides.

    None where nothing is usual: on other scales, and of effort (CES), of which four formulas circulate.
    """
    if measure in ("CSAT", "trust"):
        return usual_share(lowest, highest)
    return {"NPS": PROMOTERS, "rating": MEAN}.get(measure)


def follow_boxes(connection: Connection, declaring: Iterable[str]) -> bool:
    """Score the answers of an earlier release's store by the boxes of today, once; True if there were any.

    Sources in `declaring` say their formula themselves; of all others the usual one of the scale stands.
    """
    made_by = connection.scalar(select(store_mark.c.value).where(store_mark.c.mark == _MARK))
    if made_by == _MADE_BY:
        return False
    connection.execute(delete(store_mark).where(store_mark.c.mark == _MARK))
    connection.execute(insert(store_mark).values(mark=_MARK, value=_MADE_BY))
    silent, asked = _R.source.not_in(list(declaring)), (_R.measure, _R.scale_min, _R.scale_max)
    old = _R.formula.in_(("", TOP_2))
    for measure, lowest, highest in connection.execute(select(*asked).distinct().where(silent, old)).all():
        formula = usual_formula(measure, lowest, highest)
        its = (silent, old, _R.measure == measure, _R.scale_min == lowest, _R.scale_max == highest)
        if formula:
            connection.execute(update(survey_response).where(*its).values(formula=formula))
    answered = set(connection.scalars(select(_R.day).distinct()))
    _count(connection, answered)
    count_questions(connection)
    return bool(answered)


def _refresh(connection: Connection, written: Written, room: Room) -> None:
    _count(connection, dates(written.touched("day")))


def _count(connection: Connection, days: set[date]) -> None:
    recount(connection, score_day, days, lambda within: _scored(connection, within))


def _ends(connection: Connection, within: Within) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Which answers count as high and which as low, by their formula and scale."""
    high: list[ColumnElement[bool]] = [false()]
    low: list[ColumnElement[bool]] = [false()]
    for kind in connection.execute(select(*_KIND).distinct().where(within(_R.day))).all():
        its = and_(*(column == value for column, value in zip(_KIND, kind, strict=True)))
        from_here, up_to = ends(*kind)
        high.append(and_(its, _R.score >= from_here))
        low.append(and_(its, _R.score <= up_to))
    return or_(*high), or_(*low)


def _scored(connection: Connection, within: Within) -> Select[Any]:
    places = {column.name: func.coalesce(column, NOT_SAID) for column in (_R.stage, _R.touchpoint)}
    by = [_R.day, _R.perimeter, _R.survey, _R.measure, *_KIND]
    high, low = _ends(connection, within)
    return (
        select(
            *by,
            *(place.label(name) for name, place in places.items()),
            func.count().label("n"),
            func.sum(_R.score).label("total"),
            func.sum(_R.score * _R.score).label("squares"),
            func.sum(case((high, 1), else_=0)).label("high"),
            func.sum(case((low, 1), else_=0)).label("low"),
        )
        .where(within(_R.day), _R.score.is_not(None), _R.complete, ~_R.test)
        .group_by(*by, *places.values())
    )


SCORES = Facts((score_day,), _refresh)
