"""The roll-out of the room: in which phase each part of the business is, and which share of customers and value that covers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from wallboard.lifecycle.rollout import PHASES, RolloutLife, RolloutStep
from wallboard.lifecycle.sessions import WORKSHOP
from wallboard.lifecycle.team_cycles import CycleLife, CycleStep
from wallboard.lifecycle.team_steps import VOLUNTEER
from wallboard.metrics.parts import customer_parts
from wallboard.metrics.room_lives import function_names, user_names
from wallboard.metrics.scope import Scope
from wallboard.store.lives import taken_steps
from wallboard.store.lookups import functions_of, involved_functions
from wallboard.store.schema import (
    ROLLOUT_STEPS,
    TEAM_STEPS,
    rollout,
    room_session,
    room_session_step,
    team_cycle,
)
from wallboard.store.zones import EVERYTHING

COVERED = ("pilot", "deployed")
"""The phases in which a part of the business works with the room."""

PHASE_STATE = {None: "not measured", "aware": "attention", "pilot": "watch", "deployed": "good"}
"""How a part of the business stands in each phase."""

READS = (
    *("rollout", "rollout_step", "customer_month", "customer_movement", "customer_day", "undated_loss"),
    *("room_session", "room_session_step", "team_cycle", "team_cycle_step"),
    *("function", "touchpoint", "issue_function", "user_account", "mandate"),
)
"""The tables behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RolloutPart:
    """One part of the business; phase: aware, pilot, deployed, or None where the roll-out has not begun.

    customers, value: at the close of the last complete month, as in CustomerPeriod; None where nobody was there, or the value of
    nobody is known. customers_share, value_share: of all parts in scope, 0 to 1; None where the whole is not known.
    aware_on, pilot_on, deployed_on: the day on which each phase began last, None where it never did; `left_out`: why the pilot
    was left out, None where it was not, or where a pilot came after. `coaches`: the names of who coaches there, None for nobody.
    """

    perimeter: str
    phase: str | None
    since: date | None
    customers: int | None
    value: float | None
    customers_share: float | None
    value_share: float | None
    aware_on: date | None = None
    pilot_on: date | None = None
    deployed_on: date | None = None
    left_out: str | None = None
    coaches: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkshopFunction:
    """One function that is part of the solution, and when somebody of it was last in an awareness workshop; None: never."""

    function: str
    name: str
    last_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotTeam:
    """A team of a pilot: how many people are in it, and how many of them volunteered."""

    team: int
    name: str
    members: int
    volunteers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The shares of customers and of their value in parts that work with the room, 0 to 1; None where it is not known."""

    customers: float | None
    value: float | None


def rollout_parts(connection: Connection, scope: Scope) -> tuple[RolloutPart, ...]:
    """Every part of the business, the one that is furthest at the top.

    Grain: one row per perimeter that has no parts of its own.
    """
    lives, names = _lives(connection, scope), user_names(connection)
    closing = {row.part: row for row in customer_parts(connection, scope, by="perimeter")}
    everybody = sum(row.closing for row in closing.values())
    worths = [row.closing_value for row in closing.values()]
    worth = sum(value for value in worths if value is not None) if None not in worths else None
    rows = []
    for perimeter in scope.perimeters:
        life = lives.get(perimeter)
        part = closing.get(perimeter)
        customers, value = (part.closing, part.closing_value) if part else (None, None)
        share = customers / everybody if customers is not None and everybody else None
        of_value = value / worth if value is not None and worth else None
        shares: dict[str, Any] = {"customers_share": share, "value_share": of_value}
        begun: dict[str, Any] = _begun(life, names) if life else {"phase": None, "since": None}
        rows.append(RolloutPart(perimeter=perimeter, customers=customers, value=value, **shares, **begun))
    order = [None, *PHASES]
    return tuple(sorted(rows, key=lambda row: (-order.index(row.phase), row.since or date.max, row.perimeter)))


def coverage(rows: tuple[RolloutPart, ...]) -> Coverage:
    """What the parts in a pilot and those that are deployed cover together; `rows` as rollout_parts gives them."""
    covered = [row for row in rows if row.phase in COVERED]
    return Coverage(
        customers=sum(row.customers_share or 0.0 for row in covered) if any(row.customers_share for row in rows) else None,
        value=sum(row.value_share or 0.0 for row in covered) if any(row.value_share for row in rows) else None,
    )


def workshop_functions(connection: Connection, scope: Scope) -> tuple[WorkshopFunction, ...]:
    """Every function that is part of the solution, those first that were never in an awareness workshop, by name.

    Grain: one row per function.
    """
    reached: dict[str, date] = {}
    for day, users in _workshops(connection, scope).items():
        reached |= dict.fromkeys(functions_of(connection, users), day)
    names = function_names(connection)
    rows = (
        WorkshopFunction(function=key, name=names.get(key, key), last_on=reached.get(key))
        for key in involved_functions(connection)
    )
    return tuple(sorted(rows, key=lambda row: (row.last_on is not None, row.name)))


def pilot_teams(connection: Connection, scope: Scope) -> tuple[PilotTeam, ...]:
    """The teams of pilots, those that are over too, the oldest first.

    Grain: one row per team.
    """
    t = team_cycle.c
    query = select(t.id, t.name).where(
        t.pilot, t.at <= scope.as_of, t.perimeter.in_({*scope.perimeters, *scope.places, EVERYTHING})
    )
    rows = connection.execute(query.order_by(t.at, t.id)).all()
    steps = taken_steps(connection, TEAM_STEPS, CycleStep, [row.id for row in rows], as_of=scope.as_of)
    lives = {number: CycleLife(taken).members.values() for number, taken in steps.items()}
    return tuple(
        PilotTeam(team=row.id, name=row.name, members=len(inside), volunteers=sum(step.how == VOLUNTEER for step in inside))
        for row in rows
        if (inside := lives.get(row.id, ()))
    )


def _workshops(connection: Connection, scope: Scope) -> dict[date, list[int]]:
    """By day of an awareness workshop that was held: who came, the oldest first."""
    s = room_session_step.c
    query = select(s.day, s.user_id).join(room_session, room_session.c.id == s.room_session)
    held = query.where(room_session.c.kind == WORKSHOP, s.kind == "attended", s.at <= scope.as_of, s.user_id.is_not(None))
    came: dict[date, list[int]] = {}
    for row in connection.execute(held.order_by(s.at)):
        came.setdefault(row.day, []).append(row.user_id)
    return came


def _lives(connection: Connection, scope: Scope) -> dict[str, RolloutLife]:
    """By part of the business in which it has begun: its steps by then."""
    r = rollout.c
    begun = connection.execute(select(r.id, r.perimeter).where(r.at <= scope.as_of)).all()
    steps = taken_steps(connection, ROLLOUT_STEPS, RolloutStep, [row.id for row in begun], as_of=scope.as_of)
    return {row.perimeter: RolloutLife(steps[row.id]) for row in begun if row.id in steps}


def _begun(life: RolloutLife, names: Mapping[int, tuple[str, str | None]]) -> dict[str, Any]:
    taken = life.of(*PHASES)
    piloted = any(step.kind == "pilot" for step in taken)
    return {
        "phase": life.phase.kind,
        "since": life.phase.day,
        **{f"{step.kind}_on": step.day for step in taken},
        "left_out": None if piloted else next((step.note for step in taken if step.note), None),
        "coaches": ", ".join(names[user][0] for user in life.coaches) or None,
    }
