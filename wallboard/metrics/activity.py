"""What has happened in the room since this morning, and which customers have just said yes."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, FromClause, func, select

from wallboard.metrics.room_lives import function_names
from wallboard.metrics.scope import Scope
from wallboard.store.schema import (
    commitment,
    commitment_step,
    decision,
    decision_step,
    function,
    issue,
    issue_function,
    issue_step,
    room_session,
)
from wallboard.store.zones import EVERYTHING

ACCEPTED, PRESENTED, DECIDED, PROMISED, DONE, LATE = "accepted", "presented", "decided", "promised", "done", "late"
KINDS = (ACCEPTED, PRESENTED, DECIDED, PROMISED, DONE, LATE)

_TABLES = (issue, issue_step, issue_function, function, decision, decision_step, room_session, commitment, commitment_step)
READS = tuple(table.name for table in _TABLES)

_OF_ISSUES = {
    "accepted": ACCEPTED,
    "presented": PRESENTED,
    "decided": DECIDED,
    "alleviation": PROMISED,
    "action": PROMISED,
    "alleviated": DONE,
    "done": DONE,
}
_OF_COMMITMENTS = {"promised": PROMISED, "fulfilled": DONE}
_OF_DECISIONS = {"adopted": DECIDED}
_I, _S = issue.c, issue_step.c


@dataclass(frozen=True, slots=True)
class HappenedToday:
    """How often one kind of thing has happened in the room since midnight where the readers stand.

    kind: accepted (by customers), presented (to them), decided, promised with a day, done, late (what was due yesterday and is
    not done).
    """

    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One answer that a customer has accepted today: their words to it, what they had said, and who solved it.

    `seq` is the number of the step, `days` are those since the issue was admitted, the first one counts.
    """

    issue: int
    seq: int
    at: datetime
    words: str
    complaint: str
    days: int
    functions: str


def happened_today(connection: Connection, scope: Scope) -> tuple[HappenedToday, ...]:
    """What has happened in the room since midnight, of issues, decisions and commitments: accepted, presented … late.

    Grain: one row per kind that has happened, in the order of KINDS.
    """
    counts: Counter[str] = Counter()
    of_issues = select(_S.kind, func.count()).join(issue, _I.id == _S.issue).where(*_today(scope, issue_step), _here(scope))
    c, step, d = commitment.c, commitment_step.c, decision_step.c
    promises = select(step.kind, func.count()).join(commitment, c.id == step.commitment)
    decisions = select(d.kind, func.count()).join(decision, decision.c.id == d.decision)
    decisions = decisions.join(room_session, room_session.c.id == decision.c.room_session)
    queries = (
        (of_issues.group_by(_S.kind), _OF_ISSUES),
        (promises.where(*_today(scope, commitment_step), _of_room(scope, commitment)).group_by(step.kind), _OF_COMMITMENTS),
        (decisions.where(*_today(scope, decision_step), _of_room(scope, room_session)).group_by(d.kind), _OF_DECISIONS),
    )
    for query, names in queries:
        for kind, count in connection.execute(query):
            counts[names.get(kind, "")] += count
    counts[LATE] = _late(connection, scope)
    return tuple(HappenedToday(kind, counts[kind]) for kind in KINDS if counts[kind])


def acceptances(connection: Connection, scope: Scope) -> tuple[Acceptance, ...]:
    """What customers have accepted today, the oldest first.

    Grain: one row per acceptance.
    """
    columns = (_S.issue, _S.seq, _S.at, _S.words, _I.words.label("complaint"), _S.day, _I.admitted_on)
    query = select(*columns).join(issue, _I.id == _S.issue).where(*_today(scope, issue_step), _here(scope))
    rows = connection.execute(query.where(_S.kind == "accepted").order_by(_S.at, _S.issue)).all()
    if not rows:
        return ()
    names, f = function_names(connection), issue_function.c
    solved = connection.execute(select(f.issue, f.function).where(f.issue.in_([row.issue for row in rows])).order_by(f.function))
    by: dict[int, list[str]] = {}
    for row in solved:
        by.setdefault(row.issue, []).append(names.get(row.function, row.function))
    return tuple(
        Acceptance(
            issue=row.issue,
            seq=row.seq,
            at=row.at,
            words=row.words,
            complaint=row.complaint,
            days=(row.day - row.admitted_on).days + 1,
            functions=", ".join(by.get(row.issue, ())),
        )
        for row in rows
    )


def _today(scope: Scope, step: FromClause) -> tuple[ColumnElement[bool], ...]:
    return step.c.day == scope.today, step.c.at <= scope.as_of


def _here(scope: Scope) -> ColumnElement[bool]:
    return _I.perimeter.in_(scope.perimeters)


def _of_room(scope: Scope, record: FromClause) -> ColumnElement[bool]:
    """What belongs to the room itself is told everywhere."""
    return record.c.perimeter.in_({EVERYTHING, *scope.perimeters, *scope.places})


def _late(connection: Connection, scope: Scope) -> int:
    """What was due yesterday, and had not been done by the instant."""
    due, c, over = scope.today - timedelta(days=1), commitment.c, commitment_step.c
    done = select(over.commitment).where(over.kind.in_(("fulfilled", "dropped")), over.at <= scope.as_of)
    promised = select(func.count()).where(c.due_on == due, c.at <= scope.as_of, _of_room(scope, commitment), c.id.not_in(done))
    s, later = issue_step.alias("s").c, issue_step.alias("later").c
    finished = later.kind.in_(("alleviated", "done")) & (later.refers == s.seq)
    replaced = (s.kind == "alleviation") & (later.kind == "alleviation") & (later.seq > s.seq)
    ended = (later.kind == "accepted") & (later.seq > s.seq)
    settled = select(later.seq).where(later.issue == s.issue, later.at <= scope.as_of, finished | replaced | ended).exists()
    planned = select(func.count()).join(issue, _I.id == s.issue)
    planned = planned.where(s.kind.in_(("alleviation", "action")), s.due_on == due, s.at <= scope.as_of, _here(scope), ~settled)
    return (connection.scalar(promised) or 0) + (connection.scalar(planned) or 0)
