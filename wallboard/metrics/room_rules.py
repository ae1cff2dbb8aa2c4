"""How the room keeps its word: the golden rules, the ladder of escalation, decisions that stand, and causes owned up to."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from wallboard.lifecycle.escalation import is_due
from wallboard.lifecycle.golden import NOT_YET, GoldenRule, compliance
from wallboard.metrics.frames import tidy
from wallboard.metrics.room_lives import function_names, open_ones, room_lives
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import MEASURED, NO_CASES, TOO_FEW
from wallboard.store.lives import golden_rules
from wallboard.store.schema import mandate, sitting_attendee


def golden_compliance(connection: Connection, scope: Scope) -> pd.DataFrame:
    """Each golden rule against each issue: kept, not yet, or late, with the evidence (see wallboard.lifecycle.golden).

    Grain: one row per rule in its newest version and admitted issue; one row per rule (issue absent) where there is none.
    Columns: rule, version, text, issue, words, state, evidence, since
    """
    rules = golden_rules(connection, scope.today)
    rows = [
        {**_rule(one.rule), "issue": lived.issue, "words": lived.words, **{name: getattr(one, name) for name in _JUDGED}}
        for lived in room_lives(connection, scope)
        for one in compliance(rules, lived.life, scope.ladder, scope.today)
    ]
    nothing = {"issue": None, "words": None, "state": NOT_YET, "evidence": None, "since": None}
    rows = sorted(rows, key=lambda row: row["rule"]) or [_rule(rule) | nothing for rule in rules]
    return tidy(rows, golden_compliance)


_JUDGED = ("state", "evidence", "since")


def _rule(rule: GoldenRule) -> dict[str, Any]:
    return {"rule": rule.number, "version": rule.version, "text": rule.rule}


def escalation_ladder(connection: Connection, scope: Scope) -> pd.DataFrame:
    """Open issues at each level of the ladder, how many must move up, and which of those is the oldest there.

    Escalation is due when an issue has been at its level for more than max_days: today − (admitted, moved or reopened) in days.

    Grain: one row per level, lowest first; they sum to the open issues.
    Columns: level, name, entry, decides, max_days, issues, due, oldest_days, due_words
    """
    still = open_ones(room_lives(connection, scope))
    rows = []
    for number, rung in enumerate(scope.ladder, 1):
        here = [one for one in still if min(one.life.level, len(scope.ladder)) == number]
        ages = {one.issue: (scope.today - one.life.level_since).days for one in here}
        moving = [one for one in here if is_due(one.life, scope.ladder, scope.today)]
        due = sorted(moving, key=lambda one: (-ages[one.issue], one.issue))
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
    for one in room_lives(connection, scope):
        known = {step.refers for step in one.life.of("acknowledged")}
        for step in (cause for cause in one.life.of("cause") if cause.seq not in known):
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
    found = room_lives(connection, scope)
    mandated = _mandated(connection)
    taken = [(one, step) for one in found for step in one.life.of("decided")]
    inside = sum(
        all((step.sitting, needed) in mandated and _held(mandated[step.sitting, needed], step.at) for needed in one.functions)
        for one, step in taken
    )
    undone = sum(len(one.life.of("reversed")) for one in found)
    enough = len(taken) >= scope.small_n
    row = {
        "decisions": len(taken),
        "in_the_room": inside,
        "reversed": undone,
        "in_the_room_share": inside / len(taken) if enough else None,
        "durable_share": 1 - undone / len(taken) if enough else None,
        "causes": sum(len(one.life.of("cause")) for one in found),
        "acknowledged": sum(len(one.life.of("acknowledged")) for one in found),
        "state": NO_CASES if not taken else MEASURED if enough else TOO_FEW,
    }
    return tidy([row], room_decisions)


def _mandated(connection: Connection) -> dict[tuple[int | None, str], list[tuple[Any, Any]]]:
    """By sitting and function: from when until when somebody who sat there held its mandate."""
    m, s = mandate.c, sitting_attendee.c
    held: dict[tuple[int | None, str], list[tuple[Any, Any]]] = {}
    for row in connection.execute(select(s.sitting, m.function, m.since, m.until).join(mandate, m.user_id == s.user_id)):
        held.setdefault((row.sitting, row.function), []).append((row.since, row.until))
    return held


def _held(spans: list[tuple[Any, Any]], at: Any) -> bool:
    return any(since <= at and (until is None or until > at) for since, until in spans)
