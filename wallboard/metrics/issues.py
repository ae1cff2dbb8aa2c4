"""Complaints as a flow: what arrives, what the source calls solved, what is open and who is on it."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Row, and_, case, func, or_, select

from wallboard.metrics.facts import first_day, sums, within
from wallboard.metrics.frames import tidy
from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Period, Scope
from wallboard.metrics.scope import weeks as last_weeks
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED
from wallboard.metrics.statistics import nearest_rank
from wallboard.store.schema import complaint_day, complaint_month, function, issue_type, person, stage, touchpoint, voice

SOLVED = "solved by the source"


def issue_flow(connection: Connection, scope: Scope, weeks: int = 26) -> pd.DataFrame:
    """Complaints that arrived and departed each week, and how many were open at its end (opening + arrived − departed).

    A complaint departs when its source calls it solved (departure_rule); that is earlier than closed, which needs the
    customer's answer. A running week ends with the last complete day. state: measured, not measured (before the first fact;
    or begun after the newest one, with nothing heard of any customer in any perimeter since its end, for a running week in
    seven days: silence is not zero).

    Grain: one row per ISO week, oldest first; the last one may be incomplete.
    Columns: week_start, week_name, opening, arrived, departed, wip, complete, state, departure_rule
    """
    periods = last_weeks(scope, weeks)
    first = first_day(connection, complaint_day, scope)
    newest, anywhere = _heard(connection, scope)
    wip = _open_before(connection, scope, periods[0])
    moved = _moved(connection, scope, periods)
    rows = []
    for period in periods:
        arrived, departed = moved[period]
        numbers: dict[str, int | None] = {
            "opening": wip,
            "arrived": arrived,
            "departed": departed,
            "wip": wip + arrived - departed,
        }
        wip += arrived - departed
        needed = period.end if period.complete else scope.last_day - timedelta(days=6)
        silent = period.start > newest and anywhere < needed
        measured = first is not None and period.end >= first and not silent
        rows.append(
            {
                "week_start": period.start,
                "week_name": period.name,
                **(numbers if measured else dict.fromkeys(numbers)),
                "complete": period.complete,
                "state": MEASURED if measured else NOT_MEASURED,
                "departure_rule": SOLVED,
            }
        )
    return tidy(rows, issue_flow)


def _heard(connection: Connection, scope: Scope) -> tuple[date, date]:
    """The newest day with a voice or a solved complaint: in scope, and in any perimeter."""
    newest = {True: date.min, False: date.min}
    for table in (voice, complaint_day):
        for here in newest:
            query = select(table.c.day).where(table.c.day <= scope.last_day).order_by(table.c.day.desc()).limit(1)
            found = connection.execute(query.where(table.c.perimeter.in_(scope.perimeters)) if here else query).scalar()
            newest[here] = max(newest[here], found or date.min)
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
def open_summary(connection: Connection, scope: Scope) -> pd.DataFrame:
    """How many complaints are open, how many of them nobody owns, and how old they are.

    Counted at the end of the last complete day, so that `open` is the last `wip` of issue_flow; the median is nearest-rank.

    Grain: one row.
    Columns: day, open, without_owner, oldest_age_days, median_age_days, state
    """
    owned = case((func.coalesce(voice.c.owner, "") == "", 0), else_=1).label("owned")
    query = select(voice.c.day, owned, func.count().label("voices")).where(*still_open(scope)).group_by(voice.c.day, owned)
    found = connection.execute(query).all()
    ages = [age for row in found for age in [(scope.today - row.day).days + 1] * row.voices]
    measured = first_day(connection, complaint_day, scope) is not None
    row = {
        "day": scope.last_day,
        "open": len(ages) if measured else None,
        "without_owner": sum(row.voices for row in found if not row.owned) if measured else None,
        "oldest_age_days": max(ages, default=None),
        "median_age_days": nearest_rank(ages, 50),
        "state": NOT_MEASURED if not measured else MEASURED if ages else NO_CASES,
    }
    return tidy([row], open_summary)


def open_issues(connection: Connection, scope: Scope, limit: int = 6, unowned_first: bool = False) -> pd.DataFrame:
    """Open complaints in the customer's words: who is on them, what is being done, how old they are (today − start + 1 days).

    Those with words come first, of them with `unowned_first` those that nobody is on, then the oldest. `owner` is the person's
    name, with the person's function where the person is known. An empty frame is not the same as nothing measured: see
    open_summary.

    Grain: one row per open complaint at the end of the last complete day.
    Columns: voice, words, language, issue_type, wording, stage, stage_name, touchpoint, touchpoint_name, owner, function,
    doing, next_step, age_days, day, occurred_at, heard_through, perimeter
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
    return tidy((_issue(scope, row, people) for row in connection.execute(query).all()), open_issues)


_ABOUT = ("issue_type", "wording", "stage", "stage_name", "touchpoint", "touchpoint_name")
_SAID = (*_ABOUT, "words", "language", "doing", "next_step", "day", "occurred_at", "heard_through", "perimeter")


def _issue(scope: Scope, row: Row[Any], people: dict[str, tuple[str, str | None]]) -> dict[str, Any]:
    owner, works_in = people.get(row.owner or "", (row.owner or None, None))
    age = (scope.today - row.day).days + 1
    said = {name: getattr(row, name) for name in _SAID}
    return {"voice": row.id, **said, "owner": owner, "function": works_in, "age_days": age}


def _people(connection: Connection) -> dict[str, tuple[str, str | None]]:
    """Name and function of a person, found by key or by name."""
    query = select(person.c.person, person.c.name, function.c.name.label("works_in"))
    rows = connection.execute(query.outerjoin(function, function.c.function == person.c.function)).all()
    by_name = {row.name: (row.name, row.works_in) for row in rows}
    return by_name | {row.person: (row.name, row.works_in) for row in rows}


def open_ages(connection: Connection, scope: Scope) -> pd.DataFrame:
    """How old the open complaints are, in weeks begun.

    Grain: one row per week of age that has an open complaint, youngest first.
    Columns: weeks, since, complaints, without_owner
    """
    owned = case((func.coalesce(voice.c.owner, "") == "", 1), else_=0)
    query = select(voice.c.day, func.count().label("voices"), func.sum(owned).label("ownerless"))
    ages: dict[int, list[int]] = {}
    for row in connection.execute(query.where(*still_open(scope)).group_by(voice.c.day)):
        age = ages.setdefault((scope.today - row.day).days // 7 + 1, [0, 0])
        age[0] += row.voices
        age[1] += int(row.ownerless)
    rows = (
        {"weeks": n, "since": scope.today - timedelta(days=7 * n - 1), "complaints": c, "without_owner": o}
        for n, (c, o) in sorted(ages.items())
    )
    return tidy(rows, open_ages)
