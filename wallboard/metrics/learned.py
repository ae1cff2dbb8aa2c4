"""What the room learned about customers since it last met: exactly what is new since then."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, case, func, select

from wallboard.metrics.facts import within
from wallboard.metrics.memo import memoised
from wallboard.metrics.research import research_shelf
from wallboard.metrics.scope import Period, Scope
from wallboard.metrics.signals import SignalPoint, issue_signals
from wallboard.metrics.stages import NOWHERE, stages_and_rest
from wallboard.metrics.states import MEASURED
from wallboard.store.lookups import touchpoint_stages
from wallboard.store.schema import (
    attempt,
    attendance,
    learning,
    load_run,
    research,
    stage,
    task,
    touchpoint,
    user_account,
    voice,
    voice_day,
)

READS = (
    *(
        "attendance",
        "voice_day",
        "stage",
        "touchpoint",
        "research",
        "research_review",
        "user_account",
        "attempt",
        "task",
        "learning",
    ),
    *("kind_week", "exposure", "issue_type", "metric_definition", "employee", "voice", "load_run"),
)
"""The tables behind it; a panel that shows what was learned reads these."""

_EARLIER = timedelta(days=92)
"""Voices of so many days before the last meeting are news too, where they were loaded after it."""

_MOST = 200_000
"""Among so many of the rows that were added last is looked for those that were added since the last meeting."""

VOICES, RESEARCH, SIGNAL, TRIED, LEARNED = "voices", "research", "signal", "tried", "learned"


@dataclass(frozen=True)
class _Since:
    """The last attendance before today: everything from its day on, and after its instant, is new."""

    day: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Learned:
    """One new thing of its kind: voices (of a stage), research, signal, tried, learned; `seq` is the place of its stage.

    voices: `n` of them, `bad` complaints; research: `n` asked; signal: `detail` which one, `n` complaints in its week; tried: `n`
    attempts, `bad` given up; learned: `detail` who wrote it. `day` None: nothing new from this stage. `since_…`:
    the last meeting.
    """

    kind: str
    key: str
    stage: str | None
    stage_name: str | None
    seq: int | None
    what: str
    detail: str | None
    n: int | None
    bad: int | None
    day: date | None
    since_day: date
    since_at: datetime


def _new(
    since: _Since,
    kind: str,
    key: str,
    place: tuple[str | None, str | None],
    what: str,
    detail: str | None = None,
    n: int | None = None,
    bad: int | None = None,
    day: date | None = None,
) -> Learned:
    """A new thing; `place` is its stage and the stage's name."""
    return Learned(kind, key, *place, None, what, detail, n, bad, day, since.day, since.at)


@memoised
def learned(connection: Connection, scope: Scope) -> tuple[Learned, ...]:
    """What is new since the room last met before today: voices by stage, research, signals, tasks tried, what was written.

    That meeting had before it what was known at the end of the day before. So new is what customers said on its day or later, up
    to the last complete day, or in the 92 days before where it was loaded after it (one row a stage and one for none,
    also where nothing is new); research finished in these days or loaded since; the newest signal of process behaviour of each
    kind of issue in a week that has become complete since, unless the week before it said the same; tasks tried since the
    meeting; entries of the learning log since then. No rows: the room has not met yet.

    Grain: one row per new thing; for voices one row per stage.
    """
    since = _since(connection, scope)
    if since is None:
        return ()
    order = {stage.key: stage.seq for stage in stages_and_rest(connection)}
    return tuple(
        replace(new, seq=order.get(new.stage or NOWHERE))
        for part in (_voices, _studies, _raised, _tried, _written)
        for new in part(connection, scope, since)
    )


def _since(connection: Connection, scope: Scope) -> _Since | None:
    s = attendance.c
    here = s.perimeter.in_({*scope.perimeters, *scope.places})
    query = select(s.day, s.at).where(here, s.day < scope.today, s.at <= scope.as_of).order_by(s.at.desc()).limit(1)
    row = connection.execute(query).first()
    return None if row is None else _Since(row.day, row.at)


def _voices(connection: Connection, scope: Scope, since: _Since) -> Iterator[Learned]:
    v = voice_day.c
    home = touchpoint_stages(connection)
    inside = within(voice_day, scope, _days(scope, since))
    sums = func.sum(v.voices).label("voices"), func.sum(v.complaints).label("complaints"), func.max(v.day).label("newest")
    rows = connection.execute(select(v.stage, v.touchpoint, *sums).where(*inside).group_by(v.stage, v.touchpoint)).all()
    places = {stage.key: stage.name for stage in stages_and_rest(connection)}
    counted: Counter[str] = Counter()
    bad: Counter[str] = Counter()
    newest: dict[str, date] = {}
    for row in [*rows, *_loaded_late(connection, scope, since)]:
        at = row.stage or home.get(row.touchpoint or NOWHERE, NOWHERE)
        at = at if at in places else NOWHERE
        counted[at] += int(row.voices)
        bad[at] += int(row.complaints)
        newest[at] = max(row.newest, newest.get(at, row.newest))
    for key, name in places.items():
        place = (key, name) if key else (None, None)
        yield _new(since, VOICES, key, place, name, n=counted[key], bad=bad[key], day=newest.get(key))


def _loaded_late(connection: Connection, scope: Scope, since: _Since) -> Sequence[Row[Any]]:
    """The voices of the days before the last meeting that were loaded after it, by stage and touchpoint."""
    v = voice.c
    sums = func.count().label("voices"), func.sum(case((v.complaint, 1), else_=0)).label("complaints")
    days = Period(since.day - _EARLIER, since.day - timedelta(days=1), "before", True)
    query = select(v.stage, v.touchpoint, *sums, func.max(v.day).label("newest")).group_by(v.stage, v.touchpoint)
    added = _added(connection, voice, scope, since)
    return [] if added is None else connection.execute(query.where(*within(voice, scope, days), *added)).all()


def _added(connection: Connection, table: Table, scope: Scope, since: _Since) -> list[ColumnElement[bool]] | None:
    """The conditions of rows that were added after the last meeting; None where it is not known: all loaded or corrected since.

    A correction leaves a row its number and gives it the run of its load; so it is the number that tells what is new.
    """
    run, last = load_run.c, select(func.max(table.c.id)).scalar_subquery()
    before = select(run.id).where(run.started_at <= since.at).order_by(run.id.desc()).limit(1).scalar_subquery()
    known = select(table.c.id).where(table.c.load_run_id <= before, table.c.id > last - _MOST)
    newest = connection.execute(known.order_by(table.c.id.desc()).limit(1)).scalar()
    if newest is None:
        return None
    runs = select(run.id).where(run.started_at > since.at, run.started_at <= scope.as_of, run.id > before)
    return [table.c.id > newest, table.c.load_run_id.in_(runs)]


def _studies(connection: Connection, scope: Scope, since: _Since) -> Iterator[Learned]:
    added = _added(connection, research, scope, since)
    late = set() if added is None else set(connection.scalars(select(research.c.study).where(*added)))
    new = [row for row in research_shelf(connection, scope) if row.finished_on >= since.day or row.study in late]
    for row in sorted(new, key=lambda row: (row.finished_on, row.study)):
        yield _new(since, RESEARCH, row.study, (row.stage, row.stage_name), row.title, row.summary, row.n, day=row.finished_on)


def _raised(connection: Connection, scope: Scope, since: _Since) -> Iterator[Learned]:
    """The newest signal of each kind of issue, raised where it begins: a run that goes on is no news."""
    points = [point for point in issue_signals(connection, scope) if point.complete and point.state == MEASURED]
    newest: dict[int, SignalPoint] = {}
    for before, point in zip([None, *points], points, strict=False):
        goes_on = before is not None and before.place == point.place and before.signal == point.signal
        if point.signal and not goes_on and point.period_end >= since.day:
            newest[point.place] = point
    for point in newest.values():
        counted = point.complaints, point.complaints, point.period_end
        yield _new(since, SIGNAL, point.issue_type or "", (None, None), point.wording, point.signal, *counted)


def _tried(connection: Connection, scope: Scope, since: _Since) -> Iterator[Learned]:
    a = attempt.c
    query = (
        select(a.task, a.outcome, a.ended_at, task.c.title, touchpoint.c.stage, stage.c.name.label("stage_name"))
        .outerjoin(task, task.c.task == a.task)
        .outerjoin(touchpoint, touchpoint.c.touchpoint == task.c.touchpoint)
        .outerjoin(stage, stage.c.stage == touchpoint.c.stage)
        .where(a.ended_at > since.at, a.ended_at <= scope.as_of)
        .order_by(a.ended_at, a.id)
    )
    attempts: dict[str, list[Any]] = {}
    for row in connection.execute(query):
        attempts.setdefault(row.task, []).append(row)
    for key, rows in attempts.items():
        last, gave_up = rows[-1], sum(row.outcome == "gave up" for row in rows)
        day = last.ended_at.astimezone(scope.zone).date()
        yield _new(since, TRIED, key, (last.stage, last.stage_name), last.title or key, n=len(rows), bad=gave_up, day=day)


def _written(connection: Connection, scope: Scope, since: _Since) -> Iterator[Learned]:
    e = learning.c
    query = (
        select(e.id, e.words, e.day, e.stage, user_account.c.name, stage.c.name.label("stage_name"))
        .join(user_account, user_account.c.id == e.actor)
        .outerjoin(stage, stage.c.stage == e.stage)
        .where(e.at > since.at, e.at <= scope.as_of)
        .order_by(e.at, e.id)
    )
    for row in connection.execute(query):
        yield _new(since, LEARNED, str(row.id), (row.stage, row.stage_name), row.words, row.name, day=row.day)


def _days(scope: Scope, since: _Since) -> Period:
    return Period(since.day, max(since.day, scope.last_day), "since", True)
