"""The flow of the room's issues: admitted, reopened and closed by week; closed means that the customer has accepted it."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection

from wallboard.metrics.room_lives import room_lives
from wallboard.metrics.scope import Scope, week_of
from wallboard.metrics.states import MEASURED, NOT_MEASURED

CLOSED_RULE = "closed by the customer"
_SIGNS = {"admitted": 1, "reopened": 1, "closed": -1}


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomWeek:
    """The room's issues in one ISO week: opening + admitted + reopened − closed = wip, those open at its end.

    state: measured, not measured (before the first admitted issue: all counts are None).
    """

    week_start: date
    week_name: str
    opening: int | None = None
    admitted: int | None = None
    reopened: int | None = None
    closed: int | None = None
    wip: int | None = None
    complete: bool
    state: str = NOT_MEASURED
    departure_rule: str = CLOSED_RULE


def room_flow(connection: Connection, scope: Scope, weeks: int = 26) -> tuple[RoomWeek, ...]:
    """Issues admitted, reopened and closed each week: opening + admitted + reopened − closed = wip, counted by local days.

    An issue that is closed and comes back is reopened: it arrives again, and its clock goes on from its first start. A closed
    issue is one whose answer the customer has accepted, which is later than what a helpdesk calls solved.

    Grain: one row per ISO week, oldest first; the last one holds the as-of instant.
    """
    moved = [(step.day, step.kind) for issue in room_lives(connection, scope) for step in issue.life.of(*_SIGNS)]
    first = min((day for day, _ in moved), default=None)
    last = week_of(scope, max([scope.today, *(day for day, _ in moved)]))
    periods = [week_of(scope, last.start - timedelta(weeks=back)) for back in range(weeks - 1, -1, -1)]
    wip = sum(_SIGNS[kind] for day, kind in moved if day < periods[0].start)
    rows = []
    for period in periods:
        week = RoomWeek(week_start=period.start, week_name=period.name, complete=period.complete)
        counts = Counter(kind for day, kind in moved if day in period)
        opening, wip = wip, wip + sum(_SIGNS[kind] * count for kind, count in counts.items())
        if first is not None and first <= period.end:
            week = replace(week, opening=opening, admitted=counts["admitted"], reopened=counts["reopened"])
            week = replace(week, closed=counts["closed"], wip=wip, state=MEASURED)
        rows.append(week)
    return tuple(rows)
