"""Complaints as a flow: what arrives, what the source calls solved, what is open and who is on it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, case, func, or_, select

from wallboard.metrics.facts import first_day, sums, within
from wallboard.metrics.memo import memoised
from wallboard.metrics.quotations import CustomersWords, quotation
from wallboard.metrics.rows import columns
from wallboard.metrics.scope import Period, Scope
from wallboard.metrics.scope import weeks as last_weeks
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED
from wallboard.metrics.statistics import nearest_rank
from wallboard.store.schema import complaint_day, complaint_month, employee, function, issue_type, stage, touchpoint, voice

SOLVED = "solved by the source"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintWeek:
    """The complaints of one ISO week: opening + arrived − departed = wip, those open at its end; None where not measured.

    A running week (not `complete`) ends with the last complete day. state: measured, not measured.
    """

    week_start: date
    week_name: str
    opening: int | None = None
    arrived: int | None = None
    departed: int | None = None
    wip: int | None = None
    complete: bool
    state: str = NOT_MEASURED
    departure_rule: str = SOLVED


@dataclass(frozen=True, slots=True)
class OpenSummary:
    """The complaints open at the end of `day`, the last complete one: counts (None where not measured), and ages in days.

    state: measured, no cases (nothing is open), not measured.
    """

    day: date
    open: int | None
    without_owner: int | None
    oldest_age_days: int | None
    median_age_days: int | None
    state: str


@dataclass(frozen=True, slots=True)
class OpenComplaint:
    """One open complaint in the customer's words; `owner` is a name, `function` where a known person works, the age in days."""

    voice: int
    words: CustomersWords | None
    language: str | None
    issue_type: str | None
    wording: str | None
    stage: str | None
    stage_name: str | None
    touchpoint: str | None
    touchpoint_name: str | None
    owner: str | None
    function: str | None
    doing: str | None
    next_step: str | None
    age_days: int
    day: date
    occurred_at: datetime
    channel: str
    perimeter: str


@dataclass(frozen=True, slots=True)
class OpenAge:
    """The open complaints of one age in weeks begun: those of `since` and the six days after it."""

    weeks: int
    since: date
    complaints: int
    without_owner: int


def issue_flow(connection: Connection, scope: Scope, weeks: int = 26) -> tuple[ComplaintWeek, ...]:
    """Complaints that arrived and departed each week, and how many were open at its end (opening + arrived − departed).

    A complaint departs when its source calls it solved (departure_rule); that is earlier than closed, which needs the
    customer's answer. state: measured, not measured (before the first fact; or begun after the newest one, with nothing heard
    of any customer in any perimeter since its end, for a running week in seven days: silence is not zero).

    Grain: one row per ISO week, oldest first; the last one may be incomplete.
    """
    periods = last_weeks(scope, weeks)
    first = first_day(connection, complaint_day, scope)
    newest, anywhere = _newest_voices(connection, scope)
    wip = _open_before(connection, scope, periods[0])
    moved = _moved(connection, scope, periods)
    rows = []
    for period in periods:
        week = ComplaintWeek(week_start=period.start, week_name=period.name, complete=period.complete)
        arrived, departed = moved[period]
        opening, wip = wip, wip + arrived - departed
        needed = period.end if period.complete else scope.last_day - timedelta(days=6)
        silent = period.start > newest and anywhere < needed
        if first is not None and period.end >= first and not silent:
            week = replace(week, opening=opening, arrived=arrived, departed=departed, wip=wip, state=MEASURED)
        rows.append(week)
    return tuple(rows)


def _newest_voices(connection: Connection, scope: Scope) -> tuple[date, date]:
    """The newest day with a voice or a solved complaint: in scope, and in any perimeter."""
    newest = {True: date.min, False: date.min}
    for table in (voice, complaint_day):
        for here in newest:
            query = select(table.c.day).where(table.c.day <= scope.last_day).order_by(table.c.day.desc()).limit(1)
            day = connection.execute(query.where(table.c.perimeter.in_(scope.perimeters)) if here else query).scalar()
            newest[here] = max(newest[here], day or date.min)
    return newest[True], newest[False]


def _open_before(connection: Connection, scope: Scope, period: Period) -> int:
    """What came less what went before a period: whole months, and the days since the last of them."""
    d, m, first = complaint_day.c, complaint_month.c, period.start.replace(day=1)
    months = select(func.sum(m.arrived - m.solved)).where(m.month < first, m.perimeter.in_(scope.perimeters))
    days = select(func.sum(d.arrived - d.solved)).where(*within(complaint_day, scope), d.day >= first, d.day < period.start)
    return sum(int(connection.execute(query).scalar() or 0) for query in (months, days))


def _moved(connection: Connection, scope: Scope, periods: list[Period]) -> dict[Period, tuple[int, int]]:
    moved = dict.fromkeys(periods, (0, 0))
    for period, row in sums(connection, complaint_day, scope, periods, [], ["arrived", "solved"]):
        moved[period] = int(row.arrived or 0), int(row.solved or 0)
    return moved


def still_open(scope: Scope) -> list[ColumnElement[bool]]:
    """The conditions of a complaint that is open at the end of the last complete day.

    Each alternative names the complaint: so an index leads to the open ones alone, however many have been solved.
    """
    complaint, solved = voice.c.complaint.is_(True), voice.c.solved_day
    return [*within(voice, scope), or_(and_(complaint, solved.is_(None)), and_(complaint, solved > scope.last_day))]


@memoised
def open_summary(connection: Connection, scope: Scope) -> tuple[OpenSummary, ...]:
    """How many complaints are open, how many of them nobody owns, and how old they are.

    Counted at the end of the last complete day, so that `open` is the last `wip` of issue_flow; the median is nearest-rank.

    Grain: one row.
    """
    owned = case((func.coalesce(voice.c.owner, "") == "", 0), else_=1).label("owned")
    query = select(voice.c.day, owned, func.count().label("voices")).where(*still_open(scope)).group_by(voice.c.day, owned)
    counted = connection.execute(query).all()
    ages = [age for row in counted for age in [(scope.today - row.day).days + 1] * row.voices]
    measured = first_day(connection, complaint_day, scope) is not None
    summary = OpenSummary(
        day=scope.last_day,
        open=len(ages) if measured else None,
        without_owner=sum(row.voices for row in counted if not row.owned) if measured else None,
        oldest_age_days=max(ages, default=None),
        median_age_days=nearest_rank(ages, 50),
        state=NOT_MEASURED if not measured else MEASURED if ages else NO_CASES,
    )
    return (summary,)


def open_complaints(
    connection: Connection, scope: Scope, limit: int = 6, unowned_first: bool = False
) -> tuple[OpenComplaint, ...]:
    """Open complaints in the customer's words: who is on them, what is being done, how old they are (today − start + 1 days).

    Those with words come first, of them with `unowned_first` those that nobody is on, then the oldest. `owner` is the person's
    name, with the person's function where the person is known. No rows are not the same as nothing measured: see open_summary.

    Grain: one row per open complaint at the end of the last complete day.
    """
    wordless = case((func.coalesce(voice.c.words, "") == "", 1), else_=0)
    owned = case((func.coalesce(voice.c.owner, "") == "", 0), else_=1)
    query = (
        select(voice, issue_type.c.wording, stage.c.name.label("stage_name"), touchpoint.c.name.label("touchpoint_name"))
        .outerjoin(issue_type, issue_type.c.issue_type == voice.c.issue_type)
        .outerjoin(stage, stage.c.stage == voice.c.stage)
        .outerjoin(touchpoint, touchpoint.c.touchpoint == voice.c.touchpoint)
        .where(*still_open(scope))
        .order_by(wordless, *([owned] if unowned_first else []), voice.c.day, voice.c.occurred_at, voice.c.id)
        .limit(limit)
    )
    people = _people(connection)

    def complaint(row: Row[Any]) -> OpenComplaint:
        owner, works_in = people.get(row.owner or "", (row.owner or None, None))
        about = {name: getattr(row, name) for name in _ABOUT}
        age = (scope.today - row.day).days + 1
        words = quotation(row, voice.c.words, row.words) if row.words else row.words
        return OpenComplaint(voice=row.id, words=words, owner=owner, function=works_in, age_days=age, **about)

    return tuple(complaint(row) for row in connection.execute(query))


_ABOUT = frozenset(columns(OpenComplaint)) - {"voice", "words", "owner", "function", "age_days"}


def _people(connection: Connection) -> dict[str, tuple[str, str | None]]:
    """Name and function of a person, found by key or by name."""
    query = select(employee.c.employee, employee.c.name, function.c.name.label("works_in"))
    rows = connection.execute(query.outerjoin(function, function.c.function == employee.c.function)).all()
    by_name = {row.name: (row.name, row.works_in) for row in rows}
    return by_name | {row.employee: (row.name, row.works_in) for row in rows}


def open_ages(connection: Connection, scope: Scope) -> tuple[OpenAge, ...]:
    """How old the open complaints are, in weeks begun.

    Grain: one row per week of age that has an open complaint, youngest first.
    """
    owned = case((func.coalesce(voice.c.owner, "") == "", 1), else_=0)
    query = select(voice.c.day, func.count().label("voices"), func.sum(owned).label("ownerless"))
    ages: dict[int, list[int]] = {}
    for row in connection.execute(query.where(*still_open(scope)).group_by(voice.c.day)):
        age = ages.setdefault((scope.today - row.day).days // 7 + 1, [0, 0])
        age[0] += row.voices
        age[1] += int(row.ownerless)
    return tuple(OpenAge(n, scope.today - timedelta(days=7 * n - 1), *counts) for n, counts in sorted(ages.items()))
