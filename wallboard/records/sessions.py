"""Sessions: planned one by one or as a series, and everything that happens in one, each verb in a transaction of its own."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select

from wallboard.errors import RuleRefused
from wallboard.lifecycle.sessions import EVERY_WALL, OPENING, SESSION_KINDS, SIGNED_IN, TICKED, SessionLife, SessionStep
from wallboard.records.acting import Acting, needed, one_of
from wallboard.records.recurrence import occurrences
from wallboard.records.repository import Repository
from wallboard.store.lives import taken_steps
from wallboard.store.lookups import functions_of, involved_functions
from wallboard.store.schema import SESSION_STEPS, room_session, session_series, touchpoint
from wallboard.store.zones import zone_at

LONGEST = 600
"""Minutes of the longest session."""

AHEAD = timedelta(days=400)
"""How far ahead the next session is looked for."""


@dataclass(frozen=True)
class SessionView:
    """One session as the console reads it; `planned_at` is as it was planned first."""

    number: int
    perimeter: str
    series: int | None
    kind: str
    title: str
    planned_at: datetime
    minutes: int
    life: SessionLife

    @property
    def owner(self) -> int | None:
        """A session belongs to everybody who comes."""
        return None

    @property
    def at(self) -> datetime:
        """When it takes place."""
        return self.life.moved_to or self.planned_at


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is planned: of which kind, for which part of the business ('all' is the whole), how long, and who is expected."""

    perimeter: str
    kind: str
    title: str | None
    minutes: int
    expected: tuple[int, ...] = ()


def plan(act: Acting, what: Plan, at: datetime, series: int | None = None) -> int:
    """Plan one session; returns its number. Raises RuleRefused or NotFound with what is missing or unknown."""
    act.part(what.perimeter)
    one_of("the kind of session", what.kind, SESSION_KINDS)
    if not 5 <= what.minutes <= LONGEST:
        raise RuleRefused("how long", f"{what.minutes} minutes is not possible.", f"Name 5 to {LONGEST}.")
    described = {"kind": what.kind, "title": needed("the name", what.title), "minutes": what.minutes}
    number = SESSIONS.add(act, what.perimeter, {**described, "series": series, "planned_at": at})
    for user in dict.fromkeys(what.expected):
        _take(act, number, "invited", user_id=user)
    return number


def plan_series(act: Acting, what: Plan, first: datetime, recurrence: str) -> tuple[int, ...]:
    """Plan a series of sessions from `first` on, a time on the clocks of its perimeter; returns their numbers.

    The rule is one of RFC 5545. Raises RuleRefused where it is none or never ends.
    """
    zone = zone_at(act.connection, what.perimeter, act.at) or act.settings.zone(None)
    times = occurrences(recurrence, first, zone)
    described = {"perimeter": what.perimeter, "kind": what.kind, "title": needed("the name", what.title)}
    rule = {"recurrence": recurrence, "zone": str(zone), "first_at": first.isoformat(timespec="minutes")}
    values = {**described, **rule, "at": act.at, "day": act.day(what.perimeter), "actor": act.actor}
    act.part(what.perimeter)
    one_of("the kind of session", what.kind, SESSION_KINDS)
    series = int(act.connection.execute(insert(session_series).values(**values).returning(session_series.c.id)).scalar_one())
    act.audited("session_series", series, "planned", None, values)
    return tuple(plan(act, what, at, series) for at in times)


def next_of_series(connection: Connection, number: int, now: datetime) -> int | None:
    """The session that comes next in the series of a session; None where it is of none, or was the last."""
    series = one_session(connection, number).series
    if series is None:
        return None
    numbers = connection.scalars(select(room_session.c.id).where(room_session.c.series == series, room_session.c.id != number))
    views = [one_session(connection, number) for number in numbers.all()]
    coming = [view for view in views if view.life.status == "planned" and view.at >= now]
    return min(coming, key=lambda view: view.at).number if coming else None


def take_seen(act: Acting, number: int, kind: str, seen: int, **says: Any) -> int:
    """Take a step of a session as somebody has seen it; raises Changed where it has moved on meanwhile."""
    return SESSIONS.take(act, kind, number, seen, **says)


def postpone(act: Acting, number: int, seen: int, moved_to: datetime, words: str) -> int:
    """Move a session that has not begun; it stays written when it was planned."""
    return take_seen(act, number, "postponed", seen, moved_to=moved_to, words=needed("the reason", words))


def attend(act: Acting, number: int, user: int) -> int:
    """Somebody is present: by the own sign-in, or ticked by whoever leads. Several may come at once."""
    return _take(act, number, "attended", user_id=user, how=SIGNED_IN if user == act.actor else TICKED)


@dataclass(frozen=True, kw_only=True)
class Zoom:
    """How far something is zoomed, in per cent, around a point so many per mille across and down."""

    zoom: int = 100
    across: int = 500
    down: int = 500


def show(act: Acting, number: int, wall: str, scene: str, subject: str | None = None, at: Zoom | None = None) -> int:
    """Put a scene on a wall, or on all: it stands there on every screen until another one is put there, or the session ends.

    `subject`: what stands there alone, of the scenes that are none of the wall's own. Raises RuleRefused where nothing has opened
    the session yet.
    """
    says = {"wall": needed("the wall", wall), "scene": needed("the scene", scene), "subject": subject}
    return _take(act, number, "shown", **says, **({} if at is None else vars(at)))


def open_with(act: Acting, number: int, voice: str | None = None) -> int:
    """Put on all walls what the company is there for and a customer's words; `voice` is where those stand that somebody chose."""
    return show(act, number, EVERY_WALL, OPENING, voice)


def leave_uncommitted(act: Acting, number: int, user: int, words: str) -> int:
    """Somebody who is present leaves without a commitment, and says why."""
    return _take(act, number, "uncommitted", user_id=user, words=needed("the reason", words))


def rate(act: Acting, number: int, rating: int, words: str | None = None) -> int:
    """What a session was worth to somebody who was present, from 1 to 10."""
    if not 1 <= rating <= 10:
        raise RuleRefused("the rating", f"{rating} is not on the scale.", "Choose one from 1 to 10.")
    return _take(act, number, "rated", rating=rating, words=words)


def _take(act: Acting, number: int, kind: str, **says: Any) -> int:
    return SESSIONS.write(act, kind, one_session(act.connection, number), **says)


def sessions(connection: Connection, perimeters: Collection[str], since: datetime, until: datetime) -> list[SessionView]:
    """The sessions planned for a time, or moved into it, in the order in which they take place."""
    s = room_session.c
    moved = select(SESSION_STEPS.table.c.room_session).where(SESSION_STEPS.table.c.moved_to.between(since, until))
    chosen = s.perimeter.in_([*perimeters]) & (s.planned_at.between(since, until) | s.id.in_(moved))
    return sorted(_views(connection, chosen), key=lambda view: (view.at, view.number))


def running(connection: Connection, perimeters: Collection[str], now: datetime) -> SessionView | None:
    """The session that has begun by now and has not ended; None where there is none."""
    s = SESSION_STEPS.table.c
    over = select(s.room_session).where(s.kind == "ended", s.at <= now)
    begun = select(s.room_session).where(s.kind == "begun", s.at <= now, s.room_session.not_in(over))
    return next(iter(_views(connection, room_session.c.id.in_(begun) & room_session.c.perimeter.in_([*perimeters]))), None)


def next_or_running(connection: Connection, perimeters: Collection[str], now: datetime) -> SessionView | None:
    """The session that runs, or the next one that is planned; None where there is none."""
    if (begun := running(connection, perimeters, now)) is not None:
        return begun
    coming = sessions(connection, perimeters, now, now + AHEAD)
    return next((view for view in coming if view.life.status == "planned" and view.at >= now), None)


def newest_tone(connection: Connection) -> SessionStep | None:
    """The last test tone that a wall was asked for; None where none was."""
    s = SESSION_STEPS.table.c
    newest = connection.execute(select(s.room_session).where(s.kind == "toned").order_by(s.at.desc()).limit(1)).scalar()
    return SessionLife(_steps(connection, [newest]).get(newest, ())).newest("toned") if newest else None


def absent_functions(connection: Connection, present: Collection[int]) -> list[str]:
    """The functions that hold a touchpoint, and of which nobody is present who works in them or decides for them."""
    t = touchpoint.c
    holding = connection.scalars(select(t.function).where(t.function.is_not(None)).distinct().order_by(t.function))
    here = functions_of(connection, present)
    return [key for key in holding if key not in here]


def left_out(connection: Connection, present: Collection[int]) -> list[str]:
    """The functions that are part of the solution, and of which nobody has come to an awareness workshop."""
    here = functions_of(connection, present)
    return [key for key in involved_functions(connection) if key not in here]


def _views(connection: Connection, chosen: ColumnElement[bool]) -> list[SessionView]:
    s = room_session.c
    columns = (s.id, s.perimeter, s.series, s.kind, s.title, s.planned_at, s.minutes)
    rows = connection.execute(select(*columns).where(chosen).order_by(s.planned_at, s.id)).all()
    steps = _steps(connection, [row.id for row in rows])
    return [SessionView(*row, SessionLife(steps.get(row.id, ()))) for row in rows]


def _steps(connection: Connection, numbers: Iterable[int]) -> dict[int, tuple[SessionStep, ...]]:
    return taken_steps(connection, SESSION_STEPS, SessionStep, numbers)


SESSIONS = Repository(SESSION_STEPS, "session", "list", _views)
one_session = SESSIONS.get
