"""The room's issues, one by one: who answers for each, what is done now, what comes next, how old it is, what waiting costs."""

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from wallboard.lifecycle.escalation import is_due
from wallboard.lifecycle.gates import reached, todo
from wallboard.metrics.frames import tidy
from wallboard.metrics.memo import memoised
from wallboard.metrics.room_lives import Expectation, RoomIssue, expectation, open_ones, people, room_lives
from wallboard.metrics.scope import Scope, full_months
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED
from wallboard.store.schema import contact_month, intake, user_account, verdict
from wallboard.store.schema.issues import ADMITTED, VERDICTS

MONTHS = 3
WITHIN, LATER, BEYOND, UNKNOWN = "within the expectation", "older than half took", "beyond the expectation", "no expectation yet"
PARTLY, NOT_COSTED, UNCLASSIFIED = "partly costed", "not costed", "unclassified"


@memoised
def room_issues(connection: Connection, scope: Scope) -> pd.DataFrame:
    """Every issue of the room as it stands: the customer's words, who answers for it, who helps, what is done now, what is next.

    `doing` is the newest alleviation or action that is not done, absent where no action is in progress. `age_days` runs from its
    admission, through every reopening: (today − start) + 1. `expectation_days` is the service level expectation: 85 % of the
    closed issues took no longer (nearest rank), provisional below 11. `week_cost` is what a week's contacts about its kind cost
    in its part of the business, by the unit costs of the last three complete months; cost_state: measured, partly costed, not
    costed, no cases, unclassified (the kind is not known). Two or more functions make it `cross_department`.

    Grain: one row per admitted issue, open ones first, oldest first.
    Columns: issue, words, perimeter, issue_type, wording, status, owner, function, contributors, doing, doing_by, due_on,
    overdue, next_step, admitted_on, closed_on, age_days, expectation_days, closed_issues, provisional, age_state, functions,
    cross_department, level, level_name, escalation_due, week_contacts, week_cost, cost_state
    """
    found, names = room_lives(connection, scope), people(connection)
    expected = expectation(found)
    ordered = sorted(found, key=lambda one: (one.closed is not None, one.admitted_at, one.issue))
    contacts = _contacts(connection, scope)
    return tidy((_told(scope, one, expected, names) | _week(scope, one, contacts) for one in ordered), room_issues)


_People = dict[int, tuple[str, str | None]]
_Contacts = dict[tuple[str, str], tuple[int, float, int]]


def _told(scope: Scope, one: RoomIssue, expected: Expectation, names: _People) -> dict[str, Any]:
    owner, works_in = names[one.life.owner] if one.life.owner is not None else (None, None)
    rung = scope.ladder[min(one.life.level, len(scope.ladder)) - 1]
    return {
        **{name: getattr(one, name) for name in ("issue", "words", "perimeter", "issue_type", "wording", "admitted_on")},
        "owner": owner,
        "function": works_in,
        "contributors": ", ".join(names[who][0] for who in one.life.contributors),
        **_doing(one, scope.today, names),
        "status": reached(one.life),
        "next_step": todo(one.life),
        "closed_on": one.closed.day if one.closed else None,
        "age_days": one.life.age(scope.today),
        "expectation_days": expected.days,
        "closed_issues": expected.closed,
        "provisional": expected.provisional,
        "age_state": age_state(one.life.age(scope.today), expected),
        "functions": ", ".join(one.functions),
        "cross_department": len(one.functions) > 1,
        "level": one.life.level,
        "level_name": rung.name,
        "escalation_due": is_due(one.life, scope.ladder, scope.today),
    }


def _doing(one: RoomIssue, today: date, names: _People) -> dict[str, Any]:
    step = None if one.closed else one.life.doing
    if step is None:
        return {"doing": None, "doing_by": None, "due_on": None, "overdue": False}
    by = names[step.user_id][0] if step.user_id is not None else None
    late = step.due_on is not None and step.due_on < today
    return {"doing": step.words, "doing_by": by, "due_on": step.due_on, "overdue": late}


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


def _week(scope: Scope, one: RoomIssue, contacts: _Contacts) -> dict[str, Any]:
    """What a week of contacts about the kind of an issue costs, from the last complete months."""
    nothing = {"week_contacts": None, "week_cost": None}
    if not one.issue_type:
        return {**nothing, "cost_state": UNCLASSIFIED}
    if (one.perimeter, one.issue_type) not in contacts:
        heard = any(where == one.perimeter for where, _ in contacts)
        return {**nothing, "cost_state": NO_CASES if heard else NOT_MEASURED}
    count, cost, uncosted = contacts[one.perimeter, one.issue_type]
    periods = full_months(scope, MONTHS)
    weeks = ((periods[-1].end - periods[0].start).days + 1) / 7
    costed = count > uncosted
    state = NOT_COSTED if not costed else PARTLY if uncosted else MEASURED
    return {"week_contacts": count / weeks, "week_cost": cost / weeks if costed else None, "cost_state": state}


def orphans(connection: Connection, scope: Scope) -> pd.DataFrame:
    """Admitted issues that nobody answers for, oldest first: (today − admitted) + 1 days. state: as room_summary.

    Grain: one row per open issue without an accountable person.
    Columns: issue, words, perimeter, wording, functions, admitted_on, age_days
    """
    names = ("issue", "words", "perimeter", "wording", "admitted_on")
    ownerless = [one for one in open_ones(room_lives(connection, scope)) if one.life.owner is None]
    rows = (
        {
            **{name: getattr(one, name) for name in names},
            "functions": ", ".join(one.functions),
            "age_days": one.life.age(scope.today),
        }
        for one in ownerless
    )
    return tidy(rows, orphans)


@memoised
def room_summary(connection: Connection, scope: Scope) -> pd.DataFrame:
    """The room's issues in numbers: open, without anybody who answers for them, beyond the expectation, and closed.

    state: measured, no cases (nothing admitted yet), not measured (the room has no users).

    Grain: one row.
    Columns: admitted, open, orphans, beyond, closed, expectation_days, provisional, state
    """
    found = room_lives(connection, scope)
    still, expected = open_ones(found), expectation(found)
    anybody = (
        connection.execute(select(user_account.c.id).where(user_account.c.added_at <= scope.as_of).limit(1)).first() is not None
    )
    row = {
        "admitted": len(found),
        "open": len(still),
        "orphans": sum(one.life.owner is None for one in still),
        "beyond": sum(age_state(one.life.age(scope.today), expected) == BEYOND for one in still),
        "closed": expected.closed,
        "expectation_days": expected.days,
        "provisional": expected.provisional,
        "state": NOT_MEASURED if not anybody else MEASURED if found else NO_CASES,
    }
    return tidy([row], room_summary)


def turned_away(connection: Connection, scope: Scope) -> pd.DataFrame:
    """What was brought to the room and not admitted, by verdict; in none of the volumes of issues.

    Grain: one row per verdict other than admitted, in their order.
    Columns: verdict, intakes, relayed
    """
    mine = (intake.c.perimeter.in_(scope.perimeters), verdict.c.at <= scope.as_of)
    chosen = select(verdict.c.verdict, func.count()).join(intake, intake.c.id == verdict.c.intake).where(*mine)
    counts = {row[0]: int(row[1]) for row in connection.execute(chosen.group_by(verdict.c.verdict))}
    every = sum(counts.values())
    rows = ({"verdict": one, "intakes": counts.get(one, 0), "relayed": every} for one in VERDICTS if one != ADMITTED)
    return tidy(rows, turned_away)
