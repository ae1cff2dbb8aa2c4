"""How old the facts are, by source; what was loaded last and what was refused."""

from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from wallboard.metrics.frames import documented, tidy
from wallboard.metrics.scope import Scope
from wallboard.store.schema import load_run, refusal, source_state


def freshness(connection: Connection, scope: Scope) -> pd.DataFrame:
    """How old each source's newest fact is, and what is wrong with the source; never later than the as-of instant.

    `fact_at` is None where no fact was ever loaded.

    Grain: one row per source.
    Columns: source, feed, fact_at, loaded_at, problem
    """
    return tidy(_sources(connection, scope.as_of), freshness)


def sources(connection: Connection, now: datetime) -> pd.DataFrame:
    """The same as freshness, for those who have an instant and no scope."""
    return tidy(_sources(connection, now), freshness)


def _sources(connection: Connection, now: datetime) -> list[dict[str, Any]]:
    rows = connection.execute(select(source_state).order_by(source_state.c.source)).mappings()
    return [{**row, "fact_at": min(row["fact_at"], now) if row["fact_at"] else None} for row in rows]


def last_runs(connection: Connection) -> pd.DataFrame:
    """The newest load of each file of each source.

    Grain: one row per source and file, newest load of it.
    Columns: run, source, feed, file, started_at, seconds, status, rows_read, rows_new, rows_changed, rows_same, rows_gone,
    rows_refused, fact_at, message
    """
    newest = select(func.max(load_run.c.id)).group_by(load_run.c.source, load_run.c.file)
    query = select(load_run).where(load_run.c.id.in_(newest)).order_by(load_run.c.source, load_run.c.file)
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
        .where(load_run.c.id.in_(newest))
        .order_by(load_run.c.id.desc(), refusal.c.row_no, refusal.c.id)
        .limit(limit)
    )
    return tidy((dict(row) for row in connection.execute(query).mappings()), refused_rows)
