"""The rate of complaints by week, and what its limits say: read and judged once for all panels that show it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from sqlalchemy import Connection

from wallboard.metrics.feed_health import feed_health
from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Period, Scope
from wallboard.metrics.states import MEASURED, NOT_JUDGED, NOT_MEASURED, TOO_FEW
from wallboard.metrics.statistics import PROVISIONAL, Limits, signals, xmr
from wallboard.metrics.weekly import Weekly, baseline_begins, measured_against, rate_of, read_weeks, stretches

BASELINE, LONG = 24, 4
"""Points after which a baseline is frozen; weeks that are put together where there is less than one complaint a week."""

NEW = 4
"""A signal is news for so many points."""

READ = 106
"""The weeks that are read and judged at least, however few of them a panel shows: so all panels say the same of one week, and
know the year before each of 52.
"""


@dataclass
class Point:
    """One period of a series; `value` is its rate, or its count where there is no exposure at all.

    A period that is over but loaded only in part is not complete: it is shown like the running one, and never judged.
    """

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
    may_judge: bool = True
    judged: list[Point] = field(default_factory=list)

    @property
    def firm(self) -> str | None:
        """How firm the limits are: firm, provisional (fewer than 17 points), or None where there are none."""
        return None if self.limits is None else "provisional" if self.limits.provisional else "firm"

    @property
    def newest_signal(self) -> str:
        """The newest signal of the last four points, '' where they say nothing, are old, or too few to judge."""
        if self.state != MEASURED:
            return ""
        return next((point.signal for point in reversed(self.judged[-NEW:]) if point.signal), "")

    @property
    def measured_to(self) -> date | None:
        """The last day of the newest judged point."""
        return self.judged[-1].period.end if self.judged else None

    @property
    def streak(self) -> tuple[int, str]:
        """How many points in a row lie on one side of the centre up to now, and on which; those on the line do not count.

        A row ends where more than one period is missing.
        """
        if self.limits is None:
            return 0, ""
        mean, last = self.limits.mean, self.judged[_breaks(self.judged, self.size)[-1] :]
        sides = [point.value > mean for point in last if point.value is not None and point.value != mean]
        if not sides:
            return 0, ""
        other = next((n for n, side in enumerate(reversed(sides)) if side != sides[-1]), len(sides))
        return other, "above" if sides[-1] else "below"

    @property
    def state(self) -> str:
        """measured; not judged (its feed forbids it); too few (no limits yet, or less than one complaint even in four weeks);
        not measured (for four periods).
        """
        if not self.may_judge:
            return NOT_JUDGED
        if not any(point.value is not None for point in self.points) or self._old:
            return NOT_MEASURED
        return MEASURED if self.limits and (self.mean_count or 0) >= 1 else TOO_FEW

    @property
    def _old(self) -> bool:
        """The newest judged point ended more than four periods ago."""
        last = self.measured_to
        return last is not None and sum(point.period.start > last for point in self.points[-NEW - 1 :]) > NEW


def _breaks(points: Sequence[Point], size: int) -> list[int]:
    """Where rows of points begin that follow each other with at most one period missing in between."""
    longest = timedelta(weeks=2 * size)
    gaps = (n for n, (point, later) in enumerate(pairwise(points), 1) if later.period.start - point.period.start > longest)
    return [0, *gaps]


def unbroken(points: Sequence[Point], size: int) -> Iterator[Sequence[Point]]:
    """The rows of points that follow each other with at most one period missing in between; a rule never reaches over a break."""
    for start, end in pairwise([*_breaks(points, size), len(points)]):
        yield points[start:end]


class Judged:
    """The series of one store, each judged when it is first asked for."""

    def __init__(
        self, read: Weekly, parts: Sequence[Sequence[Period]], begins: date | None, scope: Scope, may_judge: bool = True
    ) -> None:
        self._may_judge = may_judge
        self.read = read
        self.begins = begins
        self._weeks = [week for part in parts for week in part]
        self._late = [week for week in parts[-1] if read.whole(week)]
        self._scope = scope
        self._known: dict[str | None, Series] = {}

    def of(self, kind: str | None) -> Series:
        """The series of an issue type, or of all complaints."""
        if kind not in self._known:
            assert self.begins is not None
            self._known[kind] = judged(kind, self._weeks, self.begins, self.read, self._scope)
            self._known[kind].may_judge = self._may_judge
        return self._known[kind]

    def commonest(self, weeks: int, top: int) -> list[str]:
        """The commonest issue types of the last four complete weeks, then of the last `weeks`; none before anything was heard."""
        if self.begins is None:
            return []
        late, read = self._late[-weeks:], self.read
        names = {kind for week in late for kind in read.complaints.get(week.start, ()) if kind}
        often = {kind: (sum(read.count(w, kind) for w in late[-NEW:]), sum(read.count(w, kind) for w in late)) for kind in names}
        return sorted(often, key=lambda kind: (-often[kind][0], -often[kind][1], kind))[:top]


def judged_series(connection: Connection, scope: Scope, weeks: int, against: str | None) -> Judged:
    """All complaints and each issue type by week, in at least the last `weeks` and the weeks of the baseline."""
    return _judged(connection, scope, max(weeks, READ), against)


@memoised
def _judged(connection: Connection, scope: Scope, weeks: int, against: str | None) -> Judged:
    measured = measured_against(against, connection, scope)
    begins = baseline_begins(measured, connection, scope)
    parts = stretches(scope, begins, weeks, BASELINE * LONG)
    health = feed_health(connection, scope, "voice", "complaint:")
    read = read_weeks(parts, connection, scope, measured)
    read = replace(read, doubtful=frozenset(week.start for part in parts for week in part if health.doubtful(week.start)))
    return Judged(read, parts, begins, scope, health.may_judge)


def judged(kind: str | None, weeks: Sequence[Period], begins: date, read: Weekly, scope: Scope) -> Series:
    """The series of one issue type in weeks, or in fours of them where there are too few complaints, with its signals."""
    basis = "rate" if read.against else "count"
    series = Series(kind, 1, basis, _points(kind, weeks, begins, read, scope, basis))
    _limit(series, begins, read)
    if series.mean_count is not None and series.mean_count < 1:
        series = Series(kind, LONG, basis, _points(kind, _fours(weeks, begins), begins, read, scope, basis))
        _limit(series, begins, read)
    return series


def _points(kind: str | None, periods: Sequence[Period], begins: date, read: Weekly, scope: Scope, basis: str) -> list[Point]:
    first = min([begins, *(monday for monday, counts in read.complaints.items() if counts)])
    return [_point(kind, period, read, scope, basis) for period in periods if first <= period.start]


def _point(kind: str | None, period: Period, read: Weekly, scope: Scope, basis: str) -> Point:
    if not read.is_covered(period):
        return Point(period, None, None, None, None, NOT_MEASURED)
    count, exposed = read.count(period, kind), read.exposure(period)
    state, rate = rate_of(count, exposed, scope)
    if period.complete and not read.whole(period):
        period = replace(period, complete=False)
    return Point(period, count, exposed, rate, rate if basis == "rate" else float(count), MEASURED if basis == "count" else state)


def _fours(weeks: Sequence[Period], begins: date) -> list[Period]:
    """Fours of weeks counted from the baseline's first on, of which all have been read."""
    known = {week.start: week for week in weeks}
    fours = []
    for week in weeks:
        last = known.get(week.start + timedelta(weeks=LONG - 1))
        if last and not (week.start - begins).days % (7 * LONG):
            fours.append(Period(week.start, last.end, f"{week.name}/{last.name}", last.complete))
    return fours


def _limit(series: Series, begins: date, read: Weekly) -> None:
    """Freeze the limits on the first measured points of the baseline, then ask each shown point what it says."""
    judged = [point for point in series.points if point.period.complete and not read.in_doubt(point.period)]
    valued = [point for point in judged if point.value is not None]
    series.judged = [point for point in valued if point.period.start >= begins]
    base = series.judged[:BASELINE]
    for point in base:
        point.in_baseline = True
    if base:
        series.mean_count = sum(point.complaints or 0 for point in base) / len(base)
    values = [point.value for point in series.judged if point.value is not None]
    series.limits = xmr(values[:BASELINE], floor=0.0) if len(base) >= PROVISIONAL else None
    if series.limits and (series.mean_count or 0) >= 1:
        parts = unbroken(series.judged, series.size)
        rules = [signal for part in parts for signal in signals([point.value or 0.0 for point in part], series.limits)]
        for point, signal in zip(series.judged, rules, strict=True):
            point.signal = signal
