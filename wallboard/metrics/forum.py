"""Whether leaders come together when they had planned to."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, or_, select

from wallboard.metrics.frames import tidy
from wallboard.metrics.scope import Scope, and_running, last_periods
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED
from wallboard.store.schema import meeting

HELD, POSTPONED, MISSED = "held", "postponed", "missed"


def meetings(connection: Connection, scope: Scope, months: int = 6, unit: str = "month", kind: str = "monthly") -> pd.DataFrame:
    """Every meeting planned in the last complete periods and the running one, up to the last complete day, and what became of it.

    `unit` is month or quarter, `months` how many complete ones. Held on the planned day is 'held', later 'postponed' (it was
    not held when it was planned), not at all 'missed'. Meetings to come are no rows.

    Grain: one row per planned meeting, oldest first.
    Columns: planned_on, held_on, kind, perimeter, outcome, period_start
    """
    periods = last_periods(scope, unit, and_running(scope, months, unit))
    m = meeting.c
    query = select(m.planned_on, m.held_on, m.kind, m.perimeter).where(
        m.planned_on.between(periods[0].start, scope.last_day),
        m.kind == kind,
        or_(m.perimeter.is_(None), m.perimeter.in_(scope.perimeters)),
    )
    rows = []
    for row in connection.execute(query.order_by(m.planned_on, m.id)):
        start = next(period.start for period in periods if row.planned_on in period)
        rows.append({"kind": row.kind, "perimeter": row.perimeter, "period_start": start, **_kept(scope, row)})
    return tidy(rows, meetings)


def _kept(scope: Scope, row: Any) -> dict[str, Any]:
    held = row.held_on if row.held_on and row.held_on <= scope.last_day else None
    outcome = MISSED if held is None else HELD if held == row.planned_on else POSTPONED
    return {"planned_on": row.planned_on, "held_on": held, "outcome": outcome}


def meetings_held(
    connection: Connection, scope: Scope, months: int = 6, unit: str = "month", kind: str = "monthly"
) -> pd.DataFrame:
    """How many of the meetings planned up to the last complete day were held when they were planned: held / planned.

    Postponed and missed ones are not held on time; `next_on` is the next planned one. `share` is None below the small number
    of cases. state: measured, no cases (none was planned in this time), not measured (no calendar is loaded).

    Grain: one row.
    Columns: planned, held, postponed, missed, share, next_on, state
    """
    found = meetings(connection, scope, months=months, unit=unit, kind=kind)
    m = meeting.c
    here = [m.kind == kind, or_(m.perimeter.is_(None), m.perimeter.in_(scope.perimeters))]
    known = connection.execute(select(m.id).where(*here).limit(1)).first() is not None
    coming = select(m.planned_on).where(*here, m.planned_on > scope.last_day).order_by(m.planned_on).limit(1)
    planned, counts = len(found), found["outcome"].value_counts()
    numbers = {"planned": planned, **{name: int(counts.get(name, 0)) for name in (HELD, POSTPONED, MISSED)}}
    row = {
        **(numbers if known else dict.fromkeys(numbers)),
        "share": numbers[HELD] / planned if known and planned >= scope.small_n else None,
        "next_on": connection.execute(coming).scalar(),
        "state": NOT_MEASURED if not known else MEASURED if planned else NO_CASES,
    }
    return tidy([row], meetings_held)
