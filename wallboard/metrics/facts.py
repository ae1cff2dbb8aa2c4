"""Reads daily facts: sums by day for the perimeters in scope, never beyond the last complete day."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    Integer,
    Row,
    Select,
    Table,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
)

from wallboard.metrics.scope import Period, Scope
from wallboard.store.schema import complaint_week, kind_week, touchpoint, voice_day


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
    when: str = "day",
) -> list[tuple[Period, Row[Any]]]:
    """The sums of columns `of` for each period and combination of columns `by`; `newest` is the newest day, `days` the rows.

    `when` names the column of days. The periods follow each other without a gap; the database adds up, so that a row comes back
    for each period, not each day.
    """
    bounds: dict[str, Any] = {f"end_{n}": period.end for n, period in enumerate(periods[:-1])}
    bounds |= {"start": periods[0].start, "end": min(periods[-1].end, scope.last_day), "perimeters": scope.perimeters}
    query = _statement(table, tuple(by), tuple(of), len(periods), when)
    rows = connection.execute(query.where(*more) if more else query, bounds).all()
    return [(periods[row.bucket], row) for row in rows]


def everywhere(_table: Table) -> list[ColumnElement[bool]]:
    """No condition."""
    return []


def complained(
    connection: Connection,
    scope: Scope,
    periods: Sequence[Period],
    by: Sequence[str],
    where: Callable[[Table], list[ColumnElement[bool]]] = everywhere,
) -> list[tuple[Period, Row[Any]]]:
    """Complaints of periods of whole weeks by columns `by`: one row for seven days, days only for what has not ended.

    `where` gives the conditions on the table that is asked; rows without a complaint do not come back.
    """
    ended, runs = [period for period in periods if period.complete], [period for period in periods if not period.complete]
    weekly = kind_week if {*by} <= {"issue_type", "perimeter"} and where is everywhere else complaint_week
    rows = sums(connection, weekly, scope, ended, by, ["complaints"], *where(weekly), when="week") if ended else []
    with_complaints = voice_day.c.complaints > 0
    return rows + (
        sums(connection, voice_day, scope, runs, by, ["complaints"], with_complaints, *where(voice_day)) if runs else []
    )


def complained_weekly(connection: Connection, scope: Scope, weeks: Sequence[Period], by: str) -> list[tuple[date, str, int]]:
    """The Mondays of weeks that follow each other, each value of column `by`, and its complaints, where there are any."""
    ended, runs = [span for span in weeks if span.complete], [span for span in weeks if not span.complete]
    counts: list[tuple[date, str, int]] = []
    if ended:
        week, key = kind_week.c.week, kind_week.c[by]
        inside = kind_week.c.perimeter.in_(scope.perimeters), week.between(ended[0].start, ended[-1].start)
        summed = select(week, key, func.sum(kind_week.c.complaints)).where(*inside).group_by(week, key)
        counts = [(row[0], row[1], int(row[2])) for row in connection.execute(summed).all()]
    if runs:
        days = sums(connection, voice_day, scope, runs, [by], ["complaints"], voice_day.c.complaints > 0)
        counts += [(week.start, row[0], int(row.complaints)) for week, row in days]
    return counts


@cache
def _statement(table: Table, by: tuple[str, ...], of: tuple[str, ...], periods: int, when: str) -> Select[Any]:
    """The question for a number of periods: put together once, asked of other days and perimeters each time."""
    keys: list[Column[Any]] = [table.c[name] for name in by]
    day = table.c[when]
    seen = {"newest": func.max(day), "days": func.count()}
    totals = [(seen[name] if name in seen else func.sum(table.c[name])).label(name) for name in of]
    bucket = _number(day, 0, periods - 1).label("bucket")
    days = day.between(bindparam("start"), bindparam("end"))
    inside = table.c.perimeter.in_(bindparam("perimeters", expanding=True)), days
    groups = [bucket, *keys] if periods > 1 else keys
    return select(*keys, *totals, bucket).where(*inside).group_by(*groups)


def _number(day: ColumnElement[Any], first: int, last: int) -> ColumnElement[int]:
    """The number of the period in which a row's day lies, found by halving: five questions for 26 weeks."""
    if first == last:
        return literal_column(str(first), Integer)
    middle = (first + last) // 2
    earlier, later = _number(day, first, middle), _number(day, middle + 1, last)
    return case((day <= bindparam(f"end_{middle}"), earlier), else_=later)


def first_day(connection: Connection, table: Table, scope: Scope) -> date | None:
    """The first day with a fact in scope; None where nothing is loaded."""
    query = select(table.c.day).where(*within(table, scope)).order_by(table.c.day).limit(1)
    newest: date | None = connection.execute(query).scalar()
    return newest


@cache
def _newest_voice() -> Select[Any]:
    """The question for the newest voice: put together once, asked of other days and perimeters each time."""
    day, end = voice_day.c.day, bindparam("end", type_=Date)
    newest = select(day).where(day <= end).order_by(day.desc()).limit(1).scalar_subquery()
    inside = voice_day.c.perimeter.in_(bindparam("perimeters", expanding=True)), day <= end
    return select(newest).where(select(day).where(*inside).exists())


def heard_to(connection: Connection, scope: Scope) -> date | None:
    """The newest day on which anything was heard of any customer in any perimeter; None where nothing was ever heard in scope."""
    newest: date | None = connection.execute(_newest_voice(), {"end": scope.last_day, "perimeters": scope.perimeters}).scalar()
    return newest


def at_stage(table: Table, stage: str | None) -> list[ColumnElement[bool]]:
    """The condition that a fact belongs to a stage, by itself or by its touchpoint; none for None."""
    if stage is None:
        return []
    its = select(touchpoint.c.touchpoint).where(touchpoint.c.stage == stage)
    return [or_(table.c.stage == stage, and_(table.c.stage == "", table.c.touchpoint.in_(its)))]
