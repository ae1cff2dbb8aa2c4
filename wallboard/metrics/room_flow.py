"""The flow of the room's issues: admitted, reopened and closed by week; closed means that the customer has accepted it."""

from datetime import timedelta

import pandas as pd
from sqlalchemy import Connection

from wallboard.metrics.frames import tidy
from wallboard.metrics.room_lives import room_lives
from wallboard.metrics.scope import Scope, week_of
from wallboard.metrics.states import MEASURED, NOT_MEASURED

CLOSED_RULE = "closed by the customer"


def room_flow(connection: Connection, scope: Scope, weeks: int = 26) -> pd.DataFrame:
    """Issues admitted, reopened and closed each week: opening + admitted + reopened − closed = wip, counted by local days.

    An issue that is closed and comes back is reopened: it arrives again, and its clock goes on from its first start. A closed
    issue is one whose answer the customer has accepted, which is later than what a helpdesk calls solved. state: measured, not
    measured (before the first admitted issue).

    Grain: one row per ISO week, oldest first; the last one holds the as-of instant.
    Columns: week_start, week_name, opening, admitted, reopened, closed, wip, complete, state, departure_rule
    """
    found = room_lives(connection, scope)
    moved = [(step.day, step.kind) for one in found for step in one.life.of("admitted", "reopened", "closed")]
    newest = max((day for day, _ in moved), default=scope.today)
    last = week_of(scope, max(scope.today, newest))
    periods = [week_of(scope, last.start - timedelta(weeks=back)) for back in range(weeks - 1, -1, -1)]
    signs = {"admitted": 1, "reopened": 1, "closed": -1}
    wip = sum(signs[kind] for day, kind in moved if day < periods[0].start)
    first = min((day for day, _ in moved), default=None)
    rows = []
    for period in periods:
        counts = {name: sum(kind == name and day in period for day, kind in moved) for name in signs}
        after = wip + sum(signs[name] * count for name, count in counts.items())
        measured = first is not None and first <= period.end
        numbers = {"opening": wip, **counts, "wip": after}
        wip = after
        rows.append(
            {
                "week_start": period.start,
                "week_name": period.name,
                **(numbers if measured else dict.fromkeys(numbers)),
                "complete": period.complete,
                "state": MEASURED if measured else NOT_MEASURED,
                "departure_rule": CLOSED_RULE,
            }
        )
    return tidy(rows, room_flow)
