"""How long solved tickets took, in calendar days, and what a customer may expect of the next one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from wallboard.metrics.facts import first_day
from wallboard.metrics.flow_statistics import FEW_FINISHED, ranked
from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Scope, full_weeks, span
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED, TOO_FEW
from wallboard.store.schema import ticket_cycle, ticket_day

CLASSES = 24
"""Into how many classes the days are cut at most."""


@dataclass(frozen=True, slots=True)
class CycleTimes:
    """The days that tickets took which were solved in some full weeks; None without any, percentiles by nearest rank.

    state: measured, too few (under 11 finished: `provisional`), no cases, not measured (no event is loaded).
    """

    period_start: date
    period_end: date
    finished: int | None
    p50: int | None
    p85: int | None
    p95: int | None
    longest: int | None
    average: float | None
    provisional: bool
    state: str


@dataclass(frozen=True, slots=True)
class CycleTimeClass:
    """So many tickets took from so many to so many days; `to_days` is None in the class of all that took longer."""

    from_days: int
    to_days: int | None
    tickets: int


@memoised
def cycle_times(connection: Connection, scope: Scope, weeks: int = 13) -> tuple[CycleTimes, ...]:
    """Days from first start to solved, (local date solved − local date started) + 1, of tickets solved in the last full weeks.

    p50, p85 and p95 are nearest-rank percentiles: so many per cent were solved within so many days, the service level expectation
    for one ticket. A ticket that is solved again counts again, with all its days since its first start.

    Grain: one row.
    """
    whole, days = span(full_weeks(scope, weeks)), _tickets_by_days(connection, scope, weeks)
    count = sum(days.values())
    measured = first_day(connection, ticket_day, scope) is not None
    state = MEASURED if count >= FEW_FINISHED else TOO_FEW if count else NO_CASES
    times = CycleTimes(
        period_start=whole.start,
        period_end=whole.end,
        finished=count if measured else None,
        p50=ranked(days, 50),
        p85=ranked(days, 85),
        p95=ranked(days, 95),
        longest=max(days, default=None),
        average=sum(day * n for day, n in days.items()) / count if count else None,
        provisional=count < FEW_FINISHED,
        state=state if measured else NOT_MEASURED,
    )
    return (times,)


def cycle_time_classes(connection: Connection, scope: Scope, weeks: int = 13) -> tuple[CycleTimeClass, ...]:
    """How many tickets of the last full weeks were solved in how many days: equal classes up to half as far again as the 95 %
    percentile, and one for all that took longer.

    Grain: one row per class, shortest first; none where nothing was solved.
    """
    days = _tickets_by_days(connection, scope, weeks)
    if not days:
        return ()
    furthest = min(max(days), -(-(ranked(days, 95) or 1) * 3 // 2))
    width = -(-furthest // CLASSES)
    number = -(-furthest // width)
    counts = [0] * (number + 1)
    for day, tickets in days.items():
        counts[min((day - 1) // width, number)] += tickets
    classes = [CycleTimeClass(n * width + 1, (n + 1) * width, counts[n]) for n in range(number)]
    longer = CycleTimeClass(number * width + 1, None, counts[number])
    return (*classes, longer) if longer.tickets else tuple(classes)


@memoised
def _tickets_by_days(connection: Connection, scope: Scope, weeks: int) -> Mapping[int, int]:
    """How many tickets were solved in how many days."""
    whole, c = span(full_weeks(scope, weeks)), ticket_cycle.c
    inside = c.week.between(whole.start, whole.end), c.perimeter.in_(scope.perimeters)
    rows = connection.execute(select(c.days, func.sum(c.tickets)).where(*inside).group_by(c.days)).all()
    return {row[0]: int(row[1]) for row in rows}
