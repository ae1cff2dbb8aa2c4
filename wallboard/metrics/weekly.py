"""Complaints by week and issue type, and the one exposure that all of them are measured against."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, select

from wallboard.metrics.definitions import definition_versions
from wallboard.metrics.facts import complained_weekly, first_day, sums, within
from wallboard.metrics.frames import MEASURED, NO_CASES, NOT_MEASURED, TOO_FEW, rows_of
from wallboard.metrics.scope import Period, Scope, full_weeks, span, week_of
from wallboard.metrics.scope import weeks as last_weeks
from wallboard.store.schema import exposure, issue_type, voice_day

FIGURE = "complaint_rate"
"""The figure whose newest version says from when on the baseline is measured."""

ALL = None
"""All complaints together, beside the issue types ('' is unclassified)."""

_LOOK_BACK = 52
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

    exposed: no key where it is missing, also of one perimeter that complains: the rate would be too high.
    """

    against: Against | None
    newest: date
    complaints: Mapping[date, Counter[str | None]]
    exposed: Mapping[date, float]

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

    def heard(self, period: Period) -> bool:
        """False where a week of it began after the newest fact: silence is not zero."""
        return period.end - _WEEK < self.newest


def _mondays(period: Period) -> list[date]:
    return [period.start + timedelta(days=n) for n in range(0, (period.end - period.start).days, 7)]


def rate_of(complaints: int, exposed: float | None, scope: Scope) -> tuple[str, float | None]:
    """State and complaints per 1,000 exposed; None where the exposure is missing, nobody or too few were exposed."""
    if exposed is None:
        return NOT_MEASURED, None
    if exposed < scope.small_n:
        return (TOO_FEW if exposed else NO_CASES), None
    return MEASURED, 1000 * complaints / exposed


def read_weeks(parts: Iterable[list[Period]], connection: Connection, scope: Scope, against: Against | None) -> Weekly:
    """Counts of stretches of weeks that follow each other, and the exposure that they are measured against."""
    complaints: dict[date, Counter[str | None]] = defaultdict(Counter)
    complaining: dict[date, set[str]] = defaultdict(set)
    exposed: dict[date, dict[str, float]] = defaultdict(dict)
    for periods in filter(None, parts):
        for monday, kind, number in complained_weekly(connection, scope, periods, "issue_type"):
            complaints[monday][kind] = number
        for monday, perimeter, number in complained_weekly(connection, scope, periods, "perimeter"):
            complaints[monday][ALL] += number
            complaining[monday].add(perimeter)
        if against:
            here = exposure.c.touchpoint == against.touchpoint, exposure.c.kind == against.kind
            for period, row in sums(connection, exposure, scope, periods, ["perimeter"], ["quantity"], *here):
                exposed[period.start][row.perimeter] = float(row.quantity)
    whole = {week: sum(there.values()) for week, there in exposed.items() if complaining.get(week, set()) <= there.keys()}
    return Weekly(against, _newest(connection, scope), dict(complaints), whole)


def measured_against(touchpoint: str | None, connection: Connection, scope: Scope) -> Against | None:
    """The exposure of the touchpoint; for None orders where there are any; else the largest of the last 52 complete weeks."""
    there = [] if touchpoint is None else [exposure.c.touchpoint == touchpoint]
    year = span(full_weeks(scope, _LOOK_BACK))
    rows = [row for _, row in sums(connection, exposure, scope, [year], ["touchpoint", "kind"], ["quantity"], *there)]
    ordered = sorted(rows, key=lambda row: (row.kind != "orders", -row.quantity, row.touchpoint, row.kind))
    return Against(ordered[0].touchpoint, ordered[0].kind) if ordered else None


def baseline_begins(against: Against | None, connection: Connection, scope: Scope) -> date | None:
    """The Monday of the first complete week of the baseline; None where nothing was heard yet.

    That is the first complete week with complaints and exposure, or with the day from which the newest declared version of the
    figure holds, if that is later: so a new baseline has an author, a day and a reason in the catalogue of figures.
    """
    first = first_day(connection, voice_day, scope)
    if first is None:
        return None
    days = [first]
    if against:
        here = exposure.c.touchpoint == against.touchpoint, exposure.c.kind == against.kind
        oldest = select(exposure.c.day).where(*within(exposure, scope), *here).order_by(exposure.c.day).limit(1)
        days += connection.execute(oldest).scalars()
    days += [row["valid_from"] for row in rows_of(definition_versions(connection, scope)) if row["figure"] == FIGURE][-1:]
    monday = week_of(scope, max(days)).start
    return monday if monday == max(days) else monday + _WEEK


def stretches(scope: Scope, begins: date | None, recent: int, base: int) -> list[list[Period]]:
    """The weeks to read: `base` weeks from the baseline's first on, and the last `recent` complete ones with the running one."""
    late = last_weeks(scope, recent + 1)
    late = late[1:] if late[-1].complete else late
    if begins is None:
        return [late]
    early = [week_of(scope, begins + n * _WEEK) for n in range(base)]
    return [[week for week in early if week.start < late[0].start], late]


def wordings(connection: Connection) -> dict[str, str]:
    """How customers word each issue type; '' is unclassified."""
    rows = connection.execute(select(issue_type.c.issue_type, issue_type.c.wording))
    return {"": "unclassified"} | {row.issue_type: row.wording for row in rows}


def _newest(connection: Connection, scope: Scope) -> date:
    """The newest day on which anything was heard of any customer, in any perimeter."""
    query = select(voice_day.c.day).where(voice_day.c.day <= scope.last_day).order_by(voice_day.c.day.desc()).limit(1)
    return connection.execute(query).scalar() or date.min
