"""How the room keeps its word: the golden rules, the ladder of escalation, decisions that stand, and causes owned up to."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from wallboard.lifecycle.escalation import is_due
from wallboard.lifecycle.golden import NOT_YET, Compliance, compliance
from wallboard.metrics.room_lives import function_names, open_ones, room_lives
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import MEASURED, NO_CASES, TOO_FEW
from wallboard.settings import Level
from wallboard.store.lives import golden_rules
from wallboard.store.schema import attendee, mandate

_Span = tuple[datetime, datetime | None]
"""From when until when; None: still."""


@dataclass(frozen=True, slots=True)
class RuleCompliance:
    """How one issue keeps one golden rule, in the rule's newest version; `issue` and `words` are None where there is no issue.

    state: kept, not yet, late; `evidence` says why, `since` from which day on.
    """

    rule: int
    version: int
    text: str
    issue: int | None
    words: str | None
    state: str
    evidence: str | None
    since: date | None


@dataclass(frozen=True, slots=True)
class LadderLevel:
    """One level of the ladder: its open issues, how many have been there for more than `max_days`, and the oldest of those.

    `oldest_days` is how long any issue has been at this level at most; None without one.
    """

    level: int
    name: str
    entry: str
    decides: str
    max_days: int
    issues: int
    due: int
    oldest_days: int | None
    due_words: str | None


@dataclass(frozen=True, slots=True)
class UnacknowledgedCause:
    """One root cause that its function has not acknowledged; its age in days, `words` are the customer's."""

    issue: int
    words: str
    cause: str
    function: str
    since: date
    age_days: int


@dataclass(frozen=True, slots=True)
class DecisionsTaken:
    """The room's decisions and causes counted; the shares are None below small_n decisions.

    state: measured, too few (below small_n), no cases (nothing decided).
    """

    decisions: int
    in_the_room: int
    reversed: int
    in_the_room_share: float | None
    durable_share: float | None
    causes: int
    acknowledged: int
    state: str


def golden_compliance(connection: Connection, scope: Scope) -> tuple[RuleCompliance, ...]:
    """Each golden rule against each issue: kept, not yet, or late, with the evidence (see wallboard.lifecycle.golden).

    Grain: one row per rule in its newest version and admitted issue; one row per rule (issue absent) where there is none.
    """
    rules = golden_rules(connection, scope.today)
    issues = room_lives(connection, scope)
    rows = [
        _row(result, issue.issue, issue.words)
        for issue in issues
        for result in compliance(rules, issue.life, scope.ladder, scope.today)
    ] or [_row(Compliance(rule, NOT_YET), None, None) for rule in rules]
    return tuple(sorted(rows, key=lambda row: row.rule))


def _row(result: Compliance, issue: int | None, words: str | None) -> RuleCompliance:
    rule = result.rule
    return RuleCompliance(rule.number, rule.version, rule.rule, issue, words, result.state, result.evidence, result.since)


def escalation_ladder(connection: Connection, scope: Scope) -> tuple[LadderLevel, ...]:
    """Open issues at each level of the ladder, how many must move up, and which of those is the oldest there.

    Escalation is due when an issue has been at its level for more than max_days: today − (admitted, moved or reopened) in days.

    Grain: one row per level, lowest first; they sum to the open issues.
    """
    still = open_ones(room_lives(connection, scope))

    def level(number: int, rung: Level) -> LadderLevel:
        here = [issue for issue in still if min(issue.life.level, len(scope.ladder)) == number]
        ages = {issue.issue: (scope.today - issue.life.level_since).days for issue in here}
        moving = [issue for issue in here if is_due(issue.life, scope.ladder, scope.today)]
        oldest = min(moving, key=lambda issue: (-ages[issue.issue], issue.issue), default=None)
        return LadderLevel(
            level=number,
            name=rung.name,
            entry=rung.entry,
            decides=rung.decides,
            max_days=rung.max_days,
            issues=len(here),
            due=len(moving),
            oldest_days=max(ages.values(), default=None),
            due_words=oldest.words if oldest else None,
        )

    return tuple(level(number, rung) for number, rung in enumerate(scope.ladder, 1))


def causes_unacknowledged(connection: Connection, scope: Scope) -> tuple[UnacknowledgedCause, ...]:
    """Root causes that the causing function has not acknowledged yet, oldest first: (today − named) + 1 days.

    Grain: one row per named cause without an acknowledgement.
    """
    names = function_names(connection)
    causes = []
    for issue in room_lives(connection, scope):
        known = {step.refers for step in issue.life.of("acknowledged")}
        for step in (cause for cause in issue.life.of("cause") if cause.seq not in known):
            function, age = names.get(step.function, str(step.function)), (scope.today - step.day).days + 1
            causes.append(UnacknowledgedCause(issue.issue, issue.words, step.words or "", function, step.day, age))
    return tuple(sorted(causes, key=lambda cause: (-cause.age_days, cause.issue)))


def room_decisions(connection: Connection, scope: Scope) -> tuple[DecisionsTaken, ...]:
    """How many decisions were taken in the room by people with the mandate, and how many of them still stand.

    in_the_room: every affected function had somebody with its mandate present; durable: not reversed.

    Grain: one row.
    """
    issues = room_lives(connection, scope)
    mandated = _mandated(connection)
    taken = [(issue, step) for issue in issues for step in issue.life.of("decided")]
    inside = sum(
        all(
            (step.attendance, needed) in mandated and _held(mandated[step.attendance, needed], step.at)
            for needed in issue.functions
        )
        for issue, step in taken
    )
    undone = sum(len(issue.life.of("reversed")) for issue in issues)
    enough = len(taken) >= scope.small_n
    decisions = DecisionsTaken(
        decisions=len(taken),
        in_the_room=inside,
        reversed=undone,
        in_the_room_share=inside / len(taken) if enough else None,
        durable_share=1 - undone / len(taken) if enough else None,
        causes=sum(len(issue.life.of("cause")) for issue in issues),
        acknowledged=sum(len(issue.life.of("acknowledged")) for issue in issues),
        state=NO_CASES if not taken else MEASURED if enough else TOO_FEW,
    )
    return (decisions,)


def _mandated(connection: Connection) -> dict[tuple[int | None, str], list[_Span]]:
    """By attendance and function: from when until when somebody who was present held its mandate."""
    m, s = mandate.c, attendee.c
    held: dict[tuple[int | None, str], list[_Span]] = {}
    for row in connection.execute(select(s.attendance, m.function, m.since, m.until).join(mandate, m.user_id == s.user_id)):
        held.setdefault((row.attendance, row.function), []).append((row.since, row.until))
    return held


def _held(spans: list[_Span], at: datetime) -> bool:
    return any(since <= at and (until is None or until > at) for since, until in spans)
