"""How old the open tickets are, against how long the solved ones took."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Integer, Subquery, case, func, literal, literal_column, select, union_all

from wallboard.metrics.cycle_times import cycle_times
from wallboard.metrics.facts import first_day
from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED
from wallboard.store.schema import ticket_day, ticket_move, ticket_open
from wallboard.store.schema.flow import BLOCK, EXACT_DAYS, OPEN, started_on

STEPS = 16
"""Into how many steps of age the scale is cut, besides one for all that is older."""

BANDS = ("within half", "within 85", "within 95", "beyond 95")
"""How an age stands against the finished ones: at most their 50, 85, 95 % percentile, or older."""


@dataclass(frozen=True, slots=True)
class AgeingStep:
    """Open tickets of one status, step of age and band at the end of `day`; ages in days, `to_days` None for all older.

    `at_least`: the ages are at least so, as tickets older than a year are put together by four weeks.
    """

    day: date
    status: str
    from_days: int
    to_days: int | None
    band: str
    tickets: int
    oldest_days: int
    average_days: float
    at_least: bool


@dataclass(frozen=True, slots=True)
class AgeingSummary:
    """The open tickets at the end of `day`, against percentiles in days of the `finished` ones; None where there is none of them.

    state: measured, no cases (nothing is open), not measured (no event is loaded).
    """

    day: date
    open: int | None
    beyond_85: int | None
    beyond_95: int | None
    oldest_days: int | None
    at_least: bool
    average_days: float | None
    p50: int | None
    p85: int | None
    p95: int | None
    finished: int | None
    provisional: bool
    step_days: int
    state: str


@memoised
def ageing_wip(connection: Connection, scope: Scope, weeks: int = 13) -> tuple[AgeingStep, ...]:
    """Open tickets by status and age (today − first start + 1 days), against percentiles of the solved ones only.

    Counted at the end of the last complete day. The scale has 16 equal steps up to one and a half times the 95 % percentile of
    the cycle times of the last `weeks` full weeks, and one for all that is older. `band` says how the age stands against their
    50, 85 and 95 % percentiles, which are provisional below 11 solved tickets and absent without any.

    Grain: one row per status, step of age and band that has open tickets, in the order of statuses and ages.
    """
    (times,) = cycle_times(connection, scope, weeks=weeks)
    steps = _steps(connection, scope, step_of(times.p95), (times.p50, times.p85, times.p95))
    return tuple(sorted(steps, key=lambda step: (OPEN.index(step.status), step.from_days, step.oldest_days)))


def ageing_summary(connection: Connection, scope: Scope, weeks: int = 13) -> tuple[AgeingSummary, ...]:
    """How many tickets are open, how many of them are older than 85 % and 95 % of the solved ones were, and the oldest age.

    Grain: one row.
    """
    (times,) = cycle_times(connection, scope, weeks=weeks)
    steps = ageing_wip(connection, scope, weeks=weeks)
    count = sum(step.tickets for step in steps)
    measured = first_day(connection, ticket_day, scope) is not None
    compared = measured and bool(times.finished)
    summary = AgeingSummary(
        day=scope.last_day,
        open=count if measured else None,
        beyond_85=sum(step.tickets for step in steps if step.band in BANDS[2:]) if compared else None,
        beyond_95=sum(step.tickets for step in steps if step.band == BANDS[3]) if compared else None,
        oldest_days=max((step.oldest_days for step in steps), default=None),
        at_least=any(step.at_least for step in steps),
        average_days=sum(step.average_days * step.tickets for step in steps) / count if count else None,
        p50=times.p50,
        p85=times.p85,
        p95=times.p95,
        finished=times.finished,
        provisional=times.provisional,
        step_days=step_of(times.p95),
        state=NOT_MEASURED if not measured else MEASURED if count else NO_CASES,
    )
    return (summary,)


def step_of(p95: int | None) -> int:
    """How many days one step of the scale has: 16 of them reach one and a half times as far as the 95 % percentile."""
    return max(1, -(-(p95 or 30) * 3 // (2 * STEPS)))


def _steps(connection: Connection, scope: Scope, width: int, bounds: Sequence[int | None]) -> list[AgeingStep]:
    """Added up by the store, so that as many rows come back for a million tickets as for a hundred."""
    there = _there(connection, scope)
    age = there.c.age
    older = [(age > edge, n) for n, edge in reversed(list(enumerate(bounds, 1))) if edge is not None]
    band = case(*older, else_=0) if older else literal_column("0", Integer)
    at = case((age > STEPS * width, STEPS), else_=(age - 1) // width)
    each = select(there.c.status, age.label("age"), there.c.tickets, at.label("step"), band.label("band")).subquery()
    keys = (each.c.status, each.c.step, each.c.band)
    sums = func.sum(each.c.tickets).label("tickets"), func.sum(each.c.tickets * each.c.age).label("days")
    query = select(*keys, *sums, func.max(each.c.age).label("oldest")).group_by(*keys)
    return [
        AgeingStep(
            day=scope.last_day,
            status=row.status,
            from_days=int(row.step) * width + 1,
            to_days=(int(row.step) + 1) * width if row.step < STEPS else None,
            band=BANDS[row.band],
            tickets=int(row.tickets),
            oldest_days=int(row.oldest),
            average_days=int(row.days) / int(row.tickets),
            at_least=int(row.oldest) > EXACT_DAYS - BLOCK,
        )
        for row in connection.execute(query)
        if row.tickets > 0
    ]


def _there(connection: Connection, scope: Scope) -> Subquery:
    """Open tickets by status and age at the end of the last complete day: those of the newest day kept, and the moves since."""
    o, m = ticket_open.c, ticket_move.c
    checked: date | None = connection.scalar(select(func.max(o.day)).where(o.day <= scope.last_day))
    since = [m.day <= scope.last_day, *([] if checked is None else [m.day > checked])]
    there = o.day == checked, o.perimeter.in_(scope.perimeters)
    if connection.execute(select(m.day).where(*since).limit(1)).first() is None:
        age = literal(scope.today.toordinal(), Integer) - o.started + 1
        return select(o.status, age.label("age"), o.tickets).where(*there, o.status.in_(OPEN)).subquery()
    stood = select(o.status, o.started, o.tickets).where(*there)
    moved = select(m.status, m.started, m.tickets).where(m.perimeter.in_(scope.perimeters), *since)
    both = union_all(stood, moved).subquery()
    started = started_on(both.c.started, checked.toordinal(), _either) if checked else both.c.started
    open_tickets = select(both.c.status, started.label("started"), both.c.tickets).where(both.c.status.in_(OPEN)).subquery()
    age = literal(scope.today.toordinal(), Integer) - open_tickets.c.started + 1
    cells = select(open_tickets.c.status, age.label("age"), func.sum(open_tickets.c.tickets).label("tickets"))
    return cells.group_by(open_tickets.c.status, open_tickets.c.started).having(func.sum(open_tickets.c.tickets) > 0).subquery()


def _either(condition: Any, this: Any, that: Any) -> Any:
    return case((condition, this), else_=that)
