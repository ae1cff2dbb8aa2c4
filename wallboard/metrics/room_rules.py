"""How the room keeps its word: the golden rules, the ladder of escalation, decisions that stand, and causes owned up to."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from wallboard.metrics.frames import MEASURED, NO_CASES, TOO_FEW, tidy
from wallboard.metrics.room_issues import is_due
from wallboard.metrics.room_lives import Lived, function_names, lives, open_ones
from wallboard.metrics.scope import Scope
from wallboard.store.schema import golden_rule, mandate, sitting_member

NEAR = 14
"""Days within which a rule is kept, before it counts as late."""

KEPT, NOT_YET, LATE = "kept", "not yet", "late"


def golden_compliance(connection: Connection, scope: Scope) -> pd.DataFrame:
    """Each golden rule against each issue: kept, not yet, or late, with the evidence.

    Late are: no alleviation, or one not done by its day, 14 days after the issue was admitted (rule 2); undecided when escalation
    is due (3); our own lingo in the answer (4); an answer that waits 14 days to be presented, or 14 days for the customer (5).

    Grain: one row per rule in its newest version and admitted issue; one row per rule (issue absent) where there is none.
    Columns: rule, version, text, issue, words, state, evidence, since
    """
    g, newest = golden_rule.c, {}
    chosen = select(g.number, g.version, g.rule).where(g.valid_from <= scope.today).order_by(g.number, g.version)
    for row in connection.execute(chosen):
        newest[row.number] = row
    found = lives(connection, scope)
    rows = []
    for number, rule in sorted(newest.items()):
        said = {"rule": number, "version": rule.version, "text": rule.rule}
        nothing = {"issue": None, "words": None, "state": NOT_YET, "evidence": None, "since": None}
        rows += [{**said, **nothing}] if not found else [{**said, **_kept(number, one, scope)} for one in found]
    return tidy(rows, golden_compliance)


def _kept(number: int, one: Lived, scope: Scope) -> dict[str, Any]:
    state, evidence, since = _RULES[number](one, scope)
    return {"issue": one.issue, "words": one.words, "state": state, "evidence": evidence, "since": since}


_Shown = tuple[str, str | None, date | None]


def _from_a_customer(one: Lived, scope: Scope) -> _Shown:
    return KEPT, "in the customer’s words", one.admitted_on


def _alleviated(one: Lived, scope: Scope) -> _Shown:
    named, done = one.newest("alleviation"), one.newest("alleviated")
    if done is not None:
        return KEPT, "alleviated", done.day
    if named is None:
        return _unless(one.admitted_on, "nothing alleviates it yet", one, scope)
    over = named.due_on is not None and named.due_on < scope.today and one.closed is None
    return (LATE, "not alleviated by its day", named.due_on) if over else (KEPT, "being alleviated", named.day)


def _decided(one: Lived, scope: Scope) -> _Shown:
    step = one.newest("decided")
    if step is not None:
        return KEPT, "decided in the room", step.day
    return (LATE, "escalation is due", one.level_since) if is_due(one, scope) else (NOT_YET, None, None)


def _understood(one: Lived, scope: Scope) -> _Shown:
    step = one.answer or one.newest("answered")
    if step is None:
        return NOT_YET, None, None
    return (LATE, "our own lingo in the answer", step.day) if step.jargon else (KEPT, "no lingo of ours", step.day)


def _accepted(one: Lived, scope: Scope) -> _Shown:
    if one.closed is not None:
        return KEPT, "the customer has accepted it", one.closed.day
    if one.shown is not None:
        return _unless(one.shown.day, "waiting for the customer’s answer", one, scope)
    if one.answer is not None:
        return _unless(one.answer.day, "not shown to the customer", one, scope)
    return NOT_YET, None, None


def _unless(since: date, why: str, one: Lived, scope: Scope) -> _Shown:
    late = one.closed is None and (scope.today - since).days > NEAR
    return (LATE if late else NOT_YET), why, since


_RULES: dict[int, Callable[[Lived, Scope], _Shown]] = {
    1: _from_a_customer, 2: _alleviated, 3: _decided, 4: _understood, 5: _accepted,
}  # fmt: skip


def escalation_ladder(connection: Connection, scope: Scope) -> pd.DataFrame:
    """Open issues at each level of the ladder, how many must move up, and which of those is the oldest there.

    Escalation is due when an issue has been at its level for more than max_days: today − (admitted, moved or reopened) in days.

    Grain: one row per level, lowest first; they sum to the open issues.
    Columns: level, name, entry, decides, max_days, issues, due, oldest_days, due_words
    """
    still = open_ones(lives(connection, scope))
    rows = []
    for number, rung in enumerate(scope.ladder, 1):
        here = [one for one in still if min(one.level, len(scope.ladder)) == number]
        ages = {one.issue: (scope.today - one.level_since).days for one in here}
        due = sorted((one for one in here if is_due(one, scope)), key=lambda one: (-ages[one.issue], one.issue))
        said = {"level": number, "name": rung.name, "entry": rung.entry, "decides": rung.decides, "max_days": rung.max_days}
        oldest = max(ages.values(), default=None)
        words = due[0].words if due else None
        rows.append({**said, "issues": len(here), "due": len(due), "oldest_days": oldest, "due_words": words})
    return tidy(rows, escalation_ladder)


def causes_unacknowledged(connection: Connection, scope: Scope) -> pd.DataFrame:
    """Root causes that the causing function has not acknowledged yet, oldest first: (today − named) + 1 days.

    Grain: one row per named cause without an acknowledgement.
    Columns: issue, words, cause, function, since, age_days
    """
    names = function_names(connection)
    rows: list[dict[str, Any]] = []
    for one in lives(connection, scope):
        known = {step.refers for step in one.of("acknowledged")}
        for step in (cause for cause in one.of("cause") if cause.seq not in known):
            said = {"issue": one.issue, "words": one.words, "cause": step.words, "since": step.day}
            by = names.get(step.function, str(step.function))
            rows.append({**said, "function": by, "age_days": (scope.today - step.day).days + 1})
    return tidy(sorted(rows, key=lambda row: (-row["age_days"], row["issue"])), causes_unacknowledged)


def room_decisions(connection: Connection, scope: Scope) -> pd.DataFrame:
    """How many decisions were taken in the room by people with the mandate, and how many of them still stand.

    in_the_room: every affected function had somebody with its mandate in the sitting; durable: not reversed. Shares are absent
    below small_n decisions (state: too few).

    Grain: one row.
    Columns: decisions, in_the_room, reversed, in_the_room_share, durable_share, causes, acknowledged, state
    """
    found = lives(connection, scope)
    mandated = _mandated(connection)
    taken = [(one, step) for one in found for step in one.of("decided")]
    inside = sum(
        all((step.sitting, needed) in mandated and _held(mandated[step.sitting, needed], step.at) for needed in one.functions)
        for one, step in taken
    )
    undone = sum(len(one.of("reversed")) for one in found)
    enough = len(taken) >= scope.small_n
    row = {
        "decisions": len(taken),
        "in_the_room": inside,
        "reversed": undone,
        "in_the_room_share": inside / len(taken) if enough else None,
        "durable_share": 1 - undone / len(taken) if enough else None,
        "causes": sum(len(one.of("cause")) for one in found),
        "acknowledged": sum(len(one.of("acknowledged")) for one in found),
        "state": NO_CASES if not taken else MEASURED if enough else TOO_FEW,
    }
    return tidy([row], room_decisions)


def _mandated(connection: Connection) -> dict[tuple[int | None, str], list[tuple[Any, Any]]]:
    """By sitting and function: from when until when somebody who sat there held its mandate."""
    m, s = mandate.c, sitting_member.c
    held: dict[tuple[int | None, str], list[tuple[Any, Any]]] = {}
    for row in connection.execute(select(s.sitting, m.function, m.since, m.until).join(mandate, m.member == s.member)):
        held.setdefault((row.sitting, row.function), []).append((row.since, row.until))
    return held


def _held(spans: list[tuple[Any, Any]], at: Any) -> bool:
    return any(since <= at and (until is None or until > at) for since, until in spans)
