"""Invitations by the day they were sent: how many were asked, could be reached, and answered."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, select

from wallboard.loaders.counting.days import Within, recount
from wallboard.loaders.counting.declared import Fact
from wallboard.loaders.counting.grains import by_day
from wallboard.settings import Room
from wallboard.store.schema import invitation, invitation_day

_I = invitation.c


def _count(connection: Connection, _room: Room, days: set[date]) -> None:
    recount(connection, invitation_day, days, _by_day)


def _by_day(within: Within) -> Select[Any]:
    by = (_I.day, _I.perimeter, _I.survey)
    return (
        select(
            *by,
            func.count().label("invited"),
            _with("bounced", "ineligible").label("ineligible"),
            _with("completed").label("completed"),
            _with("partial").label("partial"),
        )
        .where(within(_I.day))
        .group_by(*by)
    )


def _with(*outcomes: str) -> ColumnElement[int]:
    return func.sum(case((_I.outcome.in_(outcomes), 1), else_=0))


FACT = Fact(reads=(invitation,), writes=(invitation_day,), version=1, grain=by_day(_I.day), count=_count)
