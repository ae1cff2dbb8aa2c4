"""What was relayed to the room: what waits for a verdict, what a relayer has brought, and what was turned away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, func, select

from wallboard.errors import NotFound
from wallboard.lifecycle.forms import LARGEST
from wallboard.store.schema import evidence, intake, intake_function, issue, user_account, verdict
from wallboard.store.schema.issues import ADMITTED


@dataclass(frozen=True)
class Intake:
    """One thing that somebody relayed; `verdict` is None while the room has not judged it, `issue` what it became."""

    number: int
    title: str
    day: date
    actor: int
    by: str
    perimeter: str
    effect: str
    stage: str | None
    touchpoint: str | None
    issue_type: str | None
    contacts: int | None
    value: float | None
    words: str | None
    recording: str | None
    kind: str | None
    channel: str | None
    said_by: str | None
    said_at: datetime | None
    verdict: str | None
    why: str | None
    judged_on: date | None
    judged_by: int | None
    issue: int | None
    functions: tuple[str, ...]


def to_judge(connection: Connection, perimeters: Iterable[str]) -> list[Intake]:
    """What waits for a verdict in some leaf perimeters, oldest first."""
    return _intakes(connection, intake.c.perimeter.in_([*perimeters]) & verdict.c.verdict.is_(None))


def relayed_by(connection: Connection, someone: int, most: int = 50) -> list[Intake]:
    """What a user has brought, newest first."""
    intakes = _intakes(connection, intake.c.actor == someone, newest=most)
    return sorted(intakes, key=lambda entry: -entry.number)


def one_intake(connection: Connection, number: int) -> Intake:
    """An intake by number; raises NotFound."""
    intakes = _intakes(connection, intake.c.id == number) if number <= LARGEST else []
    if not intakes:
        raise NotFound("what was relayed", f"there is no number {number}.", "Choose one from the list.")
    return intakes[0]


def turned_away(connection: Connection, perimeters: Iterable[str]) -> dict[str, int]:
    """How many intakes got each verdict but admission."""
    counted = select(verdict.c.verdict, func.count().label("times")).join(intake, intake.c.id == verdict.c.intake)
    chosen = counted.where(verdict.c.verdict != ADMITTED, intake.c.perimeter.in_([*perimeters])).group_by(verdict.c.verdict)
    return {row.verdict: row.times for row in connection.execute(chosen)}


def _intakes(connection: Connection, where: ColumnElement[bool], newest: int | None = None) -> list[Intake]:
    i, e, v = intake.c, evidence.c, verdict.c
    place = [
        i[name] for name in ("title", "day", "actor", "perimeter", "effect", "stage", "touchpoint", "issue_type", "contacts")
    ]
    proof = (e.words, e.recording, e.kind, e.channel, e.said_by, e.occurred_at.label("said_at"))
    judged = (v.verdict, v.why, v.day.label("judged_on"), v.actor.label("judged_by"), issue.c.id.label("issue"))
    columns = (i.id.label("number"), *place, i.value_at_stake.label("value"), user_account.c.name.label("by"), *proof, *judged)
    joined = select(*columns).join(user_account, user_account.c.id == i.actor).join(evidence, e.id == i.evidence, isouter=True)
    chosen = joined.join(verdict, v.intake == i.id, isouter=True).join(issue, issue.c.intake == i.id, isouter=True).where(where)
    order = i.id if newest is None else i.id.desc()
    rows = connection.execute(chosen.order_by(order).limit(newest)).mappings().all()
    functions = _functions(connection, [row["number"] for row in rows])
    return [
        Intake(
            **{**row, "value": None if row["value"] is None else float(row["value"])},
            functions=functions.get(row["number"], ()),
        )
        for row in rows
    ]


def _functions(connection: Connection, numbers: list[int]) -> dict[int, tuple[str, ...]]:
    chosen = select(intake_function).where(intake_function.c.intake.in_(numbers)).order_by(intake_function.c.function)
    functions: dict[int, tuple[str, ...]] = {}
    for row in connection.execute(chosen):
        functions[row.intake] = (*functions.get(row.intake, ()), row.function)
    return functions
