"""How old the facts are, by source; what was loaded last and what was refused."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, bindparam, func, select

from wallboard.metrics.rows import columns
from wallboard.metrics.scope import Scope
from wallboard.store.schema import load_run, refusal, source_day, source_state

LATE, STALE = 1.5, 3.0
"""Cadences after which a source is late, and stale."""


def fact_state(fact_at: datetime | None, now: datetime, cadence: timedelta | None) -> str:
    """'current', 'late' (after one and a half cadences), 'stale' (after three) or 'not loaded'."""
    if fact_at is None:
        return "not loaded"
    overdue = (now - fact_at) / cadence if cadence else 0.0
    return "stale" if overdue > STALE else "late" if overdue > LATE else "current"


@dataclass(frozen=True, slots=True)
class SourceState:
    """One source: its newest fact, its newest load, and what is wrong with it.

    `fact_at` is the newest instant of those known for its days; None where no fact is dated before the as-of instant
    (`dated_later`: but one after), or none at all.
    """

    source: str
    feed: str
    fact_at: datetime | None
    dated_later: bool
    loaded_at: datetime
    problem: str | None


def freshness(connection: Connection, scope: Scope) -> tuple[SourceState, ...]:
    """How old each source's newest fact was at the as-of instant, and what is wrong with the source.

    Grain: one row per source.
    """
    return sources(connection, scope.as_of)


def sources(connection: Connection, now: datetime) -> tuple[SourceState, ...]:
    """The same as freshness, for those who have an instant and no scope."""
    rows = connection.execute(select(source_state).order_by(source_state.c.source)).all()
    later = {row.source for row in rows if row.fact_at and row.fact_at > now}
    known = newest_facts(connection, now, later) if later else {}
    return tuple(
        SourceState(
            source=row.source,
            feed=row.feed,
            fact_at=known.get(row.source) if row.source in later else row.fact_at,
            dated_later=row.source in later,
            loaded_at=row.loaded_at,
            problem=row.problem,
        )
        for row in rows
    )


_S = source_day.c
_BEFORE = _S.source == source_state.c.source, _S.day <= bindparam("until"), _S.first_at <= bindparam("at")
_LAST_DAY = select(_S.day).where(*_BEFORE).order_by(_S.day.desc()).limit(1).correlate(source_state).scalar_subquery()
_LAST_FACTS = (
    select(_S.source, _S.first_at, _S.last_at)
    .select_from(source_state)
    .join(source_day, and_(*_BEFORE, _S.day == _LAST_DAY))
    .where(source_state.c.source.in_(bindparam("named", expanding=True)))
)
"""Made once: a wall asks it often."""


def newest_facts(connection: Connection, now: datetime, named: Collection[str]) -> dict[str, datetime]:
    """The newest fact of some sources that is dated before an instant: of a day that it cuts in two, the first one."""
    if not named:
        return {}
    newest: dict[str, datetime] = {}
    parameters = {"named": [*named], "at": now, "until": now.date() + timedelta(days=1)}
    for source, first, last in connection.execute(_LAST_FACTS, parameters):
        at = last if last <= now else first
        newest[source] = max(newest.get(source, at), at)
    return newest


@dataclass(frozen=True, slots=True)
class Load:
    """The newest load of one file of one source: what became of its rows, in `seconds`. status: running, ok, refused."""

    id: int
    source: str
    feed: str
    file: str
    started_at: datetime
    seconds: float
    status: str
    rows_read: int
    rows_new: int
    rows_changed: int
    rows_same: int
    rows_gone: int
    rows_refused: int
    rows_left_out: int
    fact_at: datetime | None
    message: str | None


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One row that the newest load of its file refused, as it came, and what to do."""

    source: str
    file: str
    row_no: int
    column_name: str | None
    reason: str
    remedy: str
    raw: str


_NEWEST = select(func.max(load_run.c.id)).group_by(load_run.c.source, load_run.c.file)


def last_runs(connection: Connection) -> tuple[Load, ...]:
    """The newest load of each file of each source that the room still names, by source and file."""
    loads = select(*(load_run.c[name] for name in columns(Load)))
    named = loads.join(source_state, source_state.c.source == load_run.c.source)
    query = named.where(load_run.c.id.in_(_NEWEST)).order_by(load_run.c.source, load_run.c.file)
    return tuple(Load(*row) for row in connection.execute(query))


def refused_rows(connection: Connection, limit: int = 100) -> tuple[RefusedRow, ...]:
    """The rows that the newest load of each file refused, newest load first, as they came and with what to do."""
    why = refusal.c.row_no, refusal.c.column_name, refusal.c.reason, refusal.c.remedy, refusal.c.raw
    query = (
        select(load_run.c.source, load_run.c.file, *why)
        .join(refusal, refusal.c.load_run_id == load_run.c.id)
        .join(source_state, source_state.c.source == load_run.c.source)
        .where(load_run.c.id.in_(_NEWEST))
        .order_by(load_run.c.id.desc(), refusal.c.row_no, refusal.c.id)
        .limit(limit)
    )
    return tuple(RefusedRow(*row) for row in connection.execute(query))
