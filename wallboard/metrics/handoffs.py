"""Cases that pass from one function to another: how many, how long they wait, how they come, and how many come back."""

from collections import Counter
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from wallboard.metrics.availability import HANDED, coverage
from wallboard.metrics.frames import tidy
from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Period, Scope, full_weeks, span
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED, TOO_FEW
from wallboard.metrics.statistics import Interval, wilson
from wallboard.store.schema import function, handoff, handoff_day, stage, touchpoint

READS = ("handoff", "handoff_day", "function", "stage", "touchpoint")
"""The tables behind handoffs; a panel that shows them reads these."""

_D = handoff_day.c
_COUNTS = ("handed", "taken", "in_time", "late", "complete", "complete_known", "returned")


@memoised
def handoffs(connection: Connection, scope: Scope, weeks: int = 4, stage: str | None = None) -> pd.DataFrame:
    """How well cases pass from one function to another, of those handed over in the last complete weeks.

    `waiting` were not taken yet; `wait_hours` is the mean of those that were. `late` waited, or wait, longer than the handoff
    allows; `late_share` is of those of which that is known (in time or late), None where no longest wait is declared.
    `completeness` is complete / handed over with a known status, the `unknown` apart. `bounce_rate` is returned / handed with
    its 95 % interval. A share or a mean of fewer cases than the room's small n is None; its counts stand. What became known
    later than the scope's last day is not seen. state: measured, too few, no cases (in these weeks), not measured (never
    any, or none is loaded of these weeks).

    Grain: one row per handoff, in the order of the journey.
    Columns: handoff, stage, stage_name, touchpoint, touchpoint_name, seq, from_function, from_name, to_function, to_name, what,
    needs, max_wait_hours, handed, taken, waiting, wait_hours, in_time, late, late_share, complete, complete_known, unknown,
    completeness, returned, bounce_rate, bounce_low, bounce_high, period_start, period_end, state
    """
    period = span(full_weeks(scope, weeks))
    seen, ever = _seen(connection, scope, period), _ever(connection, scope)
    covered = coverage(connection, scope, HANDED).of(period)
    rows = []
    for seq, row in enumerate(_described(connection, stage), 1):
        measured = covered and row["handoff"] in ever
        counts = seen.get(row["handoff"], Counter()) if measured else None
        dated = {"seq": seq, "period_start": period.start, "period_end": period.end}
        rows.append({**row, **dated, **_told(counts, row["max_wait_hours"], scope.small_n)})
    return tidy(rows, handoffs)


def _described(connection: Connection, at: str | None) -> list[dict[str, Any]]:
    gives, takes = function.alias("gives"), function.alias("takes")
    h, t, s = handoff.c, touchpoint.c, stage.c
    query = (
        select(
            h.handoff, t.stage, s.name.label("stage_name"), h.touchpoint, t.name.label("touchpoint_name"), h.from_function,
            gives.c.name.label("from_name"), h.to_function, takes.c.name.label("to_name"), h.what, h.needs, h.max_wait_hours,
        )
        .join(touchpoint, t.touchpoint == h.touchpoint)
        .join(stage, s.stage == t.stage)
        .join(gives, gives.c.function == h.from_function)
        .join(takes, takes.c.function == h.to_function)
        .order_by(s.seq, s.stage, t.seq, t.touchpoint, h.handoff)
    )  # fmt: skip
    if at is not None:
        query = query.where(t.stage == at)
    return [dict(row) for row in connection.execute(query).mappings()]


def _seen(connection: Connection, scope: Scope, period: Period) -> dict[str, Counter[str]]:
    end = min(period.end, scope.last_day)
    inside = _D.perimeter.in_(scope.perimeters), _D.day.between(period.start, end), _D.known_on <= scope.last_day
    sums = [func.sum(_D[name]).label(name) for name in (*_COUNTS, "wait_hours")]
    rows = connection.execute(select(_D.handoff, *sums).where(*inside).group_by(_D.handoff)).mappings()
    return {row["handoff"]: Counter({name: row[name] for name in (*_COUNTS, "wait_hours")}) for row in rows}


def _ever(connection: Connection, scope: Scope) -> frozenset[str]:
    """The handoffs of which any case was handed over by the scope's last day."""
    first = select(_D.day).where(
        _D.handoff == handoff.c.handoff, _D.perimeter.in_(scope.perimeters), _D.day <= scope.last_day, _D.handed > 0
    )
    return frozenset(connection.scalars(select(handoff.c.handoff).where(first.exists())))


def _told(counts: Counter[str] | None, longest: float | None, small_n: int) -> dict[str, Any]:
    if counts is None:
        names = (*_COUNTS, "waiting", "wait_hours", "late_share", "unknown", "completeness", "bounce_rate")
        return {**dict.fromkeys((*names, "bounce_low", "bounce_high")), "state": NOT_MEASURED}
    n = {name: int(counts[name]) for name in _COUNTS}
    bounced = _share(n["returned"], n["handed"], small_n)
    late = _share(n["late"], n["in_time"] + n["late"], small_n) if longest else None
    whole = _share(n["complete"], n["complete_known"], small_n)
    return {
        **n,
        "in_time": n["in_time"] if longest else None,
        "late": n["late"] if longest else None,
        "waiting": n["handed"] - n["taken"],
        "wait_hours": float(counts["wait_hours"]) / n["taken"] if n["taken"] and n["taken"] >= small_n else None,
        "late_share": late.value if late else None,
        "unknown": n["handed"] - n["complete_known"],
        "completeness": whole.value if whole else None,
        "bounce_rate": bounced.value if bounced else None,
        "bounce_low": bounced.low if bounced else None,
        "bounce_high": bounced.high if bounced else None,
        "state": NO_CASES if not n["handed"] else TOO_FEW if n["handed"] < small_n else MEASURED,
    }


def _share(part: int, n: int, small_n: int) -> Interval | None:
    return wilson(part, n) if n and n >= small_n else None
