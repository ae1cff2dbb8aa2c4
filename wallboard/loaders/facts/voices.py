"""What was said by day and by week, and complaints that arrived and were solved by day."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Date, Select, case, delete, func, insert, literal, select, union_all

from wallboard.calendar import last_of, monday_of
from wallboard.loaders.counting.days import NOT_SAID, Within, recount
from wallboard.loaders.counting.declared import Fact
from wallboard.loaders.counting.grains import by_day
from wallboard.settings import Room
from wallboard.store.schema import complaint_day, complaint_month, complaint_week, kind_week, source_week, voice, voice_day


def _count(connection: Connection, _room: Room, days: set[date]) -> None:
    recount(connection, voice_day, days, _spoken)
    _by_week(connection, set(map(monday_of, days)))
    recount(connection, complaint_day, days, _arrived_and_solved)
    _by_month(connection, {day.replace(day=1) for day in days})


def _spoken(within: Within) -> Select[Any]:
    v = voice.c
    places = {column.name: func.coalesce(column, NOT_SAID) for column in (v.stage, v.touchpoint, v.issue_type)}
    return (
        select(
            v.day,
            v.perimeter,
            *(place.label(name) for name, place in places.items()),
            v.channel,
            func.count().label("voices"),
            func.sum(case((v.complaint, 1), else_=0)).label("complaints"),
            func.sum(case((func.coalesce(v.words, NOT_SAID) != NOT_SAID, 1), else_=0)).label("with_words"),
        )
        .where(within(v.day))
        .group_by(v.day, v.perimeter, *places.values(), v.channel)
    )


def _by_week(connection: Connection, mondays: set[date]) -> None:
    """Whole weeks out of their days, so that a wall reads one row for seven."""
    d = voice_day.c
    voices, complaints = func.sum(d.voices).label("voices"), func.sum(d.complaints).label("complaints")
    by_type, by_source = [d.perimeter, d.stage, d.touchpoint, d.issue_type], [d.perimeter, d.channel, d.stage, d.touchpoint]
    by_kind = [d.perimeter, d.issue_type]
    for monday in sorted(mondays):
        inside, week = d.day.between(monday, monday + timedelta(days=6)), literal(monday, Date).label("week")
        complained = select(week, *by_type, complaints).where(inside, d.complaints > 0).group_by(*by_type)
        of_kinds = select(week, *by_kind, complaints).where(inside, d.complaints > 0).group_by(*by_kind)
        voiced = select(week, *by_source, voices, complaints, func.max(d.day).label("latest")).where(inside).group_by(*by_source)
        for table, statement in ((complaint_week, complained), (kind_week, of_kinds), (source_week, voiced)):
            connection.execute(delete(table).where(table.c.week == monday))
            connection.execute(insert(table).from_select([c.name for c in statement.selected_columns], statement))


def _by_month(connection: Connection, firsts: set[date]) -> None:
    d, m = complaint_day.c, complaint_month.c
    for first in sorted(firsts):
        sums = func.sum(d.arrived).label("arrived"), func.sum(d.solved).label("solved")
        month = (
            select(literal(first, Date).label("month"), d.perimeter, *sums)
            .where(d.day.between(first, last_of(first)))
            .group_by(d.perimeter)
        )
        connection.execute(delete(complaint_month).where(m.month == first))
        connection.execute(insert(complaint_month).from_select(["month", "perimeter", "arrived", "solved"], month))


def _arrived_and_solved(within: Within) -> Select[Any]:
    v = voice.c
    arrived = select(v.day.label("day"), v.perimeter, literal(1).label("arrived"), literal(0).label("solved"))
    solved = select(v.solved_day.label("day"), v.perimeter, literal(0).label("arrived"), literal(1).label("solved"))
    both = union_all(
        arrived.where(v.complaint, within(v.day)), solved.where(v.complaint, v.solved_day.is_not(None), within(v.solved_day))
    ).subquery()
    counts = (func.sum(both.c.arrived).label("arrived"), func.sum(both.c.solved).label("solved"))
    return select(both.c.day, both.c.perimeter, *counts).group_by(both.c.day, both.c.perimeter)


FACT = Fact(
    reads=(voice,),
    writes=(voice_day, complaint_week, kind_week, source_week, complaint_day, complaint_month),
    version=1,
    grain=by_day(voice.c.day, voice.c.solved_day),
    count=_count,
)
