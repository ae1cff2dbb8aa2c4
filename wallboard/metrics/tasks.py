"""What customers must do, tried by people of the room: their times beside the customers' own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, func, select

from wallboard.metrics.availability import VOICES, coverage
from wallboard.metrics.facts import within
from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Period, Scope, month_before
from wallboard.metrics.states import MEASURED, NO_CASES, TOO_FEW
from wallboard.store.schema import attempt, contact_month, exposure, media, stage, task, touchpoint, user_account

DONE = "done"
CONTACTS = "contacts"
READS = ("task", "touchpoint", "stage", "attempt", "exposure", "contact_month", "voice_day", "media")
"""The tables behind `tasks`; a panel that shows it reads them."""

_T = task.c


@dataclass(frozen=True)
class _Tried:
    """One attempt: how it ended, how long it took, and what went wrong on the way."""

    done: bool
    seconds: float
    errors: int


class _Fared(NamedTuple):
    attempts: int
    done: int
    gave_up: int
    state: str
    median_seconds: float | None
    best: float | None
    errors: int


@dataclass(frozen=True, slots=True)
class Task:
    """What customers must do at one touchpoint, and how those fared who tried it in the room; times in seconds.

    `customer_hours` are those of all customers of the month. state: measured, too few, no cases (nobody has tried it).
    """

    task: str
    touchpoint: str
    touchpoint_name: str
    stage: str
    stage_name: str
    title: str
    kind: str
    path: str | None
    address: str | None
    steps: str | None
    media: int | None
    customer_seconds: float | None
    customer_n: int | None
    measured_on: date | None
    attempts: int
    done: int
    gave_up: int
    state: str
    median_seconds: float | None
    best: float | None
    errors: int
    month: date
    cases: int | None
    cases_are: str | None
    customer_hours: float | None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt of somebody of the room at a task: `seconds` long; `filled` of its `fields` (or steps)."""

    attempt: int
    task: str
    name: str
    role: str
    started_at: datetime
    outcome: str
    seconds: float
    errors: int
    filled: int
    fields: int
    words: str | None


@memoised
def tasks(connection: Connection, scope: Scope, stage: str | None = None) -> tuple[Task, ...]:
    """What customers must do at a stage, what it takes them, and how those fared who tried it in the room.

    Times are seconds. `customer_seconds` is the customers' median, None where their time is not measured or was measured only
    after today. `median_seconds` is that of attempts that were done, None below small_n of them (state 'too few'), `best` the
    quickest of them. `cases` is how often customers come by in the last complete month: what was counted there (`cases_are` says
    what), else the contacts about that touchpoint; None where neither is known. `customer_hours` is what it costs the
    customers in that month if each of these cases takes the median. `media` is the number of the form's file where the store
    lists it.

    Grain: one row per task, in the order of the journey.
    """
    month = month_before(scope)
    tried, cases = _tried(connection, scope), _cases(connection, scope, month)
    rows = []
    for row in _listed(connection, stage):
        known = row.measured_on is None or row.measured_on <= scope.last_day
        seconds, n, measured_on = (row.customer_seconds, row.customer_n, row.measured_on) if known else (None, None, None)
        count, counted = cases.get(row.touchpoint, (None, None))
        hours = None if seconds is None or count is None else count * seconds / 3600
        rows.append(
            Task(
                row.task, row.touchpoint, row.touchpoint_name, row.stage, row.stage_name, row.title, row.kind, row.path,
                row.address, row.steps, row.media, seconds, n, measured_on, *_fared(tried.get(row.task, []), scope.small_n),
                month.start, count, counted, hours,
            )
        )  # fmt: skip
    return tuple(rows)


def attempts(connection: Connection, scope: Scope, task: str | None = None) -> tuple[Attempt, ...]:
    """Who of the room has tried a task, how long it took (seconds) and how it ended, the newest first.

    Grain: one row per attempt.
    """
    a = attempt.c
    query = select(attempt, user_account.c.name, user_account.c.role).join(user_account, user_account.c.id == a.actor)
    query = query.where(a.ended_at <= scope.as_of, *([] if task is None else [a.task == task]))
    rows = connection.execute(query.order_by(a.ended_at.desc(), a.id.desc()))
    return tuple(
        Attempt(
            row.id, row.task, row.name, row.role, row.started_at, row.outcome, _seconds(row), row.errors, row.filled, row.fields,
            row.words,
        )
        for row in rows
    )  # fmt: skip


def _seconds(row: Row[Any]) -> float:
    seconds: float = (row.ended_at - row.started_at).total_seconds()
    return seconds


def _listed(connection: Connection, key: str | None) -> Sequence[Row[Any]]:
    at, numbers = touchpoint.c, select(func.min(media.c.id)).where(media.c.path == _T.path).scalar_subquery()
    named = (at.name.label("touchpoint_name"), at.stage, stage.c.name.label("stage_name"), numbers.label("media"))
    query = select(task, *named).join(touchpoint, at.touchpoint == _T.touchpoint).join(stage, stage.c.stage == at.stage)
    if key is not None:
        query = query.where(at.stage == key)
    return connection.execute(query.order_by(stage.c.seq, stage.c.stage, at.seq, at.touchpoint, _T.task)).all()


def _tried(connection: Connection, scope: Scope) -> dict[str, list[_Tried]]:
    a = attempt.c
    trials: dict[str, list[_Tried]] = {}
    for row in connection.execute(select(attempt).where(a.ended_at <= scope.as_of).order_by(a.id)):
        trials.setdefault(row.task, []).append(_Tried(row.outcome == DONE, _seconds(row), row.errors))
    return trials


def _fared(own: Sequence[_Tried], small_n: int) -> _Fared:
    took = sorted(trial.seconds for trial in own if trial.done)
    state = MEASURED if len(took) >= small_n else TOO_FEW if own else NO_CASES
    middle, best = median(took) if state == MEASURED else None, took[0] if took else None
    return _Fared(len(own), len(took), len(own) - len(took), state, middle, best, sum(trial.errors for trial in own))


def _cases(connection: Connection, scope: Scope, month: Period) -> dict[str | None, tuple[int, str]]:
    """How often customers come by each touchpoint in a month, and what was counted there."""
    cases: dict[str | None, tuple[int, str]] = {}
    if coverage(connection, scope, VOICES).of(month):
        m = contact_month.c
        here = (m.month == month.start, m.perimeter.in_(scope.perimeters), m.touchpoint != "")
        counted = select(m.touchpoint, func.sum(m.contacts)).where(*here).group_by(m.touchpoint)
        cases = {key: (int(count), CONTACTS) for key, count in connection.execute(counted)}
    e = exposure.c
    passed = select(e.touchpoint, e.kind, func.sum(e.quantity)).where(*within(exposure, scope, month))
    rows = [(str(row[0]), str(row[1]), float(row[2])) for row in connection.execute(passed.group_by(e.touchpoint, e.kind))]
    return cases | dict(_most(sorted(rows, key=lambda row: (row[2], row[1]))))


def _most(rows: Iterable[tuple[str, str, float]]) -> Iterable[tuple[str, tuple[int, str]]]:
    """What is counted most at each touchpoint; the rows come in ascending order."""
    return ((touchpoint, (round(many), kind)) for touchpoint, kind, many in rows if many > 0)
