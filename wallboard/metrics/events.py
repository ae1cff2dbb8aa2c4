"""What happened: releases, price changes, strikes, actions that began or ended, changed definitions; and what each concerns."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, bindparam, func, or_, select

from wallboard.metrics.definitions import VERSIONS, breaks
from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Scope
from wallboard.store.schema import action, event, event_entry, event_withdrawal, issue, issue_step, user_account

READS = (
    *("event", "event_entry", "event_withdrawal", "action", "issue", "issue_step", "metric_definition", "user_account"),
    *VERSIONS,
)
"""The tables behind it."""

LOADED, RECORDED, ACTION, ISSUE, DEFINITION = "loaded", "recorded", "action", "issue", "definition"
"""Where an event comes from: a source, the console, a source of actions, the steps of an issue, a changed definition."""

BEGAN, ENDED, REDEFINED = "action began", "action ended", "definition changed"
"""What the derived ones are."""

COMPLAINTS = ("complaint_rate", "complaints")
"""The metrics that are told by the kind of complaint."""

_BY_KIND = (*COMPLAINTS, "tickets_open", "ticket_throughput")
"""Those that are moved by each kind of complaint."""

_MONTH = 31
_PLACE = ("perimeter", "stage", "touchpoint", "issue_type", "metric")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened from day to day (`ends_on` None: on one day, or it lasts), and what it concerns; None: all of it.

    origin: loaded, recorded, action, issue, definition; `entry` numbers what was recorded at the console, `by` names who did, and
    `explains` is the first day of the shift that it was recorded for.
    """

    key: str
    origin: str
    kind: str
    words: str
    starts_on: date
    ends_on: date | None = None
    perimeter: str | None = None
    stage: str | None = None
    touchpoint: str | None = None
    issue_type: str | None = None
    metric: str | None = None
    by: str | None = None
    entry: int | None = None
    explains: date | None = None


@dataclass(frozen=True)
class Subject:
    """What a series shows: one or several metrics, of all kinds of complaint and all places unless it names one."""

    metrics: tuple[str, ...]
    issue_type: str | None = None
    touchpoint: str | None = None
    stage: str | None = None

    def is_concerned(self, happened: Event) -> bool:
        """Whether an event may have moved the series: they name nothing that differs, and the part moves the whole.

        What people did not say is not read into it: an action belongs where it names the metric, the kind of complaint, or the
        place.
        """
        pairs = (self.touchpoint, happened.touchpoint), (self.stage, happened.stage)
        if (happened.metric or self.metrics[0]) not in self.metrics or any(a and b and a != b for a, b in pairs):
            return False
        if happened.issue_type is not None and not self._counts(happened):
            return False
        return happened.origin in (LOADED, RECORDED) or happened.metric is not None or self._is_named(happened)

    def _counts(self, happened: Event) -> bool:
        """Whether the kind of complaint of an event is among what the series counts, or what is run at its place."""
        if any(metric in _BY_KIND for metric in self.metrics):
            return self.issue_type in (None, happened.issue_type)
        return self.touchpoint is not None and self.touchpoint == happened.touchpoint

    def _is_named(self, happened: Event) -> bool:
        if self.touchpoint is None:
            return happened.issue_type is not None
        return self.touchpoint == happened.touchpoint


@memoised
def events(connection: Connection, scope: Scope, months: int = 36) -> tuple[Event, ...]:
    """What happened in the last months in the perimeters of the scope: loaded, recorded, or derived from actions and definitions.

    What begins after today has not happened; what was taken back at the console did not. Actions about one customer or tier are
    none. An action of an issue concerns what its issue is about.

    Grain: one row per event, newest first.
    """
    since = scope.today - timedelta(days=_MONTH * months)
    all_events = [
        *_loaded(connection, scope, since),
        *_recorded(connection, scope, since),
        *_actions(connection, scope, since),
        *_steps(connection, scope, since),
        *_redefined(connection, scope, months),
    ]
    return tuple(sorted(all_events, key=lambda row: (row.starts_on, row.key), reverse=True))


AT_MOST = 300
"""Rows that are read of each kind, the newest: an axis of ten years has no room for more."""


def _loaded(connection: Connection, scope: Scope, since: date) -> Iterator[Event]:
    for row in connection.execute(_newest(select(event).where(*_within(event, scope, since)), event.c.starts_on)).mappings():
        concerns = {name: row[name] for name in (*_PLACE, "kind", "words", "starts_on", "ends_on")}
        yield Event(key=f"loaded {row['id']}", origin=LOADED, **concerns)


def _recorded(connection: Connection, scope: Scope, since: date) -> Iterator[Event]:
    e, w, withdrawn = event_entry.c, event_withdrawal.c, event_withdrawal
    query = (
        select(event_entry, user_account.c.name.label("by"))
        .join(user_account, user_account.c.id == e.actor)
        .outerjoin(withdrawn, and_(w.entry == e.id, w.at <= scope.as_of))
        .where(*_within(event_entry, scope, since), e.at <= scope.as_of, w.entry.is_(None))
    )
    for row in connection.execute(_newest(query, e.starts_on)).mappings():
        concerns = {name: row[name] for name in (*_PLACE, "kind", "words", "starts_on", "ends_on", "by", "explains")}
        yield Event(key=f"recorded {row['id']}", origin=RECORDED, entry=row["id"], **concerns)


def _newest(query: Select[Any], day: ColumnElement[date]) -> Select[Any]:
    return query.order_by(day.desc()).limit(AT_MOST)


def _within(table: Table, scope: Scope, since: date) -> list[ColumnElement[bool]]:
    t = table.c
    here = or_(t.perimeter.is_(None), t.perimeter.in_(scope.perimeters))
    return [here, t.starts_on <= scope.today, or_(t.starts_on >= since, t.ends_on >= since)]


def _actions(connection: Connection, scope: Scope, since: date) -> Iterator[Event]:
    """An action about a metric concerns it; one about a reason or a stage that stage, and without one those who left."""
    a = action.c
    here = or_(a.perimeter.is_(None), a.perimeter.in_((*scope.perimeters, *scope.places)))
    recent = or_(a.since.between(since, scope.today), a.done_on.between(since, scope.today))
    query = select(action).where(a.about.in_(("metric", "reason", "stage")), here, recent)
    for row in connection.execute(_newest(query, func.coalesce(a.done_on, a.since))):
        stage = row.subject if row.about == "stage" else row.stage
        metric = row.subject if row.about == "metric" else None if stage else "lost_customers"
        for kind, day in ((BEGAN, row.since), (ENDED, row.done_on)):
            if day is not None and since <= day <= scope.today:
                key, about = f"action {row.id} {kind}", {"perimeter": row.perimeter, "stage": stage, "metric": metric}
                yield Event(key=key, origin=ACTION, kind=kind, words=row.what, starts_on=day, **about)


def _steps(connection: Connection, scope: Scope, since: date) -> Iterator[Event]:
    """The next steps towards a cure that an issue's team planned, and those that were taken."""
    bounds = {"since": since, "today": scope.today, "as_of": scope.as_of, "perimeters": scope.perimeters}
    for row in connection.execute(_newest_steps(), bounds):
        began = row.kind == "action"
        yield Event(
            key=f"issue {row.issue} {row.seq}",
            origin=ISSUE,
            kind=BEGAN if began else ENDED,
            words=(row.words if began else row.planned) or "",
            starts_on=row.day,
            perimeter=row.perimeter,
            stage=row.stage,
            touchpoint=row.touchpoint,
            issue_type=row.issue_type,
        )


@cache
def _newest_steps() -> Select[Any]:
    """The question for them: put together once."""
    s, planned = issue_step.c, issue_step.alias("planned")
    words = select(planned.c.words).where(planned.c.issue == s.issue, planned.c.seq == s.refers).scalar_subquery()
    query = (
        select(s.issue, s.seq, s.kind, s.day, s.words, words.label("planned"))
        .add_columns(issue.c.perimeter, issue.c.stage, issue.c.touchpoint, issue.c.issue_type)
        .join(issue, issue.c.id == s.issue)
        .where(s.kind.in_(("action", "done")), s.day.between(bindparam("since"), bindparam("today")), s.at <= bindparam("as_of"))
        .where(issue.c.perimeter.in_(bindparam("perimeters", expanding=True)))
    )
    return _newest(query, s.day)


def _redefined(connection: Connection, scope: Scope, months: int) -> Iterator[Event]:
    for row in breaks(connection, scope, months=months):
        key = f"definition {row.metric} {row.version}"
        words = f"{row.name}: {row.formula}"
        yield Event(key=key, origin=DEFINITION, kind=REDEFINED, words=words, starts_on=row.valid_from, metric=row.metric)
