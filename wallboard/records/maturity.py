"""How mature a room is, level by level with its evidence, and when a customer was last in it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from wallboard.errors import RuleRefused
from wallboard.records.acting import Acting, needed
from wallboard.store.schema import room_maturity, room_session_step

CUSTOMERS_FROM = 3
"""The level from which on customers are invited."""

LEVELS = {
    1: "leaders meet as planned",
    2: "what is promised is reported, with what and how",
    3: "issues are closed with the customers who brought them",
    4: "the room decides on its few things, and keeps to them",
    5: "results are rewarded, and the room teaches others",
}
"""What each level asks for."""


@dataclass(frozen=True)
class Maturity:
    """How mature a room is, by what evidence, and since when."""

    level: int
    evidence: str
    at: datetime


def assess(act: Acting, perimeter: str, level: int, evidence: str | None) -> int:
    """Say how mature a room is, with the evidence; returns the number of the row."""
    if level not in LEVELS:
        raise RuleRefused("the level", f"{level} is not a level.", "Choose one from 1 to 5.")
    values = {"perimeter": act.part(perimeter), "level": level, "evidence": needed("the evidence", evidence)}
    row = {**values, "at": act.at, "day": act.day(perimeter), "actor": act.actor}
    number = int(act.connection.execute(insert(room_maturity).values(**row).returning(room_maturity.c.id)).scalar_one())
    act.audited("room_maturity", number, "assessed", None, row)
    return number


def maturity(connection: Connection, perimeter: str) -> Maturity | None:
    """The newest assessment of a room; None where there is none."""
    m = room_maturity.c
    newest = select(m.level, m.evidence, m.at).where(m.perimeter == perimeter).order_by(m.id.desc()).limit(1)
    row = connection.execute(newest).first()
    return Maturity(*row) if row else None


def last_customer(connection: Connection, now: datetime) -> datetime | None:
    """When a customer was last in a session; None where none ever was."""
    s = room_session_step.c
    came = select(s.at).where(s.kind == "customer_came", s.at <= now).order_by(s.at.desc()).limit(1)
    return connection.scalar(came)
