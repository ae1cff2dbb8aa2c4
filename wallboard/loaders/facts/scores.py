"""Survey scores by day: sums from which every score and its interval follow."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, select

from wallboard.loaders.facts.days import NOT_SAID, Within, dates, recount
from wallboard.loaders.feed import Facts
from wallboard.settings import Room
from wallboard.store.schema import score_day, survey_response
from wallboard.store.write import Written

PROMOTERS, LESS = "promoters less detractors", "high less low"
_R = survey_response.c


def _refresh(connection: Connection, written: Written, room: Room) -> None:
    recount(connection, score_day, dates(written.touched("day")), _scored)


def _boxes() -> ColumnElement[float]:
    """How many boxes at either end of the scale count by the formula; of a good-or-bad scale always one."""
    boxes = _R.scale_max - _R.scale_min + 1
    third = case((boxes == 7, 3), (boxes == 5, 2), (boxes < 3, 1), else_=boxes / 3.0)
    return case((_R.formula == LESS, third), (boxes < 3, 1), (_R.formula == "top-3 share", 3), else_=2)


def _high() -> ColumnElement[bool]:
    """From where an answer counts as high.

    9 for NPS; two or three boxes for a share of the top boxes (two for a mean, which does not ask); 5 to 7 of seven and 4 to 5
    of five for high less low, and on any other scale its upper third, rounded down to whole boxes.
    """
    return _R.score >= case((_R.formula == PROMOTERS, 9), else_=_R.scale_max + 1 - _boxes())


def _low() -> ColumnElement[bool]:
    """Up to where an answer counts as low: 6 for NPS, else as many boxes as count as high."""
    return _R.score <= case((_R.formula == PROMOTERS, 6), else_=_R.scale_min - 1 + _boxes())


def _scored(within: Within) -> Select[Any]:
    places = {column.name: func.coalesce(column, NOT_SAID) for column in (_R.stage, _R.touchpoint)}
    by = [_R.day, _R.perimeter, _R.survey, _R.measure, _R.formula, _R.scale_min, _R.scale_max]
    return (
        select(
            *by,
            *(place.label(name) for name, place in places.items()),
            func.count().label("n"),
            func.sum(_R.score).label("total"),
            func.sum(_R.score * _R.score).label("squares"),
            func.sum(case((_high(), 1), else_=0)).label("high"),
            func.sum(case((_low(), 1), else_=0)).label("low"),
        )
        .where(within(_R.day), _R.score.is_not(None), _R.complete, ~_R.test)
        .group_by(*by, *places.values())
    )


SCORES = Facts((score_day,), _refresh)
