"""Reads daily facts: sums by day for the perimeters in scope, never beyond the last complete day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Row, Table, and_, case, func, or_, select

from wallboard.metrics.scope import Period, Scope, span
from wallboard.store.schema import touchpoint


def within(table: Table, scope: Scope, period: Period | None = None) -> list[ColumnElement[bool]]:
    """The conditions that keep a table's rows inside the scope, and inside a period of it."""
    end = scope.last_day if period is None else min(period.end, scope.last_day)
    conditions = [table.c.perimeter.in_(scope.perimeters), table.c.day <= end]
    return conditions if period is None else [*conditions, table.c.day >= period.start]


def sums(
    connection: Connection,
    table: Table,
    scope: Scope,
    periods: Sequence[Period],
    by: Sequence[str],
    of: Sequence[str],
    *more: ColumnElement[bool],
) -> list[tuple[Period, Row[Any]]]:
    """The sums of columns `of` for each period and combination of columns `by`, with `newest` day and number of `days`.

    The periods follow each other without a gap; the database adds up, so that a row comes back for each period, not each day.
    """
    keys: list[Column[Any]] = [table.c[name] for name in by]
    totals = [func.sum(table.c[name]).label(name) for name in of]
    seen = [func.max(table.c.day).label("newest"), func.count().label("days")]
    ends = [(table.c.day <= period.end, n) for n, period in enumerate(periods[:-1])]
    last = len(periods) - 1
    bucket = [case(*ends, else_=last).label("bucket")] if ends else []
    query = (
        select(*keys, *totals, *seen, *bucket).where(*within(table, scope, span(list(periods))), *more).group_by(*keys, *bucket)
    )
    return [(periods[row.bucket if bucket else last], row) for row in connection.execute(query)]


def first_day(connection: Connection, table: Table, scope: Scope) -> date | None:
    """The first day with a fact in scope; None where nothing is loaded."""
    query = select(table.c.day).where(*within(table, scope)).order_by(table.c.day).limit(1)
    found: date | None = connection.execute(query).scalar()
    return found


def at_stage(table: Table, stage: str | None) -> list[ColumnElement[bool]]:
    """The condition that a fact belongs to a stage, by itself or by its touchpoint; none for None."""
    if stage is None:
        return []
    its = select(touchpoint.c.touchpoint).where(touchpoint.c.stage == stage)
    return [or_(table.c.stage == stage, and_(table.c.stage == "", table.c.touchpoint.in_(its)))]
