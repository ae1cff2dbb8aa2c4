"""How old the facts are, by source; what was loaded last and what was refused."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from wallboard.metrics.frames import tidy
from wallboard.metrics.rows import documented
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


def freshness(connection: Connection, scope: Scope) -> pd.DataFrame:
    """How old each source's newest fact was at the as-of instant, and what is wrong with the source.

    `fact_at` is the newest instant of those known for its days; None where no fact is dated before (`dated_later`: but one
    after), or none at all.

    Grain: one row per source.
    Columns: source, feed, fact_at, dated_later, loaded_at, problem
    """
    return tidy(_sources(connection, scope.as_of), freshness)


def sources(connection: Connection, now: datetime) -> pd.DataFrame:
    """The same as freshness, for those who have an instant and no scope."""
    return tidy(_sources(connection, now), freshness)


def _sources(connection: Connection, now: datetime) -> list[dict[str, Any]]:
    rows = connection.execute(select(source_state).order_by(source_state.c.source)).mappings().all()
    later = {row["source"] for row in rows if row["fact_at"] and row["fact_at"] > now}
    known = newest_facts(connection, now, later) if later else {}
    return [
        {**row, "fact_at": known.get(row["source"]) if row["source"] in later else row["fact_at"]}
        | {"dated_later": row["source"] in later}
        for row in rows
    ]


def newest_facts(connection: Connection, now: datetime, named: Collection[str]) -> dict[str, datetime]:
    """The newest fact of some sources that is dated before an instant: of a day that it cuts in two, the first one."""
    return {name: at for name in named if (at := _newest_fact(connection, now, name))}


def _newest_fact(connection: Connection, now: datetime, source: str) -> datetime | None:
    s = source_day.c
    before = s.source == source, s.day <= now.date() + timedelta(days=1), s.first_at <= now
    day = select(s.day).where(*before).order_by(s.day.desc()).limit(1).scalar_subquery()
    found = connection.execute(select(s.first_at, s.last_at).where(*before, s.day == day)).all()
    return max((last if last <= now else first for first, last in found), default=None)


def last_runs(connection: Connection) -> pd.DataFrame:
    """The newest load of each file of each source that the room still names.

    Grain: one row per source and file, newest load of it.
    Columns: run, source, feed, file, started_at, seconds, status, rows_read, rows_new, rows_changed, rows_same, rows_gone,
    rows_refused, rows_left_out, fact_at, message
    """
    newest = select(func.max(load_run.c.id)).group_by(load_run.c.source, load_run.c.file)
    named = select(load_run).join(source_state, source_state.c.source == load_run.c.source)
    query = named.where(load_run.c.id.in_(newest)).order_by(load_run.c.source, load_run.c.file)
    kept = documented(last_runs).columns[1:]
    rows = connection.execute(query).mappings()
    return tidy(({"run": row["id"], **{name: row[name] for name in kept}} for row in rows), last_runs)


def refused_rows(connection: Connection, limit: int = 100) -> pd.DataFrame:
    """The rows that the newest load of each file refused, newest load first, as they came and with what to do.

    Grain: one row per refused row.
    Columns: source, file, row_no, column_name, reason, remedy, raw
    """
    newest = select(func.max(load_run.c.id)).group_by(load_run.c.source, load_run.c.file)
    said = refusal.c.row_no, refusal.c.column_name, refusal.c.reason, refusal.c.remedy, refusal.c.raw
    query = (
        select(load_run.c.source, load_run.c.file, *said)
        .join(refusal, refusal.c.load_run_id == load_run.c.id)
        .join(source_state, source_state.c.source == load_run.c.source)
        .where(load_run.c.id.in_(newest))
        .order_by(load_run.c.id.desc(), refusal.c.row_no, refusal.c.id)
        .limit(limit)
    )
    return tidy((dict(row) for row in connection.execute(query).mappings()), refused_rows)
