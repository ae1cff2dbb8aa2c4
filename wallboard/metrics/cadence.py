"""Whether the room meets when it said it would: the sessions of a year, the longest gap between two, and the next one."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from sqlalchemy import Connection, select

from wallboard.lifecycle.roles import PRESIDENT
from wallboard.lifecycle.sessions import SessionLife, SessionStep
from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED
from wallboard.store.lives import taken_steps
from wallboard.store.schema import SESSION_STEPS, meeting, room_session, user_account
from wallboard.store.zones import EVERYTHING

HELD, POSTPONED, CANCELLED, MISSED = "held", "postponed", "cancelled", "missed"
AHEAD, YEAR = timedelta(days=400), timedelta(days=366)


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """One session that was planned for a day that is over, and what became of it; outcome: held, postponed, cancelled, missed.

    Begun on the day for which it was planned first is 'held', on another one 'postponed' (also while it has not been held).
    `present` and `expected` are people, `delegates` came for some who were not there and count as nobody. `president`: whether
    one was present; None where it was not held. `reason` is why it was postponed or cancelled.
    """

    session: int
    kind: str
    title: str
    perimeter: str
    planned_on: date
    held_on: date | None
    outcome: str
    present: int
    expected: int
    president: bool | None
    reason: str | None
    delegates: int = 0


@dataclass(frozen=True, slots=True)
class Cadence:
    """Held as planned / planned up to today, of one year; counts are sessions, gaps whole days.

    `longest_gap` lies between two sessions that were held one after the other, or since the last one; None before the second day.
    `without_president`: held without one. `customer_on`: when a customer was here last, `customer_days` days ago; None where none
    was in this year and a month. state: measured, no cases (none was planned for a day that is over), not measured
    (no session has ever been planned).
    """

    planned: int | None
    held: int | None
    postponed: int | None
    cancelled: int | None
    missed: int | None
    share: float | None
    without_president: int | None
    longest_gap: int | None
    gap_from: date | None
    gap_to: date | None
    state: str
    customer_on: date | None = None
    customer_days: int | None = None


@dataclass(frozen=True, slots=True)
class NextSession:
    """The next session that is planned, of the room itself or in the leaders' calendar, which knows days and no times.

    `days` are whole days from today; `running`: it has begun and not ended, or its time has come.
    """

    session: int | None
    kind: str
    title: str
    on: date
    at: datetime | None
    days: int
    running: bool


@dataclass(frozen=True)
class _Session:
    """A session as it stood at an instant."""

    number: int
    kind: str
    title: str
    perimeter: str
    planned_at: datetime
    life: SessionLife

    @property
    def at(self) -> datetime:
        return self.life.moved_to or self.planned_at


def planned_sessions(connection: Connection, scope: Scope) -> tuple[PlannedSession, ...]:
    """Every session of the last year that was planned for a day before today, and what became of it.

    Grain: one row per planned session, oldest first.
    """
    presidents = set(connection.scalars(select(user_account.c.id).where(user_account.c.role == PRESIDENT.name)))
    known = (row for row in _sessions(connection, scope) if scope.as_of - YEAR <= row.planned_at)
    return tuple(_planned(row, scope, presidents) for row in known if _day(row.planned_at, scope) < scope.today)


def _planned(row: _Session, scope: Scope, presidents: set[int]) -> PlannedSession:
    life, planned_on = row.life, _day(row.planned_at, scope)
    begun, moved = life.newest("begun"), life.newest("postponed")
    held_on = begun.day if begun else None
    late = held_on != planned_on if held_on else moved is not None and row.at >= scope.as_of
    outcome = CANCELLED if life.status == "cancelled" else POSTPONED if late else HELD if held_on else MISSED
    why = next((step.words for step in reversed(life.steps) if step.kind in ("cancelled", "postponed")), None)
    return PlannedSession(
        session=row.number,
        kind=row.kind,
        title=row.title,
        perimeter=row.perimeter,
        planned_on=planned_on,
        held_on=held_on,
        outcome=outcome,
        present=len(life.present),
        expected=len(life.expected),
        president=not presidents.isdisjoint(life.present) if held_on else None,
        reason=why,
        delegates=len(life.delegates),
    )


def session_cadence(connection: Connection, scope: Scope) -> tuple[Cadence, ...]:
    """How many of the sessions that were planned in the last year up to yesterday were held as planned: held / planned.

    A cancelled, missed or postponed one was planned, and not held on time (definitions, B.6: cadence adherence).

    Grain: one row.
    """
    rows = planned_sessions(connection, scope)
    if not rows:
        state = NO_CASES if _sessions(connection, scope) else NOT_MEASURED
        return (Cadence(*((0 if state == NO_CASES else None,) * 5), None, None, None, None, None, state),)
    outcomes = Counter(row.outcome for row in rows)
    held_on = sorted({row.held_on for row in rows if row.held_on})
    came = last_customer(connection, scope)
    gaps = [*pairwise([*held_on, scope.today])]
    start, end = max(gaps, key=lambda gap: gap[1] - gap[0], default=(None, None))
    return (
        Cadence(
            planned=len(rows),
            held=outcomes[HELD],
            postponed=outcomes[POSTPONED],
            cancelled=outcomes[CANCELLED],
            missed=outcomes[MISSED],
            share=outcomes[HELD] / len(rows) if len(rows) >= scope.small_n else None,
            without_president=sum(row.president is False for row in rows),
            longest_gap=(end - start).days if start and end else None,
            gap_from=start,
            gap_to=end,
            state=MEASURED,
            customer_on=came,
            customer_days=(scope.today - came).days if came else None,
        ),
    )


def last_customer(connection: Connection, scope: Scope) -> date | None:
    """The day on which a customer was in a session last; None where none was in this year and a month."""
    visits = (step.day for row in _sessions(connection, scope) for step in row.life.of("customer_came"))
    return max(visits, default=None)


def next_session(connection: Connection, scope: Scope) -> tuple[NextSession, ...]:
    """The session that runs, or the next one that is planned; else the next day of the leaders' calendar; no row without any.

    Grain: one row.
    """
    known = _sessions(connection, scope)
    running = [row for row in known if row.life.status == "running"]
    coming = sorted((row for row in known if row.life.status == "planned" and row.at > scope.as_of), key=lambda row: row.at)
    for row in (*running[-1:], *coming[:1]):
        on = _day(row.at, scope)
        return (NextSession(row.number, row.kind, row.title, on, row.at, (on - scope.today).days, row in running),)
    m = meeting.c
    here = m.perimeter.is_(None) | m.perimeter.in_(scope.perimeters)
    ahead = select(m.kind, m.planned_on).where(here, m.planned_on >= scope.today, m.held_on.is_(None))
    planned = connection.execute(ahead.order_by(m.planned_on, m.id).limit(1)).first()
    if planned is None:
        return ()
    days = (planned.planned_on - scope.today).days
    return (NextSession(None, planned.kind, planned.kind, planned.planned_on, None, days, running=False),)


@memoised
def _sessions(connection: Connection, scope: Scope) -> tuple[_Session, ...]:
    """The sessions of a year before and after the instant as they stood at it, in the order in which they were planned."""
    s = room_session.c
    places = {EVERYTHING, *scope.perimeters, *scope.places}
    chosen = select(s.id, s.kind, s.title, s.perimeter, s.planned_at).where(
        s.perimeter.in_(places), s.at <= scope.as_of, s.planned_at.between(scope.as_of - AHEAD, scope.as_of + AHEAD)
    )
    rows = connection.execute(chosen.order_by(s.planned_at, s.id)).all()
    steps = taken_steps(connection, SESSION_STEPS, SessionStep, [row.id for row in rows], as_of=scope.as_of)
    return tuple(_Session(*row, SessionLife(steps[row.id])) for row in rows if row.id in steps)


def _day(at: datetime, scope: Scope) -> date:
    return at.astimezone(scope.zone).date()
