"""Where a number comes from: the files that were loaded, and the customers behind a count."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from wallboard.metrics.customer_state import TURNS
from wallboard.metrics.facts import within
from wallboard.metrics.rows import columns
from wallboard.metrics.scope import Scope, month_before
from wallboard.store.schema import customer_day, customer_event, load_run


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """The newest load of one file of one source: its rows, those refused, its fingerprint; `files` is how many there are."""

    source: str
    feed: str
    file: str
    sha256: str | None
    started_at: datetime
    rows_read: int
    rows_refused: int
    files: int


@dataclass(frozen=True, slots=True)
class ProvenanceCustomer:
    """One customer who came, came back or left (kind) as the ledger has it, with the value in the room's currency.

    `all` is how many of that kind there were.
    """

    kind: str
    all: int
    day: date
    customer: str
    perimeter: str
    customer_group: str
    value: float | None
    reason: str
    reason_source: str


def loaded_files(connection: Connection, scope: Scope, feeds: str = "", limit: int = 40) -> tuple[LoadedFile, ...]:
    """The newest load of each file that gave something to the named feeds (commas between them; all feeds for none).

    A replay shows the same files: what it draws came out of them, whenever they were loaded.

    Grain: one row per source and file, the one loaded last first.
    """
    wanted = [load_run.c.feed.in_(name.strip() for name in feeds.split(","))] if feeds else []
    newest = select(func.max(load_run.c.id).label("id")).where(load_run.c.status == "ok", *wanted)
    its = newest.group_by(load_run.c.source, load_run.c.file).subquery()
    shown = (*(load_run.c[name] for name in columns(LoadedFile)[:-1]), func.count().over())
    query = select(*shown).join(its, its.c.id == load_run.c.id)
    ordered = query.order_by(load_run.c.started_at.desc(), load_run.c.source, load_run.c.file).limit(limit)
    return tuple(LoadedFile(*row) for row in connection.execute(ordered))


def provenance_customers(
    connection: Connection, scope: Scope, kinds: str = "new,won back,lost", limit: int = 50
) -> tuple[ProvenanceCustomer, ...]:
    """The customers who came, came back or left in the last complete month, as they stand in the ledger, newest first.

    Read by an index on kind and day: the same with ten customers or a million.

    Grain: one row per customer and change, at most `limit` of each kind.
    """
    wanted = {name.strip() for name in kinds.split(",")}
    return tuple(row for kind in TURNS if kind in wanted for row in _behind(connection, scope, kind, limit))


def _behind(connection: Connection, scope: Scope, kind: str, limit: int) -> Iterator[ProvenanceCustomer]:
    month, its = month_before(scope), customer_event.c
    counted = select(func.sum(customer_day.c.customers)).where(customer_day.c.kind == kind, *within(customer_day, scope, month))
    query = (
        select(*(its[name] for name in columns(ProvenanceCustomer)[2:]))
        .where(its.kind == kind, its.rule == scope.rule, *within(customer_event, scope, month))
        .order_by(its.day.desc(), its.customer, its.perimeter)
        .limit(limit)
    )
    rows = connection.execute(query).all()
    total = int(connection.scalar(counted) or 0) if rows else 0
    return (ProvenanceCustomer(kind, total, *row) for row in rows)
