"""Is it growing or shrinking: complaints by week against the limits within which they used to move."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from wallboard.metrics.frames import MEASURED, NOT_MEASURED, TOO_FEW, tidy
from wallboard.metrics.scope import Period, Scope
from wallboard.metrics.shared import shared
from wallboard.metrics.statistics import PROVISIONAL, Limits, signals, xmr
from wallboard.metrics.weekly import ALL, Weekly, baseline_begins, measured_against, rate_of, read_weeks, stretches, wordings

BASELINE, LONG = 24, 4
"""Points after which a baseline is frozen; weeks that are put together where there is less than one complaint a week."""

NEW = 4
"""A signal is news for so many points."""


@dataclass
class Point:
    """One period of a series; `value` is its rate, or its count where there is no exposure at all."""

    period: Period
    complaints: int | None
    exposure: float | None
    per_1000: float | None
    value: float | None
    state: str
    signal: str = ""
    in_baseline: bool = False


@dataclass
class Series:
    """One issue type, or all, in periods of `size` weeks."""

    kind: str | None
    size: int
    basis: str
    points: list[Point]
    limits: Limits | None = None
    mean_count: float | None = None
    judged: list[Point] = field(default_factory=list)

    @property
    def newest_signal(self) -> str:
        """The newest signal of the last four points, '' where they say nothing."""
        return next((point.signal for point in reversed(self.judged[-NEW:]) if point.signal), "")

    @property
    def streak(self) -> tuple[int, str]:
        """How many points in a row lie on one side of the centre up to now, and on which; those on the line do not count."""
        if self.limits is None:
            return 0, ""
        sides = [point.value > self.limits.mean for point in self.judged if point.value not in (None, self.limits.mean)]
        if not sides:
            return 0, ""
        other = next((n for n, side in enumerate(reversed(sides)) if side != sides[-1]), len(sides))
        return other, "above" if sides[-1] else "below"

    @property
    def state(self) -> str:
        """measured; too few (no limits yet, or less than one complaint even in four weeks); not measured."""
        if not any(point.value is not None for point in self.points):
            return NOT_MEASURED
        return MEASURED if self.limits and (self.mean_count or 0) >= 1 else TOO_FEW


@shared
def issue_signals(
    connection: Connection, scope: Scope, weeks: int = 52, top: int = 6, against: str | None = None
) -> pd.DataFrame:
    """Complaints per 1,000 exposed by week, for all and for the commonest issue types, with natural limits and signals.

    Limits (XmR) come from the first 24 measured points of the baseline and are frozen then: `firm` from 17 points on, provisional
    from 12, none below. signal: high, low (rule 1: outside a limit), run high, run low (rule 2: the 8th in a row on one side);
    `now` is the newest of the last four points; `streak` points in a row lie on one `side`. A lower limit of 0 gives no low.
    `recent_complaints` are those of the last four complete weeks, `unclassified` all of them that have no type.
    Where the baseline has less than one complaint a week, four weeks are one point (`size`). basis: rate, or count where no
    exposure exists at all. A point is absent where the exposure is missing, the counts stay; a running period is never judged.
    state: measured, too few (no limits: too few points or complaints), not measured.

    Grain: one row per series (place 0: all complaints, issue_type None) and period, oldest first; the last may be incomplete.
    Columns: place, issue_type, wording, size, period_start, period_end, period_name, complaints, exposure, exposure_kind,
    per_1000, value, basis, complete, in_baseline, baseline_start, baseline_end, baseline_n, firm, mean, lower, upper, signal,
    now, streak, side, recent_complaints, unclassified, state
    """
    found, read = measured_series(weeks, top, against, connection, scope)
    said = wordings(connection)
    late = stretches(scope, None, weeks, 0)[-1][0].start
    whole = [week.start for week in stretches(scope, None, weeks, 0)[-1] if week.complete]
    unclassified = sum(read.count(monday, "") for monday in whole[-NEW:])
    rows = (row for place, series in enumerate(found) for row in _rows(place, series, said, read, late, unclassified))
    return tidy(rows, issue_signals)


def measured_series(
    weeks: int, top: int, against: str | None, connection: Connection, scope: Scope
) -> tuple[list[Series], Weekly]:
    """All complaints, then the commonest issue types of the last four complete weeks (then of the window), judged."""
    begins = baseline_begins(measured_against(against, connection, scope), connection, scope)
    parts = stretches(scope, begins, weeks, BASELINE * LONG)
    read = read_weeks(parts, connection, scope, against)
    every, recent = [week for part in parts for week in part], [week.start for week in parts[-1] if week.complete]
    if begins is None:
        return [], read
    names = {kind for week in recent for kind in read.complaints[week] if kind}
    often = {kind: (sum(read.count(w, kind) for w in recent[-NEW:]), sum(read.count(w, kind) for w in recent)) for kind in names}
    kinds = sorted(often, key=lambda kind: (-often[kind][0], -often[kind][1], kind))[:top]
    return [judged(kind, every, begins, read, scope) for kind in (ALL, *kinds)], read


def judged(kind: str | None, weeks: Sequence[Period], begins: date, read: Weekly, scope: Scope) -> Series:
    """The series of one issue type in weeks, or in fours of them where there are too few complaints, with its signals."""
    basis = "rate" if read.against else "count"
    series = Series(kind, 1, basis, _points(kind, weeks, begins, read, scope, basis))
    _limit(series, begins)
    if series.mean_count is not None and series.mean_count < 1:
        series = Series(kind, LONG, basis, _points(kind, _fours(weeks, begins), begins, read, scope, basis))
        _limit(series, begins)
    return series


def _points(kind: str | None, periods: Sequence[Period], begins: date, read: Weekly, scope: Scope, basis: str) -> list[Point]:
    first = min([begins, *(monday for monday, counts in read.complaints.items() if counts)])
    return [_point(kind, period, read, scope, basis) for period in periods if first <= period.start]


def _point(kind: str | None, period: Period, read: Weekly, scope: Scope, basis: str) -> Point:
    mondays = [period.start + timedelta(days=n) for n in range(0, (period.end - period.start).days, 7)]
    if not all(read.heard(monday) for monday in mondays):
        return Point(period, None, None, None, None, NOT_MEASURED)
    count, parts = sum(read.count(monday, kind) for monday in mondays), [read.exposure(monday) for monday in mondays]
    exposed = None if None in parts else sum(part or 0.0 for part in parts)
    state, rate = rate_of(count, exposed, scope)
    return Point(period, count, exposed, rate, rate if basis == "rate" else float(count), MEASURED if basis == "count" else state)


def _fours(weeks: Sequence[Period], begins: date) -> list[Period]:
    """Fours of weeks counted from the baseline's first on, of which all have been read."""
    known = {week.start: week for week in weeks}
    found = []
    for week in weeks:
        last = known.get(week.start + timedelta(weeks=LONG - 1))
        if last and not (week.start - begins).days % (7 * LONG):
            found.append(Period(week.start, last.end, f"{week.name}/{last.name}", last.complete))
    return found


def _limit(series: Series, begins: date) -> None:
    """Freeze the limits on the first measured points of the baseline, then ask each shown point what it says."""
    valued = [point for point in series.points if point.period.complete and point.value is not None]
    series.judged = [point for point in valued if point.period.start >= begins]
    base = series.judged[:BASELINE]
    for point in base:
        point.in_baseline = True
    if base:
        series.mean_count = sum(point.complaints or 0 for point in base) / len(base)
    values = [point.value for point in series.judged if point.value is not None]
    series.limits = xmr(values[:BASELINE], floor=0) if len(base) >= PROVISIONAL else None
    if series.limits:
        for point, signal in zip(series.judged, signals(values, series.limits), strict=True):
            point.signal = signal


def _rows(place: int, series: Series, said: dict[str, str], read: Weekly, late: date, unclassified: int) -> list[dict[str, Any]]:
    limits, base = series.limits, [point for point in series.points if point.in_baseline]
    streak, side = series.streak
    recent = [point.complaints or 0 for point in series.points if point.period.complete][-(NEW // min(series.size, NEW)) :]
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
        "streak": streak,
        "side": side,
        "recent_complaints": sum(recent),
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
