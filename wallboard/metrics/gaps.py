"""Gaps and overlaps between functions: where nobody answers, two do, nothing is measured, or two initiatives run side by side."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, or_, select

from wallboard.lifecycle.roster import RosterLife, RosterStep
from wallboard.metrics.journey import Place, journey_map
from wallboard.metrics.kpis import kpi_board
from wallboard.metrics.roster_alarms import running_initiatives
from wallboard.metrics.scope import Scope
from wallboard.store.lives import taken_steps
from wallboard.store.schema import (
    ROSTER_STEPS,
    employee,
    function,
    handoff,
    initiative,
    initiative_step,
    opportunity,
    roster_item,
    touchpoint_role,
)
from wallboard.store.zones import EVERYTHING

NO_OWNER, TWO_OWNERS, NO_MEASURE, TWO_INITIATIVES = "no owner", "two owners", "no measure", "two initiatives"
HANDOFF = "handoff without owner"
GAP, OVERLAP = "gap", "overlap"
KINDS = {NO_OWNER: GAP, NO_MEASURE: GAP, HANDOFF: GAP, TWO_OWNERS: OVERLAP, TWO_INITIATIVES: OVERLAP}
"""What is looked for, each with the origin that an opportunity made of it has."""

NOT_TAKEN_UP, TAKEN_UP, LISTED, WORKED_ON = "not taken up", "an opportunity", "on the roster", "worked on"

READS = (
    *("stage", "touchpoint", "employee", "function", "touchpoint_role", "handoff", "kpi_day"),
    *("initiative", "initiative_step", "opportunity", "roster_item", "roster_item_step", "user_account"),
)
"""The tables behind findings; a panel that shows them reads these."""

TWO = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One gap or overlap (`origin`) at a touchpoint, or of a handoff there; `who` is who answers twice, what runs twice, or what
    passes from whom to whom; None where nobody or nothing does.

    `finding` names it for ever: an opportunity that was made of it (`opportunity`) carries it. work: not taken up, an
    opportunity, on the roster, worked on (an initiative runs for it).
    """

    kind: str
    origin: str
    finding: str
    stage: str
    stage_name: str
    touchpoint: str
    touchpoint_name: str
    who: str | None
    opportunity: int | None = None
    work: str = NOT_TAKEN_UP


def findings(connection: Connection, scope: Scope) -> tuple[Finding, ...]:
    """Every gap and overlap as of the last day, and how far the work on it is.

    A touchpoint has no owner where it names none; two where a role says on that day that somebody else is accountable too. It
    has no measure where no KPI of it has been counted in half a year. Two initiatives run there where neither is stopped and not
    both are for one item of the roster. A handoff has no owner where nobody is named who answers for its way.

    Grain: one row per finding, in the order of the journey, at one touchpoint by kind.
    """
    rows = tuple(_all_findings(connection, scope))
    made = _opportunities(connection, scope, [row.finding for row in rows])
    work = _work(connection, scope, made.values())
    return tuple(
        replace(row, opportunity=made[row.finding], work=work[made[row.finding]]) if row.finding in made else row for row in rows
    )


def settled_findings(connection: Connection, scope: Scope) -> tuple["Settled", ...]:
    """What was found once, was made an opportunity, and is found no more.

    Grain: one row per such opportunity, the newest first.
    """
    o = opportunity.c
    there = {row.finding for row in _all_findings(connection, scope)}
    taken = (
        select(o.id, o.title, o.finding, o.day).where(o.finding.is_not(None), *_here(opportunity, scope)).order_by(o.id.desc())
    )
    return tuple(Settled(*row) for row in connection.execute(taken) if row.finding not in there)


@dataclass(frozen=True, slots=True)
class Settled:
    """One opportunity whose gap or overlap is there no more, with the day on which it was written down."""

    opportunity: int
    title: str
    finding: str
    day: date


def _all_findings(connection: Connection, scope: Scope) -> Iterator[Finding]:
    measured = {row.touchpoint for row in kpi_board(connection, scope)}
    others, running, passing = _others(connection, scope), _running(connection, scope), _ownerless_handoffs(connection)
    for place in journey_map(connection, scope):
        at = place.touchpoint
        if at is None:
            continue
        owners = _owners(place, others.get(at, {}))
        if place.owner is None:
            yield _finding(place, NO_OWNER, at, None)
        if len(owners) >= TWO:
            yield _finding(place, TWO_OWNERS, at, _both(owners.values()))
        if at not in measured:
            yield _finding(place, NO_MEASURE, at, None)
        if len(running.get(at, {})) >= TWO:
            yield _finding(place, TWO_INITIATIVES, at, _both(running[at].values()))
        for key, way in passing.get(at, ()):
            yield _finding(place, HANDOFF, key, way)


def _finding(place: Place, kind: str, key: str, who: str | None) -> Finding:
    at, name = place.touchpoint or "", place.touchpoint_name or ""
    return Finding(kind, KINDS[kind], f"{kind}:{key}", place.stage, place.stage_name, at, name, who)


def _both(names: Iterable[str]) -> str:
    return " and ".join(names)


def _owners(place: Place, others: Mapping[str, str]) -> dict[str, str]:
    own = {place.owner_key: place.owner} if place.owner and place.owner_key else {}
    return {**own, **others}


def _others(connection: Connection, scope: Scope) -> dict[str, dict[str, str]]:
    """By touchpoint: who is accountable there by a role on the last day; a function that names nobody stands for itself."""
    r, day = touchpoint_role.c, scope.last_day
    query = (
        select(r.touchpoint, r.employee, r.function, employee.c.name, function.c.name.label("department"))
        .join(function, function.c.function == r.function)
        .outerjoin(employee, employee.c.employee == r.employee)
        .where(r.role == "accountable", r.valid_from <= day, or_(r.valid_to.is_(None), r.valid_to > day))
        .order_by(r.touchpoint, r.valid_from, r.id)
    )
    by_place: dict[str, dict[str, str]] = defaultdict(dict)
    for row in connection.execute(query):
        by_place[row.touchpoint][row.employee or f"function {row.function}"] = row.name or row.department
    return by_place


def _here(table: Any, scope: Scope) -> tuple[Any, ...]:
    return table.c.perimeter.in_({EVERYTHING, *scope.perimeters, *scope.places}), table.c.at <= scope.as_of


def _running(connection: Connection, scope: Scope) -> dict[str, dict[str, str]]:
    """By touchpoint: the titles of what runs there, those for one item of the roster once."""
    i, s = initiative.c, initiative_step.c
    stopped = select(s.initiative).where(s.kind == "stopped", s.at <= scope.as_of)
    query = (
        select(i.id, i.touchpoint, i.title, i.roster_item).where(*_here(initiative, scope), i.id.not_in(stopped)).order_by(i.id)
    )
    by_place: dict[str, dict[str, str]] = defaultdict(dict)
    for row in connection.execute(query):
        by_place[row.touchpoint].setdefault(f"item {row.roster_item}" if row.roster_item else str(row.id), row.title)
    return by_place


def _ownerless_handoffs(connection: Connection) -> dict[str, list[tuple[str, str]]]:
    gives, takes, h = function.alias("gives"), function.alias("takes"), handoff.c
    query = (
        select(h.touchpoint, h.handoff, h.what, gives.c.name.label("gives"), takes.c.name.label("takes"))
        .join(gives, gives.c.function == h.from_function)
        .join(takes, takes.c.function == h.to_function)
        .where(func.coalesce(h.owner, "") == "")
        .order_by(h.touchpoint, h.handoff)
    )
    by_place: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in connection.execute(query):
        by_place[row.touchpoint].append((row.handoff, f"{row.what}, from {row.gives} to {row.takes}"))
    return by_place


def _opportunities(connection: Connection, scope: Scope, keys: list[str]) -> dict[str, int]:
    o = opportunity.c
    query = select(o.finding, func.max(o.id)).where(o.finding.in_(keys), *_here(opportunity, scope)).group_by(o.finding)
    return {row[0]: row[1] for row in connection.execute(query)} if keys else {}


def _work(connection: Connection, scope: Scope, numbers: Iterable[int]) -> dict[int, str]:
    made = {*numbers}
    i = roster_item.c
    rows = (
        connection.execute(select(i.id, i.opportunity).where(i.opportunity.in_(made), i.at <= scope.as_of)).all() if made else []
    )
    steps = taken_steps(connection, ROSTER_STEPS, RosterStep, [row.id for row in rows], as_of=scope.as_of) if rows else {}
    listed = {row.id: row.opportunity for row in rows if RosterLife(steps.get(row.id, ())).removed is None}
    running = running_initiatives(connection, scope, listed) if listed else {}
    work = dict.fromkeys(made, TAKEN_UP)
    for item, number in listed.items():
        work[number] = WORKED_ON if running[item] else LISTED
    return work
