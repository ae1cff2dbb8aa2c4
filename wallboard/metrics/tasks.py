"""What customers must do, tried by people of the room: their times beside the customers' own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Row, func, select

from wallboard.metrics.availability import VOICES, coverage
from wallboard.metrics.facts import within
from wallboard.metrics.frames import tidy
from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Period, Scope, month_before
from wallboard.metrics.states import MEASURED, NO_CASES, TOO_FEW
from wallboard.store.schema import attempt, contact_month, exposure, media, stage, task, touchpoint, user_account

DONE, GAVE_UP = "done", "gave up"
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


@memoised
def tasks(connection: Connection, scope: Scope, stage: str | None = None) -> pd.DataFrame:
    """What customers must do at a stage, what it takes them, and how those fared who tried it in the room.

    Times are seconds. `customer_seconds` is the customers' median, None where their time is not measured or was measured only
    after today. `median_seconds` is that of attempts that were done, None below small_n of them (state 'too few'), `best` the
    quickest of them. `cases` is how often customers come by in the last complete month: what was counted there (`cases_are` says
    what), else the contacts about that touchpoint; None where neither is known. `customer_hours` is what it costs the
    customers in that month if each of these cases takes the median. `media` is the number of the form's file where the store
    lists it.

    Grain: one row per task, in the order of the journey.
    Columns: task, touchpoint, touchpoint_name, stage, stage_name, title, kind, path, address, steps, media, customer_seconds,
    customer_n, measured_on, attempts, done, gave_up, state, median_seconds, best, errors, month, cases, cases_are,
    customer_hours
    """
    month = month_before(scope)
    tried, cases = _tried(connection, scope), _cases(connection, scope, month)
    rows = []
    for row in _listed(connection, stage):
        own = tried.get(row.task, [])
        took = sorted(one.seconds for one in own if one.done)
        known = row.measured_on is None or row.measured_on <= scope.last_day
        seconds = row.customer_seconds if known else None
        count, what = cases.get(row.touchpoint, (None, None))
        rows.append(
            {
                **{name: getattr(row, name) for name in _LISTED},
                "customer_seconds": seconds,
                "customer_n": row.customer_n if known else None,
                "measured_on": row.measured_on if known else None,
                **_counted(own, took, scope.small_n),
                "month": month.start,
                "cases": count,
                "cases_are": what,
                "customer_hours": None if seconds is None or count is None else count * seconds / 3600,
            }
        )
    return tidy(rows, tasks)


_PLACE = ("touchpoint", "touchpoint_name", "stage", "stage_name")
_LISTED = ("task", *_PLACE, "title", "kind", "path", "address", "steps", "media")


def attempts(connection: Connection, scope: Scope, task: str | None = None) -> pd.DataFrame:
    """Who of the room has tried a task, how long it took (seconds) and how it ended, the newest first.

    Grain: one row per attempt.
    Columns: attempt, task, name, role, started_at, outcome, seconds, errors, filled, fields, words
    """
    a = attempt.c
    said = (a.task, a.started_at, a.ended_at, a.outcome, a.errors, a.filled, a.fields, a.words)
    query = select(a.id.label("attempt"), *said, user_account.c.name, user_account.c.role).join(
        user_account, user_account.c.id == a.actor
    )
    query = query.where(a.ended_at <= scope.as_of, *([] if task is None else [a.task == task]))
    rows = []
    for row in connection.execute(query.order_by(a.ended_at.desc(), a.id.desc())).mappings():
        kept = {name: value for name, value in row.items() if name != "ended_at"}
        rows.append({**kept, "seconds": (row["ended_at"] - row["started_at"]).total_seconds()})
    return tidy(rows, attempts)


def _listed(connection: Connection, key: str | None) -> Sequence[Row[Any]]:
    at, numbers = touchpoint.c, select(func.min(media.c.id)).where(media.c.path == _T.path).scalar_subquery()
    named = (at.name.label("touchpoint_name"), at.stage, stage.c.name.label("stage_name"), numbers.label("media"))
    query = select(task, *named).join(touchpoint, at.touchpoint == _T.touchpoint).join(stage, stage.c.stage == at.stage)
    if key is not None:
        query = query.where(at.stage == key)
    return connection.execute(query.order_by(stage.c.seq, stage.c.stage, at.seq, at.touchpoint, _T.task)).all()


def _tried(connection: Connection, scope: Scope) -> dict[str, list[_Tried]]:
    a = attempt.c
    found: dict[str, list[_Tried]] = {}
    for row in connection.execute(select(attempt).where(a.ended_at <= scope.as_of).order_by(a.id)):
        one = _Tried(row.outcome == DONE, (row.ended_at - row.started_at).total_seconds(), row.errors)
        found.setdefault(row.task, []).append(one)
    return found


def _counted(own: Sequence[_Tried], took: Sequence[float], small_n: int) -> dict[str, Any]:
    state = MEASURED if len(took) >= small_n else TOO_FEW if own else NO_CASES
    return {
        "attempts": len(own),
        "done": len(took),
        "gave_up": len(own) - len(took),
        "state": state,
        "median_seconds": median(took) if state == MEASURED else None,
        "best": took[0] if took else None,
        "errors": sum(one.errors for one in own),
    }


def _cases(connection: Connection, scope: Scope, month: Period) -> dict[str | None, tuple[int, str]]:
    """How often customers come by each touchpoint in a month, and what was counted there."""
    found: dict[str | None, tuple[int, str]] = {}
    if coverage(connection, scope, VOICES).of(month):
        m = contact_month.c
        here = (m.month == month.start, m.perimeter.in_(scope.perimeters), m.touchpoint != "")
        counted = select(m.touchpoint, func.sum(m.contacts)).where(*here).group_by(m.touchpoint)
        found = {key: (int(count), CONTACTS) for key, count in connection.execute(counted)}
    e = exposure.c
    passed = select(e.touchpoint, e.kind, func.sum(e.quantity)).where(*within(exposure, scope, month))
    rows = [(str(row[0]), str(row[1]), float(row[2])) for row in connection.execute(passed.group_by(e.touchpoint, e.kind))]
    return found | dict(_most(sorted(rows, key=lambda row: (row[2], row[1]))))


def _most(rows: Iterable[tuple[str, str, float]]) -> Iterable[tuple[str, tuple[int, str]]]:
    """What is counted most at each touchpoint; the rows come in ascending order."""
    return ((touchpoint, (round(many), kind)) for touchpoint, kind, many in rows if many > 0)
