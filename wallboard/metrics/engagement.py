"""How leaders take part themselves, and which levels and functions of the company do."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, select

from wallboard.lifecycle.roles import LEADER, PRESIDENT
from wallboard.lifecycle.sessions import SessionLife, SessionStep
from wallboard.metrics.memo import memoised
from wallboard.metrics.room_lives import function_names
from wallboard.metrics.scope import Scope
from wallboard.store.lives import taken_steps
from wallboard.store.schema import (
    SESSION_STEPS,
    agenda_item_step,
    attempt,
    attendee,
    employee,
    function,
    room_session,
    session_entry_step,
    user_account,
    walk,
    walk_move,
)
from wallboard.store.zones import EVERYTHING

YEAR = timedelta(days=366)
WORKING = "working session"


@dataclass(frozen=True, slots=True)
class LeaderEngagement:
    """How one leader took part in the last year; counts.

    `attended` of the sessions that were `held` while the leader was expected there; `delegated`: somebody else came instead,
    which does not count as attendance. `walks` were completed, led or joined; `tried` are customers' tasks that they tried.
    """

    leader: str
    function_name: str | None
    held: int
    attended: int
    delegated: int
    walks: int
    tried: int


@dataclass(frozen=True, slots=True)
class PartAttendance:
    """One level or function of the company: how often its people were in a session of the last year, and what they added there.

    `by`: level or function. `people` are its users; `attended` their attendances; `contributed` their notes and entries;
    `last_on` is None where nobody of it came in that year.
    """

    by: str
    part: str
    people: int
    attended: int
    contributed: int
    last_on: date | None


@dataclass(frozen=True, slots=True)
class WorkingSession:
    """The mix of functions in one working session, by name; `one_function`: it was no work across functions."""

    session: int
    title: str
    held_on: date
    functions: str
    people: int
    one_function: bool


@dataclass(frozen=True)
class _Held:
    number: int
    kind: str
    title: str
    day: date
    life: SessionLife


@memoised
def _held(connection: Connection, scope: Scope) -> tuple[_Held, ...]:
    """The sessions that began in the last year, here or for the whole company, oldest first."""
    s = room_session.c
    here = s.perimeter.in_({EVERYTHING, *scope.perimeters, *scope.places})
    rows = connection.execute(select(s.id, s.kind, s.title).where(here).order_by(s.id)).all()
    steps = taken_steps(connection, SESSION_STEPS, SessionStep, [row.id for row in rows], as_of=scope.as_of)
    lives = ((row, SessionLife(steps.get(row.id, ()))) for row in rows)
    begun = ((row, life, step) for row, life in lives if (step := life.newest("begun")) is not None)
    held = (_Held(row.id, row.kind, row.title, step.day, life) for row, life, step in begun)
    return tuple(sorted((row for row in held if row.day >= scope.today - YEAR), key=lambda row: (row.day, row.number)))


def leader_engagement(connection: Connection, scope: Scope) -> tuple[LeaderEngagement, ...]:
    """How each leader took part in the last year. A delegate does not count; nobody is ranked, the order is that of the names.

    Grain: one row per leader who is there, the president among them.
    """
    u, held = user_account.c, _held(connection, scope)
    walks, tried = _walks(connection, scope), _tried(connection, scope)
    names = function_names(connection)
    leaders = u.role.in_((LEADER.name, PRESIDENT.name)), u.left_at.is_(None)
    people = connection.execute(select(u.id, u.name, u.function).where(*leaders).order_by(u.name, u.id)).all()
    return tuple(
        LeaderEngagement(
            leader=name,
            function_name=names.get(works_in, works_in),
            held=sum(user in row.life.expected or user in row.life.present for row in held),
            attended=sum(user in row.life.present for row in held),
            delegated=sum(user in row.life.delegates for row in held),
            walks=len(walks[user]),
            tried=tried[user],
        )
        for user, name, works_in in people
    )


def _walks(connection: Connection, scope: Scope) -> dict[int, set[int]]:
    """By user the walks of the last year that came to their end, led by that user or with that user among those present."""
    w = walk.c
    ended = select(walk_move.c.walk).where(walk_move.c.kind == "end", walk_move.c.at <= scope.as_of)
    rows = connection.execute(
        select(w.id, w.actor, attendee.c.user_id)
        .outerjoin(attendee, attendee.c.attendance == w.attendance)
        .where(w.id.in_(ended), w.day >= scope.today - YEAR)
    )
    walked: dict[int, set[int]] = defaultdict(set)
    for number, led_by, joined in rows:
        for user in {led_by, joined} - {None}:
            walked[user].add(number)
    return walked


def _tried(connection: Connection, scope: Scope) -> Counter[int]:
    a = attempt.c
    chosen = select(a.actor).where(a.ended_at <= scope.as_of, a.ended_at >= scope.as_of - YEAR)
    return Counter(connection.scalars(chosen))


def attendance_by_part(connection: Connection, scope: Scope) -> tuple[PartAttendance, ...]:
    """Every level of the company's people and every function: how often somebody of it was in a session of the last year.

    A level is that of the employee of the same name; a part of which nobody came stands here too, with nothing.

    Grain: one row per level, then one per function, the least present first.
    """
    u = user_account.c
    levels = {row.name: row.seniority for row in connection.execute(select(employee.c.name, employee.c.seniority))}
    users = connection.execute(select(u.id, u.name, u.function).where(u.left_at.is_(None))).all()
    came, added = _came(_held(connection, scope)), _added(connection, scope)
    names = {row.function: row.name for row in connection.execute(select(function.c.function, function.c.name))}
    by_level, by_function = defaultdict(list), defaultdict(list)
    for user, name, works_in in users:
        by_level[levels.get(name)].append(user)
        by_function[works_in].append(user)
    parts = [("level", level, by_level[level]) for level in sorted({level for level in levels.values() if level})]
    parts += [("function", name, by_function[key]) for key, name in sorted(names.items(), key=lambda named: named[1])]
    rows = [_part(by, part, people, came, added) for by, part, people in parts]
    return tuple(sorted(rows, key=lambda row: (row.by != "level", row.attended)))


def _part(by: str, part: str, people: list[int], came: dict[int, list[date]], added: Counter[int]) -> PartAttendance:
    days = [day for user in people for day in came[user]]
    return PartAttendance(by, part, len(people), len(days), sum(added[user] for user in people), max(days, default=None))


def _came(held: Iterable[_Held]) -> dict[int, list[date]]:
    days: dict[int, list[date]] = defaultdict(list)
    for row in held:
        for user in row.life.present:
            days[user].append(row.day)
    return days


def _added(connection: Connection, scope: Scope) -> Counter[int]:
    """By user: notes on items of an agenda, and steps of what sessions keep, in the last year."""
    a, s, since = agenda_item_step.c, session_entry_step.c, scope.today - YEAR
    notes = connection.scalars(select(a.actor).where(a.kind == "minuted", a.at <= scope.as_of, a.day >= since))
    steps = connection.execute(select(s.actor, s.user_id).where(s.at <= scope.as_of, s.day >= since))
    return Counter([*notes, *(user or actor for actor, user in steps)])


def working_sessions(connection: Connection, scope: Scope) -> tuple[WorkingSession, ...]:
    """The working sessions of the last year, each with the functions whose people were there.

    Grain: one row per working session, the newest first.
    """
    works_in = {row.id: row.function for row in connection.execute(select(user_account.c.id, user_account.c.function))}
    names = function_names(connection)
    rows = []
    for row in reversed(_held(connection, scope)):
        if row.kind == WORKING:
            there = sorted({names.get(key, key or "") for user in row.life.present if (key := works_in.get(user))})
            rows.append(WorkingSession(row.number, row.title, row.day, ", ".join(there), len(row.life.present), len(there) < 2))
    return tuple(rows)
