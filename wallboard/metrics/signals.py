"""Is it growing or shrinking: complaints by week against the limits within which they used to move."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Scope
from wallboard.metrics.series import NEW, Series, judged_series
from wallboard.metrics.weekly import ALL, METRIC, Weekly, stretches
from wallboard.metrics.year_before import NOT_LOADED, YearBefore, changed_on, same_week, weeks_before
from wallboard.store.lookups import wordings


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalPoint:
    """One period of `size` weeks of one series of complaints (place 0: all, issue_type None), and the limits of the series.

    Rates per 1,000 exposed; mean, lower and upper in the unit of `value` (basis: rate, or count). What is not known is None.
    state: measured, not judged (its feed forbids it), too few (no limits: too few points or complaints), not measured (no point
    in the last four periods). `year_before`: the value of the same week a year before (of four weeks that are put together, 52
    weeks before), with a state of its own (YearBefore), and `complaints_before` how many there were then.
    """

    place: int
    issue_type: str | None
    wording: str
    size: int
    period_start: date
    period_end: date
    period_name: str
    complaints: int | None
    exposure: float | None
    exposure_kind: str | None
    per_1000: float | None
    value: float | None
    basis: str
    complete: bool
    in_baseline: bool
    baseline_start: date | None
    baseline_end: date | None
    baseline_n: int
    firm: str | None
    mean: float | None
    lower: float | None
    upper: float | None
    signal: str
    now: str
    measured_to: date | None
    streak: int
    side: str
    recent_complaints: int | None
    unclassified: int | None
    state: str
    complaints_before: int | None = None
    year_before: float | None = None
    year_before_state: str = NOT_LOADED

    @property
    def same_week_last_year(self) -> YearBefore:
        """The week of the same number a year before, in the unit of `value`."""
        then = same_week(self.period_start) if self.size == 1 else self.period_start - timedelta(weeks=52)
        return YearBefore(self.period_start, then, self.year_before, self.year_before_state)


@memoised
def issue_signals(
    connection: Connection, scope: Scope, weeks: int = 52, top: int = 6, against: str | None = None
) -> tuple[SignalPoint, ...]:
    """Complaints per 1,000 exposed by week, for all and for the commonest issue types, with natural limits and signals.

    Limits (XmR) come from the first 24 measured points of the baseline and are frozen then: `firm` from 17 points on, provisional
    from 12, none below. signal: high, low (rule 1: outside a limit), run high, run low (rule 2: the 8th in a row on one side);
    `now` is the newest of the last four points; `streak` points in a row lie on one `side`. A lower limit of 0 gives no low.
    `recent_complaints` are those of the last four complete weeks, `unclassified` all of them that have no type; None where
    nothing was heard in the last of them. `complete`: over, and loaded to its end. `measured_to` ends the newest judged point.
    Where the baseline has less than one complaint a week, four weeks are one point (`size`). basis: rate, or count where no
    exposure exists at all. A point is absent where the exposure is missing, the counts stay; what is incomplete is never judged.

    Grain: one row per series (place 0: all complaints, issue_type None) and period, oldest first; the last may be incomplete.
    """
    judged = judged_series(connection, scope, weeks, against)
    names, read = wordings(connection), judged.read
    new_since = changed_on(connection, scope, (METRIC,))
    late = stretches(scope, None, weeks, 0)[-1]
    whole = [week for week in late if read.whole(week)][-NEW:]
    unclassified = sum(read.count(week, "") for week in whole) if whole and read.is_covered(whole[-1]) else None
    kinds = [] if judged.begins is None else [ALL, *judged.commonest(weeks, top)]
    return tuple(
        point
        for place, kind in enumerate(kinds)
        for point in _points(place, judged.of(kind), names, read, late[0].start, unclassified, new_since)
    )


def _points(
    place: int,
    series: Series,
    names: dict[str, str],
    read: Weekly,
    late: date,
    unclassified: int | None,
    new_since: date | None,
) -> Iterator[SignalPoint]:
    limits, base = series.limits, [point for point in series.points if point.in_baseline]
    streak, side = series.streak
    recent = [point.complaints for point in series.points if point.period.complete][-(NEW // min(series.size, NEW)) :]
    now, state = series.newest_signal, series.state
    known = {point.period.start: (point.value, point.state) for point in series.points}
    counts = {point.period.start: point.complaints for point in series.points}
    shown = [point for point in series.points if point.period.end >= late]
    before = weeks_before(known, [point.period.start for point in shown], new_since, series.size)
    for point, then in zip(shown, before, strict=True):
        yield SignalPoint(
            place=place,
            issue_type=series.kind,
            wording="all complaints" if series.kind is ALL else names.get(series.kind, series.kind),
            size=series.size,
            period_start=point.period.start,
            period_end=point.period.end,
            period_name=point.period.name,
            complaints=point.complaints,
            exposure=point.exposure,
            exposure_kind=read.against.kind if read.against else None,
            per_1000=point.per_1000,
            value=point.value,
            basis=series.basis,
            complete=point.period.complete,
            in_baseline=point.in_baseline,
            baseline_start=base[0].period.start if base else None,
            baseline_end=base[-1].period.end if base else None,
            baseline_n=len(base),
            firm=series.firm,
            mean=limits.mean if limits else None,
            lower=limits.lower if limits else None,
            upper=limits.upper if limits else None,
            signal=point.signal,
            now=now,
            measured_to=series.measured_to,
            streak=streak,
            side=side,
            recent_complaints=sum(count or 0 for count in recent) if recent and recent[-1] is not None else None,
            unclassified=unclassified,
            state=state,
            complaints_before=counts.get(then.then) if then.then and then.value is not None else None,
            year_before=then.value,
            year_before_state=then.state,
        )
