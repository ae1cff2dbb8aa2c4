"""The room's issues, one by one: who answers for each, what is done now, what comes next, how old it is, what waiting costs."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from wallboard.lifecycle.escalation import is_due
from wallboard.lifecycle.gates import reached, todo
from wallboard.metrics.demand import UNCLASSIFIED
from wallboard.metrics.failures import NOT_COSTED, PARTLY
from wallboard.metrics.memo import memoised
from wallboard.metrics.room_lives import Expectation, RoomIssue, expectation, open_ones, room_lives, user_names
from wallboard.metrics.scope import Scope, full_months
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED
from wallboard.store.schema import contact_month

MONTHS = 3
WITHIN, LATER, BEYOND, UNKNOWN = "within what we expect", "older than half took", "older than expected", "no expectation yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmittedIssue:
    """One issue of the room as it stands; ages and expectations in days, `week_cost` in the room's currency.

    age_state: within what we expect, older than half took, older than expected, no expectation yet. cost_state: measured,
    partly costed, not costed, no cases, not measured, unclassified (the kind is not known).
    """

    issue: int
    words: str
    perimeter: str
    issue_type: str | None
    wording: str | None
    status: str
    owner: str | None
    function: str | None
    contributors: str
    doing: str | None
    doing_by: str | None
    due_on: date | None
    overdue: bool
    next_step: str | None
    admitted_on: date
    closed_on: date | None
    age_days: int
    expectation_days: int | None
    closed_issues: int
    provisional: bool
    age_state: str
    functions: str
    cross_department: bool
    level: int
    level_name: str
    escalation_due: bool
    week_contacts: float | None
    week_cost: float | None
    cost_state: str


@dataclass(frozen=True, slots=True)
class Orphan:
    """One open issue that nobody answers for: the customer's words, the functions that it touches, and its age in days."""

    issue: int
    words: str
    perimeter: str
    wording: str | None
    functions: str
    admitted_on: date
    age_days: int


_People = dict[int, tuple[str, str | None]]
_Contacts = dict[tuple[str, str], tuple[int, float, int]]


class _Week(NamedTuple):
    """What a week of contacts about a kind of issue costs."""

    state: str
    contacts: float | None = None
    cost: float | None = None


@memoised
def room_issues(connection: Connection, scope: Scope) -> tuple[AdmittedIssue, ...]:
    """Every issue of the room as it stands: the customer's words, who answers for it, who helps, what is done now, what is next.

    `doing` is the newest alleviation or action that is not done, absent where no action is in progress. `age_days` runs from its
    admission, through every reopening: (today − start) + 1. `expectation_days` is the service level expectation: 85 % of the
    closed issues took no longer (nearest rank), provisional below 11. `week_cost` is what a week's contacts about its kind cost
    in its part of the business, by the unit costs of the last three complete months. Two or more functions make it
    `cross_department`.

    Grain: one row per admitted issue, open ones first, oldest first.
    """
    issues, names = room_lives(connection, scope), user_names(connection)
    expected = expectation(issues)
    contacts = _contacts(connection, scope)
    ordered = sorted(issues, key=lambda issue: (issue.closed is not None, issue.admitted_at, issue.issue))
    return tuple(_admitted_issue(scope, issue, expected, names, _week(scope, issue, contacts)) for issue in ordered)


def _admitted_issue(scope: Scope, issue: RoomIssue, expected: Expectation, names: _People, week: _Week) -> AdmittedIssue:
    life = issue.life
    owner, works_in = names[life.owner] if life.owner is not None else (None, None)
    doing = None if issue.closed else life.doing
    age = life.age(scope.today)
    return AdmittedIssue(
        issue=issue.issue,
        words=issue.words,
        perimeter=issue.perimeter,
        issue_type=issue.issue_type,
        wording=issue.wording,
        status=reached(life),
        owner=owner,
        function=works_in,
        contributors=", ".join(names[who][0] for who in life.contributors),
        doing=doing.words if doing else None,
        doing_by=names[doing.user_id][0] if doing and doing.user_id is not None else None,
        due_on=doing.due_on if doing else None,
        overdue=doing is not None and doing.due_on is not None and doing.due_on < scope.today,
        next_step=todo(life),
        admitted_on=issue.admitted_on,
        closed_on=issue.closed.day if issue.closed else None,
        age_days=age,
        expectation_days=expected.days,
        closed_issues=expected.closed,
        provisional=expected.provisional,
        age_state=age_state(age, expected),
        functions=", ".join(issue.functions),
        cross_department=len(issue.functions) > 1,
        level=life.level,
        level_name=scope.ladder[min(life.level, len(scope.ladder)) - 1].name,
        escalation_due=is_due(life, scope.ladder, scope.today),
        week_contacts=week.contacts,
        week_cost=week.cost,
        cost_state=week.state,
    )


def age_state(age: int, expected: Expectation) -> str:
    """How an age stands against what the closed ones took."""
    if expected.days is None or expected.half is None:
        return UNKNOWN
    return BEYOND if age > expected.days else LATER if age > expected.half else WITHIN


def _contacts(connection: Connection, scope: Scope) -> _Contacts:
    """Contacts of the last complete months, their cost and how many have none, by perimeter and kind: asked once."""
    periods, m = full_months(scope, MONTHS), contact_month.c
    sums = func.sum(m.contacts), func.sum(m.cost), func.sum(m.uncosted)
    inside = m.month >= periods[0].start, m.month <= periods[-1].start
    query = select(m.perimeter, m.issue_type, *sums).where(*inside).group_by(m.perimeter, m.issue_type)
    return {(where, kind): (int(n), float(cost), int(without)) for where, kind, n, cost, without in connection.execute(query)}


def _week(scope: Scope, issue: RoomIssue, contacts: _Contacts) -> _Week:
    """What a week of contacts about the kind of an issue costs, from the last complete months."""
    if not issue.issue_type:
        return _Week(UNCLASSIFIED)
    if (issue.perimeter, issue.issue_type) not in contacts:
        return _Week(NO_CASES if any(perimeter == issue.perimeter for perimeter, _ in contacts) else NOT_MEASURED)
    count, cost, uncosted = contacts[issue.perimeter, issue.issue_type]
    periods = full_months(scope, MONTHS)
    weeks = ((periods[-1].end - periods[0].start).days + 1) / 7
    if count <= uncosted:
        return _Week(NOT_COSTED, count / weeks)
    return _Week(PARTLY if uncosted else MEASURED, count / weeks, cost / weeks)


def orphans(connection: Connection, scope: Scope) -> tuple[Orphan, ...]:
    """Admitted issues that nobody answers for, oldest first: (today − admitted) + 1 days.

    Grain: one row per open issue without an accountable person.
    """
    return tuple(
        Orphan(
            issue=issue.issue,
            words=issue.words,
            perimeter=issue.perimeter,
            wording=issue.wording,
            functions=", ".join(issue.functions),
            admitted_on=issue.admitted_on,
            age_days=issue.life.age(scope.today),
        )
        for issue in open_ones(room_lives(connection, scope))
        if issue.life.owner is None
    )
