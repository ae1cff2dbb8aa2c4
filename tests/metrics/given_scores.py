"""Questions as they were asked, and who was asked: what the loaders would have written."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, insert

from tests.metrics import given
from wallboard.store import schema

NOW, BEFORE = date(2026, 6, 10), date(2026, 3, 10)
"""A day in the last three months as of 30 June 2026, and one in the three months before."""


def nps(connection: Connection, day: date, promoters: int, passives: int, detractors: int, **other: Any) -> None:
    """Answers of the whole relationship, at no stage."""
    given.scores(
        connection, day, *[10] * promoters, *[8] * passives, *[3] * detractors, **{"stage": "", "touchpoint": ""} | other
    )


def satisfied(connection: Connection, day: date, yes: int, no: int, **other: Any) -> None:
    """Answers from 1 to 5 after one contact, of which `yes` are in the two best boxes."""
    plain = {"survey": "after delivery", "measure": "CSAT", "scale_min": 1, "scale_max": 5}
    given.scores(connection, day, *[5] * yes, *[2] * no, **plain | other)


def question(connection: Connection, wording: str, first_day: date, **other: Any) -> None:
    plain = {"survey": "relationship", "measure": "NPS", "formula": given.USUAL["NPS"], "scale_min": 0, "scale_max": 10}
    row = plain | {"wording": wording, "first_day": first_day, "last_day": NOW} | other
    connection.execute(insert(schema.question).values(**row))


def invited(connection: Connection, day: date, survey: str, perimeter: str = "north", **counts: int) -> None:
    none = dict.fromkeys(("invited", "ineligible", "completed", "partial"), 0)
    connection.execute(insert(schema.invitation_day).values(day=day, perimeter=perimeter, survey=survey, **none | counts))


def partners(connection: Connection) -> None:
    """Two outsourced functions; the parcel is brought by one, the hotline belongs to the other, the shop is our own."""
    given.journey(connection)
    plain: Mapping[str, Any] = {"customer_facing": True, "outsourced": True}
    given.loaded(
        connection, schema.function, {"function": "haul", "name": "Haul", **plain}, {"function": "ring", "name": "Ring", **plain}
    )
    t = schema.touchpoint
    connection.execute(t.update().where(t.c.touchpoint == "parcel").values(supplier="haul"))
    connection.execute(t.update().where(t.c.touchpoint == "hotline").values(function="ring"))


def trusted(connection: Connection, day: date, touchpoint: str, yes: int, no: int, **other: Any) -> None:
    satisfied(connection, day, yes, no, **{"survey": "trust", "measure": "trust", "touchpoint": touchpoint, "stage": ""} | other)
