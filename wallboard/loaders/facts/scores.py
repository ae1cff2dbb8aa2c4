"""Survey scores by day: sums from which every score and its interval follow."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, false, func, or_, select

from wallboard.loaders.counting.days import NOT_SAID, Within, recount
from wallboard.loaders.counting.declared import Fact
from wallboard.loaders.counting.grains import by_day
from wallboard.scales import ends
from wallboard.settings import Room
from wallboard.store.schema import score_day, survey_response

_R = survey_response.c
_KIND = (_R.formula, _R.scale_min, _R.scale_max)


def _count(connection: Connection, _room: Room, days: set[date]) -> None:
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


FACT = Fact(reads=(survey_response,), writes=(score_day,), version=1, grain=by_day(_R.day), count=_count)
