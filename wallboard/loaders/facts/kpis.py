"""KPIs by day, from every source: those that arrive counted, and deliveries that kept their day."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, case, cast, func, literal, null, select, union_all

from wallboard.loaders.counting.days import Within, recount
from wallboard.loaders.counting.declared import Fact
from wallboard.loaders.counting.grains import by_day
from wallboard.settings import Room
from wallboard.store.schema import delivery, kpi_day, touchpoint_kpi

ON_TIME = "on_time"
ON_TIME_NAME = "Delivered by the promised day"


def _count(connection: Connection, _room: Room, days: set[date]) -> None:
    recount(connection, kpi_day, days, _counted)


def _counted(within: Within) -> Select[Any]:
    both = union_all(_arrived_counted(within), _kept_their_day(within)).subquery()
    b = both.c
    place = (b.day, b.perimeter, b.touchpoint, b.kpi)
    return select(
        *place,
        func.max(b.name).label("name"),
        func.sum(b.numerator).label("numerator"),
        func.sum(b.denominator).label("denominator"),
        func.max(b.better).label("better"),
        func.max(b.unit).label("unit"),
        func.max(b.target).label("target"),
    ).group_by(*place)


def _arrived_counted(within: Within) -> Select[Any]:
    k = touchpoint_kpi.c
    return select(k.day, k.perimeter, k.touchpoint, k.kpi, k.name, k.numerator, k.denominator, k.better, k.unit, k.target).where(
        within(k.day)
    )


def _kept_their_day(within: Within) -> Select[Any]:
    d = delivery.c
    return (
        select(
            d.day,
            d.perimeter,
            d.touchpoint,
            literal(ON_TIME).label("kpi"),
            literal(ON_TIME_NAME).label("name"),
            func.sum(case((d.day <= d.promised_day, 1.0), else_=0.0)).label("numerator"),
            (func.count() * 1.0).label("denominator"),
            literal("up").label("better"),
            literal("share").label("unit"),
            cast(null(), kpi_day.c.target.type).label("target"),
        )
        .where(within(d.day), d.day.is_not(None))
        .group_by(d.day, d.perimeter, d.touchpoint)
    )


FACT = Fact(
    reads=(touchpoint_kpi, delivery),
    writes=(kpi_day,),
    version=1,
    grain=by_day(touchpoint_kpi.c.day, delivery.c.day),
    count=_count,
)
