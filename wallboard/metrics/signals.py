"""Is it growing or shrinking: complaints by week against the limits within which they used to move."""

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from wallboard.metrics.frames import tidy
from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Scope
from wallboard.metrics.series import NEW, Point, Series, judged_series
from wallboard.metrics.weekly import ALL, Weekly, stretches, wordings


@memoised
def issue_signals(
    connection: Connection, scope: Scope, weeks: int = 52, top: int = 6, against: str | None = None
) -> pd.DataFrame:
    """Complaints per 1,000 exposed by week, for all and for the commonest issue types, with natural limits and signals.

    Limits (XmR) come from the first 24 measured points of the baseline and are frozen then: `firm` from 17 points on, provisional
    from 12, none below. signal: high, low (rule 1: outside a limit), run high, run low (rule 2: the 8th in a row on one side);
    `now` is the newest of the last four points; `streak` points in a row lie on one `side`. A lower limit of 0 gives no low.
    `recent_complaints` are those of the last four complete weeks, `unclassified` all of them that have no type; None where
    nothing was heard in the last of them. `complete`: over, and loaded to its end. `measured_to` ends the newest judged point.
    Where the baseline has less than one complaint a week, four weeks are one point (`size`). basis: rate, or count where no
    exposure exists at all. A point is absent where the exposure is missing, the counts stay; what is incomplete is never judged.
    state: measured, too few (no limits: too few points or complaints), not measured (no point in the last four periods).

    Grain: one row per series (place 0: all complaints, issue_type None) and period, oldest first; the last may be incomplete.
    Columns: place, issue_type, wording, size, period_start, period_end, period_name, complaints, exposure, exposure_kind,
    per_1000, value, basis, complete, in_baseline, baseline_start, baseline_end, baseline_n, firm, mean, lower, upper, signal,
    now, measured_to, streak, side, recent_complaints, unclassified, state
    """
    found = judged_series(connection, scope, weeks, against)
    said, read = wordings(connection), found.read
    late = stretches(scope, None, weeks, 0)[-1]
    whole = [week for week in late if read.whole(week)][-NEW:]
    unclassified = sum(read.count(week, "") for week in whole) if whole and read.is_covered(whole[-1]) else None
    kinds = [] if found.begins is None else [ALL, *found.commonest(weeks, top)]
    series = (found.of(kind) for kind in kinds)
    rows = (row for place, one in enumerate(series) for row in _rows(place, one, said, read, late[0].start, unclassified))
    return tidy(rows, issue_signals)


def _rows(
    place: int, series: Series, said: dict[str, str], read: Weekly, late: date, unclassified: int | None
) -> list[dict[str, Any]]:
    limits, base = series.limits, [point for point in series.points if point.in_baseline]
    streak, side = series.streak
    recent = [point.complaints for point in series.points if point.period.complete][-(NEW // min(series.size, NEW)) :]
    whole = {
        "place": place,
        "issue_type": series.kind,
        "wording": "all complaints" if series.kind is ALL else said.get(series.kind, series.kind),
        "size": series.size,
        "exposure_kind": read.against.kind if read.against else None,
        "basis": series.basis,
        "baseline_start": base[0].period.start if base else None,
        "baseline_end": base[-1].period.end if base else None,
        "baseline_n": len(base),
        "firm": None if limits is None else "provisional" if limits.provisional else "firm",
        "mean": limits.mean if limits else None,
        "lower": limits.lower if limits else None,
        "upper": limits.upper if limits else None,
        "now": series.newest_signal,
        "measured_to": series.measured_to,
        "streak": streak,
        "side": side,
        "recent_complaints": sum(one or 0 for one in recent) if recent and recent[-1] is not None else None,
        "unclassified": unclassified,
        "state": series.state,
    }
    return [{**whole, **_row(point)} for point in series.points if point.period.end >= late]


def _row(point: Point) -> dict[str, Any]:
    return {
        "period_start": point.period.start,
        "period_end": point.period.end,
        "period_name": point.period.name,
        "complaints": point.complaints,
        "exposure": point.exposure,
        "per_1000": point.per_1000,
        "value": point.value,
        "complete": point.period.complete,
        "in_baseline": point.in_baseline,
        "signal": point.signal,
    }
