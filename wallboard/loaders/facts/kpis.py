"""KPIs by day, from every source: those that arrive counted, deliveries that kept their day, and order lines on time and in full.

A line of an order is on time and in full (OTIF) where all that was ordered had come by the day the customer asked for; parts
that came by then add up, earlier ones count, and what was promised later excuses nothing. It stands on that day, so what comes
after it changes nothing; a cancelled line is none.
"""

from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, case, cast, func, literal, null, select, union_all

from wallboard.loaders.counting.days import Within, recount
from wallboard.loaders.counting.declared import Fact
from wallboard.loaders.counting.grains import by_day
from wallboard.settings import Room
from wallboard.store.schema import delivery, kpi_day, order_line, touchpoint_kpi

ON_TIME = "on_time"
ON_TIME_NAME = "Delivered by the promised day"
OTIF = "otif"
OTIF_NAME = "On time and in full, by the day asked for"


def _count(connection: Connection, _room: Room, days: set[date]) -> None:
    recount(connection, kpi_day, days, _counted)


def _counted(within: Within) -> Select[Any]:
    both = union_all(_arrived_counted(within), _kept_their_day(within), _in_full(within)).subquery()
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


def _in_full(within: Within) -> Select[Any]:
    o = order_line.c
    here = (o.requested_on, o.perimeter, o.touchpoint)
    came = func.sum(case((o.day <= o.requested_on, func.coalesce(o.delivered, 0.0)), else_=0.0))
    lines = (
        select(*here, case((came >= func.max(o.quantity), 1.0), else_=0.0).label("in_full"))
        .where(within(o.requested_on), o.cancelled.is_(False))
        .group_by(*here, o.source, o.order_no, o.line_no)
        .subquery()
    )
    n = lines.c
    return select(
        n.requested_on,
        n.perimeter,
        n.touchpoint,
        literal(OTIF).label("kpi"),
        literal(OTIF_NAME).label("name"),
        func.sum(n.in_full).label("numerator"),
        (func.count() * 1.0).label("denominator"),
        literal("up").label("better"),
        literal("share").label("unit"),
        cast(null(), kpi_day.c.target.type).label("target"),
    ).group_by(n.requested_on, n.perimeter, n.touchpoint)


FACT = Fact(
    reads=(touchpoint_kpi, delivery, order_line),
    writes=(kpi_day,),
    version=2,
    grain=by_day(touchpoint_kpi.c.day, delivery.c.day, order_line.c.requested_on),
    count=_count,
)
