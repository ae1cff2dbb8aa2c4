"""The roll-out of the room: in which phase each part of the business is, and which share of customers and value that covers."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from wallboard.lifecycle.rollout import PHASES
from wallboard.metrics.parts import customer_parts
from wallboard.metrics.scope import Scope
from wallboard.store.schema import rollout, rollout_step

COVERED = ("pilot", "deployed")
"""The phases in which a part of the business works with the room."""

READS = ("rollout", "rollout_step", "customer_month", "customer_movement")
"""The tables behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RolloutPart:
    """One part of the business; phase: aware, pilot, deployed, or None where the roll-out has not begun.

    customers, value: at the close of the last complete month, as in CustomerPeriod; None where nobody was there, or the value of
    nobody is known. customers_share, value_share: of all parts in scope, 0 to 1; None where the whole is not known.
    """

    perimeter: str
    phase: str | None
    since: date | None
    customers: int | None
    value: float | None
    customers_share: float | None
    value_share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The shares of customers and of their value in parts that work with the room, 0 to 1; None where it is not known."""

    customers: float | None
    value: float | None


def rollout_parts(connection: Connection, scope: Scope) -> tuple[RolloutPart, ...]:
    """Every part of the business, the one that is furthest at the top.

    Grain: one row per perimeter that has no parts of its own.
    """
    phases = _phases(connection, scope)
    closing = {row.part: row for row in customer_parts(connection, scope, by="perimeter")}
    everybody = sum(row.closing for row in closing.values())
    worths = [row.closing_value for row in closing.values()]
    worth = sum(value for value in worths if value is not None) if None not in worths else None
    rows = []
    for perimeter in scope.perimeters:
        phase, since = phases.get(perimeter, (None, None))
        part = closing.get(perimeter)
        customers, value = (part.closing, part.closing_value) if part else (None, None)
        share = customers / everybody if customers is not None and everybody else None
        of_value = value / worth if value is not None and worth else None
        shares = {"customers_share": share, "value_share": of_value}
        rows.append(RolloutPart(perimeter=perimeter, phase=phase, since=since, customers=customers, value=value, **shares))
    order = [None, *PHASES]
    return tuple(sorted(rows, key=lambda row: (-order.index(row.phase), row.since or date.max, row.perimeter)))


def coverage(rows: tuple[RolloutPart, ...]) -> Coverage:
    """What the parts in a pilot and those that are deployed cover together; `rows` as rollout_parts gives them."""
    covered = [row for row in rows if row.phase in COVERED]
    return Coverage(
        customers=sum(row.customers_share or 0.0 for row in covered) if any(row.customers_share for row in rows) else None,
        value=sum(row.value_share or 0.0 for row in covered) if any(row.value_share for row in rows) else None,
    )


def _phases(connection: Connection, scope: Scope) -> dict[str, tuple[str, date]]:
    s = rollout_step.c
    chosen = select(rollout.c.perimeter, s.kind, s.day).join(rollout_step, s.rollout == rollout.c.id)
    rows = connection.execute(chosen.where(s.kind.in_([*PHASES]), s.at <= scope.as_of).order_by(s.seq))
    return {row.perimeter: (row.kind, row.day) for row in rows}
