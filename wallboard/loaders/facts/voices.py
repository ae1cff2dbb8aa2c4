"""What was said by day, and complaints that arrived and were solved by day."""

from typing import Any

from sqlalchemy import Connection, Select, case, func, literal, select, union_all

from wallboard.loaders.facts.days import NOT_SAID, Within, dates, recount
from wallboard.loaders.feed import Facts
from wallboard.settings import Room
from wallboard.store.schema import issue_day, voice, voice_day
from wallboard.store.write import Written


def _refresh(connection: Connection, written: Written, room: Room) -> None:
    days = dates(written.touched("day"))
    recount(connection, voice_day, days, _said)
    recount(connection, issue_day, days | dates(written.touched("solved_day")), _arrived_and_solved)


def _said(within: Within) -> Select[Any]:
    v = voice.c
    places = {column.name: func.coalesce(column, NOT_SAID) for column in (v.stage, v.touchpoint, v.issue_type)}
    return (
        select(
            v.day,
            v.perimeter,
            *(place.label(name) for name, place in places.items()),
            v.heard_through,
            func.count().label("voices"),
            func.sum(case((v.complaint, 1), else_=0)).label("complaints"),
            func.sum(case((func.coalesce(v.words, NOT_SAID) != NOT_SAID, 1), else_=0)).label("with_words"),
        )
        .where(within(v.day))
        .group_by(v.day, v.perimeter, *places.values(), v.heard_through)
    )


def _arrived_and_solved(within: Within) -> Select[Any]:
    v = voice.c
    arrived = select(v.day.label("day"), v.perimeter, literal(1).label("arrived"), literal(0).label("solved"))
    solved = select(v.solved_day.label("day"), v.perimeter, literal(0).label("arrived"), literal(1).label("solved"))
    both = union_all(
        arrived.where(v.complaint, within(v.day)), solved.where(v.complaint, v.solved_day.is_not(None), within(v.solved_day))
    ).subquery()
    counts = (func.sum(both.c.arrived).label("arrived"), func.sum(both.c.solved).label("solved"))
    return select(both.c.day, both.c.perimeter, *counts).group_by(both.c.day, both.c.perimeter)


VOICES = Facts((voice_day, issue_day), _refresh)
