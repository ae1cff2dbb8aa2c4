"""Survey scores by day: sums from which every score and its interval follow."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, select

from wallboard.loaders.facts.days import NOT_SAID, Within, dates, recount
from wallboard.loaders.feed import Facts
from wallboard.settings import Room
from wallboard.store.schema import score_day, survey_response
from wallboard.store.write import Written

_R = survey_response.c


def _refresh(connection: Connection, written: Written, room: Room) -> None:
    recount(connection, score_day, dates(written.touched("day")), _scored)


def _high() -> ColumnElement[bool]:
    """From where an answer counts as high: 9 for NPS, the top two boxes, three of seven for effort, the better of two."""
    width = _R.scale_max - _R.scale_min
    boxes = case((_R.measure == "NPS", 1), (width <= 1, 0), (and_(_R.measure == "CES", width >= 6), 2), else_=1)
    return _R.score >= _R.scale_max - boxes


def _low() -> ColumnElement[bool]:
    width = _R.scale_max - _R.scale_min
    boxes = case((_R.measure == "NPS", 6), (width <= 1, 0), (and_(_R.measure == "CES", width >= 6), 2), else_=1)
    return _R.score <= _R.scale_min + boxes


def _scored(within: Within) -> Select[Any]:
    places = {column.name: func.coalesce(column, NOT_SAID) for column in (_R.stage, _R.touchpoint)}
    by = [_R.day, _R.perimeter, _R.survey, _R.measure, _R.scale_min, _R.scale_max]
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
