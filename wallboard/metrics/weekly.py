"""Complaints by week and issue type, and the one exposure that all of them are measured against."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from sqlalchemy import Connection, Select, select

from wallboard.metrics.definitions import definition_versions
from wallboard.metrics.facts import complained_weekly, sums, within
from wallboard.metrics.scope import Period, Scope, and_running, full_weeks, span, week_of
from wallboard.metrics.scope import weeks as last_weeks
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED, TOO_FEW
from wallboard.store.schema import exposure, kind_week, voice_day

METRIC = "complaint_rate"
"""The metric whose newest version says from when on the baseline is measured."""

ALL = None
"""All complaints together, beside the issue types ('' is unclassified)."""

OLDEST = 156
"""A baseline begins at most so many weeks ago: it is measured again, once a year, just before the 104 weeks that are shown."""

_YEAR = timedelta(weeks=52)
_LOOK_BACK = 52
_NEAR = 4
"""Weeks that say what is to be expected of the one after them."""
_SILENT: Counter[str | None] = Counter()
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Against:
    """Those who could have complained: the exposure of one kind at one touchpoint; kinds and touchpoints are never added up."""

    touchpoint: str
    kind: str


@dataclass(frozen=True)
class Weekly:
    """What was counted in each week, by its Monday: complaints by issue type and of ALL, and the exposure.

    exposed: no key where it is missing, also of one perimeter that complains or had one in the four weeks before: the rate would
    be too high. half: weeks in which the facts stop earlier than they did in each of the four weeks before.
    """

    against: Against | None
    newest: date
    complaints: Mapping[date, Counter[str | None]]
    exposed: Mapping[date, float]
    half: Set[date] = frozenset()
    doubtful: Set[date] = frozenset()
    """Weeks in which the feed had collapsed as a whole (feed_health): shown, never judged."""

    def count(self, period: Period, kind: str | None) -> int:
        """Complaints of an issue type, or all, in a week or several."""
        if period.end - period.start < _WEEK:
            return self.complaints.get(period.start, _SILENT)[kind]
        return sum(self.complaints.get(monday, _SILENT)[kind] for monday in _mondays(period))

    def exposure(self, period: Period) -> float | None:
        """None where it is missing in any of the weeks."""
        if period.end - period.start < _WEEK:
            return self.exposed.get(period.start)
        parts = [self.exposed.get(monday) for monday in _mondays(period)]
        return None if None in parts else sum(part or 0.0 for part in parts)

    def is_covered(self, period: Period) -> bool:
        """False where a week of it began after the newest fact: silence is not zero."""
        return period.end - _WEEK < self.newest

    def whole(self, period: Period) -> bool:
        """It is over, and none of its weeks is loaded but in part: only then it may be judged."""
        return period.complete and (not self.half or self.half.isdisjoint(_mondays(period)))

    def is_certain(self, period: Period) -> bool:
        """Each of its weeks is loaded, whole, and in no doubt: what it says may be counted on."""
        return self.is_covered(period) and self.whole(period) and not self.in_doubt(period)

    def in_doubt(self, period: Period) -> bool:
        """Whether any of its weeks lies in a collapse of the feed."""
        return bool(self.doubtful) and not self.doubtful.isdisjoint(_mondays(period))


def _mondays(period: Period) -> list[date]:
    return [period.start + timedelta(days=n) for n in range(0, (period.end - period.start).days, 7)]


def rate_of(complaints: int, exposed: float | None, scope: Scope) -> tuple[str, float | None]:
    """State and complaints per 1,000 exposed; None where the exposure is missing, nobody or too few were exposed."""
    if exposed is None:
        return NOT_MEASURED, None
    if exposed < scope.small_n:
        return (TOO_FEW if exposed else NO_CASES), None
    return MEASURED, 1000 * complaints / exposed


def read_weeks(parts: Sequence[list[Period]], connection: Connection, scope: Scope, against: Against | None) -> Weekly:
    """Counts of stretches of weeks that follow each other, and the exposure that they are measured against."""
    complaints: dict[date, Counter[str | None]] = defaultdict(Counter)
    complaining: dict[date, set[str]] = defaultdict(set)
    exposed: dict[date, dict[str, float]] = defaultdict(dict)
    reached: dict[str, dict[date, date]] = defaultdict(dict)
    for periods in filter(None, parts):
        for monday, kind, number in complained_weekly(connection, scope, periods, "issue_type"):
            complaints[monday][kind] = number
        for monday, perimeter, number in complained_weekly(connection, scope, periods, "perimeter"):
            complaints[monday][ALL] += number
            complaining[monday].add(perimeter)
        if against:
            here = exposure.c.touchpoint == against.touchpoint, exposure.c.kind == against.kind
            reached.clear()
            for period, row in sums(connection, exposure, scope, periods, ["perimeter"], ["quantity", "newest"], *here):
                exposed[period.start][row.perimeter] = float(row.quantity)
                reached[row.perimeter][period.start] = row.newest
    newest = _newest_days(connection, scope)
    whole = {
        week: sum(there.values())
        for week, there in exposed.items()
        if complaining.get(week, set()) | _near(week, exposed) <= there.keys()
    }
    half = frozenset(week for days in (*reached.values(), newest) if (week := stopped_in(days)))
    return Weekly(against, max(newest.values(), default=date.min), dict(complaints), whole, half)


def _near(week: date, exposed: Mapping[date, Mapping[str, float]]) -> set[str]:
    """The perimeters that had an exposure in any of the four weeks before: one that has none now is late, not gone."""
    return set().union(*(exposed.get(week - n * _WEEK, {}) for n in range(1, _NEAR + 1)))


def stopped_in(reached: Mapping[date, date]) -> date | None:
    """The Monday of the newest week, where its facts stop on an earlier weekday than in each of the four weeks before it.

    `reached` has the newest day with a fact in each week. So facts that come once a week are never found to stop.
    """
    last = max(reached, default=None)
    if last is None:
        return None
    days = [(reached[monday] - monday).days for n in range(1, _NEAR + 1) if (monday := last - n * _WEEK) in reached]
    return last if days and (reached[last] - last).days < min(days) else None


def measured_against(touchpoint: str | None, connection: Connection, scope: Scope) -> Against | None:
    """The exposure of the touchpoint; for None orders where there are any; else the largest of the last 52 complete weeks."""
    there = [] if touchpoint is None else [exposure.c.touchpoint == touchpoint]
    year = span(full_weeks(scope, _LOOK_BACK))
    rows = [row for _, row in sums(connection, exposure, scope, [year], ["touchpoint", "kind"], ["quantity"], *there)]
    ordered = sorted(rows, key=lambda row: (row.kind != "orders", -row.quantity, row.touchpoint, row.kind))
    return Against(ordered[0].touchpoint, ordered[0].kind) if ordered else None


def baseline_begins(against: Against | None, connection: Connection, scope: Scope) -> date | None:
    """The Monday of the first complete week of the baseline; None where nobody has complained yet.

    That is the first complete week with complaints and exposure, or with the day from which the newest declared version of the
    metric holds, if that is later: so a new baseline has an author, a day and a reason in the catalogue of metrics. What has
    grown old is measured again (newest_baseline).
    """
    days: list[date] = [*connection.scalars(_first_complaint(scope))]
    if not days:
        return None
    if against:
        here = exposure.c.touchpoint == against.touchpoint, exposure.c.kind == against.kind
        oldest = select(exposure.c.day).where(*within(exposure, scope), *here).order_by(exposure.c.day).limit(1)
        days += connection.execute(oldest).scalars()
    days += [row.valid_from for row in definition_versions(connection, scope) if row.metric == METRIC][-1:]
    monday = week_of(scope, max(days)).start
    return newest_baseline(monday if monday == max(days) else monday + _WEEK, scope)


def newest_baseline(begins: date, scope: Scope) -> date:
    """When the newest baseline begins that lies before the two years that are shown: a year, or several, after the first one.

    It stays frozen for a year (definitions.md B.4), and "usual" never means what was usual more than three years ago.
    """
    old = (week_of(scope, scope.last_day).start - begins).days // 7 - OLDEST
    return begins + _YEAR * max(0, ceil(old / 52))


def _first_complaint(scope: Scope) -> Select[tuple[date]]:
    """The first day with a complaint: found in its week, which is found among the weeks that have any."""
    week, day = kind_week.c.week, voice_day.c.day
    inside = kind_week.c.perimeter.in_(scope.perimeters), kind_week.c.complaints > 0
    first = select(week).where(*inside).order_by(week).limit(1).scalar_subquery()
    return select(day).where(*within(voice_day, scope), day >= first, voice_day.c.complaints > 0).order_by(day).limit(1)


def stretches(scope: Scope, begins: date | None, recent: int, base: int) -> list[list[Period]]:
    """The weeks to read: `base` weeks from the baseline's first on, and the last `recent` complete ones with the running one."""
    late = last_weeks(scope, and_running(scope, recent))
    if begins is None:
        return [late]
    early = [week_of(scope, begins + n * _WEEK) for n in range(base)]
    return [[week for week in early if week.start < late[0].start], late]


def _newest_days(connection: Connection, scope: Scope) -> dict[date, date]:
    """The newest day on which anything was heard of any customer, in any perimeter, in its week and the four before."""
    day = voice_day.c.day
    newest = connection.execute(select(day).where(day <= scope.last_day).order_by(day.desc()).limit(1)).scalar()
    if newest is None:
        return {}
    monday = week_of(scope, newest).start
    before = (select(day).where(day < monday - n * _WEEK).order_by(day.desc()).limit(1).scalar_subquery() for n in range(_NEAR))
    days = [newest, *(earlier for earlier in connection.execute(select(*before)).one() if earlier)]
    return {week_of(scope, each).start: each for each in days}
