"""Invitations by the day they were sent: how many were asked, could be reached, and answered."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, select

from wallboard.loaders.facts.days import Within, dates, recount
from wallboard.loaders.feed import Facts
from wallboard.settings import Room
from wallboard.store.schema import invitation, invitation_day
from wallboard.store.write import Written

_I = invitation.c


def _refresh(connection: Connection, written: Written, room: Room) -> None:
    recount(connection, invitation_day, dates(written.touched("day")), _asked)


def _asked(within: Within) -> Select[Any]:
    by = (_I.day, _I.perimeter, _I.survey)
    return (
        select(
            *by,
            func.count().label("invited"),
            _count("bounced", "ineligible").label("ineligible"),
            _count("completed").label("completed"),
            _count("partial").label("partial"),
        )
        .where(within(_I.day))
        .group_by(*by)
    )


def _count(*outcomes: str) -> ColumnElement[int]:
    return func.sum(case((_I.outcome.in_(outcomes), 1), else_=0))


INVITATIONS = Facts((invitation_day,), _refresh)
