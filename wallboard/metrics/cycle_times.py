"""How long solved tickets took, in calendar days, and what a customer may expect of the next one."""

import pandas as pd
from sqlalchemy import Connection, func, select

from wallboard.metrics.facts import first_day
from wallboard.metrics.flow_statistics import FEW_FINISHED, ranked
from wallboard.metrics.frames import tidy
from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Period, Scope, full_weeks, span
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED, TOO_FEW
from wallboard.store.schema import ticket_cycle, ticket_day

CLASSES = 24
"""Into how many classes the days are cut at most."""


@memoised
def cycle_times(connection: Connection, scope: Scope, weeks: int = 13) -> pd.DataFrame:
    """Days from first start to solved, (local date solved − local date started) + 1, of tickets solved in the last full weeks.

    p50, p85 and p95 are nearest-rank percentiles: so many per cent were solved within so many days, the service level expectation
    for one ticket. A ticket that is solved again counts again, with all its days since its first start. state: measured, too few
    (under 11 finished: `provisional`), no cases, not measured (no event is loaded).

    Grain: one row.
    Columns: period_start, period_end, finished, p50, p85, p95, longest, average, provisional, state
    """
    whole, days = _days(connection, scope, weeks)
    count = sum(days.values())
    measured = first_day(connection, ticket_day, scope) is not None
    state = MEASURED if count >= FEW_FINISHED else TOO_FEW if count else NO_CASES
    row = {
        "period_start": whole.start,
        "period_end": whole.end,
        "finished": count if measured else None,
        **{f"p{percentile}": ranked(days, percentile) for percentile in (50, 85, 95)},
        "longest": max(days, default=None),
        "average": sum(day * n for day, n in days.items()) / count if count else None,
        "provisional": count < FEW_FINISHED,
        "state": state if measured else NOT_MEASURED,
    }
    return tidy([row], cycle_times)


def cycle_time_classes(connection: Connection, scope: Scope, weeks: int = 13) -> pd.DataFrame:
    """How many tickets of the last full weeks were solved in how many days: equal classes up to half as far again as the 95 %
    percentile, and one for all that took longer (its `to_days` is absent).

    Grain: one row per class, shortest first; none where nothing was solved.
    Columns: from_days, to_days, tickets
    """
    _, days = _days(connection, scope, weeks)
    if not days:
        return tidy([], cycle_time_classes)
    furthest = min(max(days), -(-(ranked(days, 95) or 1) * 3 // 2))
    width = -(-furthest // CLASSES)
    number = -(-furthest // width)
    counts = [0] * (number + 1)
    for day, tickets in days.items():
        counts[min((day - 1) // width, number)] += tickets
    spans: list[tuple[int, int | None]] = [(n * width + 1, (n + 1) * width) for n in range(number)]
    spans += [(number * width + 1, None)] if counts[number] else []
    rows = ({"from_days": a, "to_days": b, "tickets": n} for (a, b), n in zip(spans, counts, strict=False))
    return tidy(rows, cycle_time_classes)


def _days(connection: Connection, scope: Scope, weeks: int) -> tuple[Period, dict[int, int]]:
    """The weeks, and how many tickets were solved in how many days."""
    found = _counted(connection, scope, weeks)
    return span(full_weeks(scope, weeks)), dict(zip(found["days"].tolist(), found["tickets"].tolist(), strict=True))


@memoised
def _counted(connection: Connection, scope: Scope, weeks: int) -> pd.DataFrame:
    whole, c = span(full_weeks(scope, weeks)), ticket_cycle.c
    inside = c.week.between(whole.start, whole.end), c.perimeter.in_(scope.perimeters)
    rows = connection.execute(select(c.days, func.sum(c.tickets)).where(*inside).group_by(c.days)).all()
    return pd.DataFrame({"days": [row[0] for row in rows], "tickets": [int(row[1]) for row in rows]})
