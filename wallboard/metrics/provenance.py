"""Where a number comes from: the files that were loaded, and the customers behind a count."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from wallboard.metrics.facts import within
from wallboard.metrics.frames import tidy
from wallboard.metrics.rows import documented
from wallboard.metrics.scope import Scope, month_before
from wallboard.store.schema import customer_day, customer_event, load_run

KINDS = ("new", "won back", "lost")


def loaded_files(connection: Connection, scope: Scope, feeds: str = "", limit: int = 40) -> pd.DataFrame:
    """The newest load of each file that gave something to the named feeds (commas between them; all feeds for none).

    A replay shows the same files: what it draws came out of them, whenever they were loaded. `files` says how many there are.

    Grain: one row per source and file, the one loaded last first.
    Columns: source, feed, file, sha256, started_at, rows_read, rows_refused, files
    """
    wanted = [load_run.c.feed.in_(name.strip() for name in feeds.split(","))] if feeds else []
    newest = select(func.max(load_run.c.id).label("id")).where(load_run.c.status == "ok", *wanted)
    its = newest.group_by(load_run.c.source, load_run.c.file).subquery()
    shown = [load_run.c[name] for name in documented(loaded_files).columns[:-1]]
    query = select(*shown, func.count().over().label("files")).join(its, its.c.id == load_run.c.id)
    ordered = query.order_by(load_run.c.started_at.desc(), load_run.c.source, load_run.c.file).limit(limit)
    return tidy((dict(row) for row in connection.execute(ordered).mappings()), loaded_files)


def customers_behind(connection: Connection, scope: Scope, kinds: str = "new,won back,lost", limit: int = 50) -> pd.DataFrame:
    """The customers who came, came back or left in the last complete month, as they stand in the ledger, newest first.

    `all` is how many of that kind there were. Read by an index on kind and day: the same with ten customers or a million.

    Grain: one row per customer and change, at most `limit` of each kind.
    Columns: kind, all, day, customer, perimeter, customer_group, value, reason, reason_source
    """
    wanted = [kind for kind in KINDS if kind in {name.strip() for name in kinds.split(",")}]
    return tidy((row for kind in wanted for row in _behind(connection, scope, kind, limit)), customers_behind)


def _behind(connection: Connection, scope: Scope, kind: str, limit: int) -> list[dict[str, Any]]:
    month, its = month_before(scope), customer_event.c
    counted = select(func.sum(customer_day.c.customers)).where(customer_day.c.kind == kind, *within(customer_day, scope, month))
    shown = [its[name] for name in documented(customers_behind).columns if name not in ("all", "kind")]
    query = (
        select(*shown)
        .where(its.kind == kind, its.rule == scope.rule, *within(customer_event, scope, month))
        .order_by(its.day.desc(), its.customer, its.perimeter)
        .limit(limit)
    )
    rows = connection.execute(query).mappings().all()
    total = int(connection.scalar(counted) or 0) if rows else 0
    return [{**row, "kind": kind, "all": total} for row in rows]
