"""Which series have shifted, and what explains it: each signal of process behaviour, and the event that may have caused it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypedDict

from sqlalchemy import Connection

from wallboard.calendar import last_of
from wallboard.metrics.events import COMPLAINTS, LOADED, RECORDED, Event, Subject, events
from wallboard.metrics.leading import LESS, SLIPPING, WAITING, LeadingSignal, leading_signals
from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Period, Scope
from wallboard.metrics.series import Point, Series, judged_series, unbroken
from wallboard.metrics.states import MEASURED
from wallboard.store.lookups import touchpoint_stages, wordings

LEAD = timedelta(days=14)
"""What explains a shift happened from so many days before its first point on, to the last day of that point."""

EARLY = "early_signals"

TURNED = "turned"
"""The rule of a shift that is no signal of a chart: something is on the other side, or in another state, than it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One row of points on one side of their centre of which at least one signals, or a state that turned; and what explains it.

    `since` and `first_end` are the days of its first point, `signalled_on` ends the first point that signalled. side: high, low.
    `goes_on`: the newest judged point is part of it. `explained_by` says what happened, None where nobody
    has explained it. `turned` names a state (newsworthy.KnownState.id) that is `state` and `was` another; "" for a series.
    """

    metric: str
    issue_type: str | None
    stage: str | None
    touchpoint: str | None
    name: str
    side: str
    rule: str
    since: date
    first_end: date
    signalled_on: date
    goes_on: bool
    explained_by: str | None
    event: str | None
    turned: str = ""
    was: str | None = None
    state: str | None = None

    @property
    def subject(self) -> Subject:
        """The series that has shifted."""
        return Subject((self.metric,), self.issue_type, self.touchpoint, self.stage)


@memoised
def complaint_shifts(
    connection: Connection, scope: Scope, weeks: int = 52, top: int = 6, against: str | None = None
) -> tuple[Shift, ...]:
    """The shifts of all complaints and of the commonest kinds in the last weeks, as issue_signals judges them.

    A shift is explained by an event that concerns its series and happened from 14 days before its first point to the end of it
    (of a run of eight: of its first point, or of the first one outside the limits), or that was recorded for it. A part may
    explain the whole (events.Subject).

    Grain: one row per shift, newest first.
    """
    judged = judged_series(connection, scope, weeks, against)
    if judged.begins is None:
        return ()
    names, happened = wordings(connection), events(connection, scope)
    earliest = scope.today - timedelta(weeks=weeks + 1)
    rows = [
        _shift(kind, "all complaints" if kind is None else names.get(kind, kind), row, series, happened)
        for kind in (None, *judged.commonest(weeks, top))
        if (series := judged.of(kind)).state == MEASURED
        for row in _rows(series)
        if row[-1].period.end >= earliest
    ]
    return tuple(sorted(rows, key=lambda shift: (shift.signalled_on, shift.since, shift.name), reverse=True))


@memoised
def early_shifts(connection: Connection, scope: Scope) -> tuple[Shift, ...]:
    """The early signals (leading_signals): KPIs that slip, work that waits, behaviours that fade; and what explains each.

    Grain: one row per signal.
    """
    stages, happened = touchpoint_stages(connection), events(connection, scope)
    early = [signal for signal in leading_signals(connection, scope) if signal.kind and signal.since]
    return tuple(_early(signal, stages.get(signal.touchpoint or ""), happened) for signal in early)


_MOVED_BY = {
    SLIPPING: (EARLY,),
    WAITING: (EARLY, "tickets_open", *COMPLAINTS),
    LESS: (EARLY, "declining_customers", "growing_customers"),
}
"""The metrics that an event names when it concerns what signals early."""


def _early(signal: LeadingSignal, stage: str | None, happened: Sequence[Event]) -> Shift:
    assert signal.since is not None and signal.kind is not None
    names = {SLIPPING: f"{signal.touchpoint_name}: {signal.name}", WAITING: "complaints that wait"}
    first = Period(signal.since, last_of(signal.since) if signal.kind == LESS else signal.since + timedelta(days=6), "", True)
    return Shift(
        metric=EARLY,
        issue_type=None,
        stage=stage,
        touchpoint=signal.touchpoint,
        name=names.get(signal.kind, f"{signal.name}: customers who do less"),
        side="low" if signal.better == "up" else "high",
        rule=signal.rule or "",
        since=first.start,
        first_end=first.end,
        signalled_on=first.end,
        goes_on=True,
        **explained(Subject(_MOVED_BY[signal.kind], None, signal.touchpoint, stage), [first], first, happened),
    )


def _rows(series: Series) -> Iterator[list[Point]]:
    """Judged points that follow each other on one side of the centre, where one of them signals; those on the line end no row."""
    assert series.limits is not None
    mean = series.limits.mean
    for part in unbroken(series.judged, series.size):
        row: list[Point] = []
        for point in part:
            if point.value is None or point.value == mean:
                continue
            if row and row[0].value is not None and (row[0].value > mean) != (point.value > mean):
                yield from _signalling(row)
                row = []
            row.append(point)
        yield from _signalling(row)


def _signalling(row: list[Point]) -> Iterator[list[Point]]:
    if any(point.signal for point in row):
        yield row


def _shift(kind: str | None, name: str, row: Sequence[Point], series: Series, happened: Sequence[Event]) -> Shift:
    signals = [point for point in row if point.signal]
    outside = [point for point in signals if not point.signal.startswith("run")][:1]
    run = any(point.signal.startswith("run") for point in signals)
    firsts = [row[0], *outside] if run else outside
    first = firsts[0].period
    whole = Period(first.start, row[-1].period.end, "", True)
    subject = Subject(COMPLAINTS, kind)
    return Shift(
        metric=COMPLAINTS[0],
        issue_type=kind,
        stage=None,
        touchpoint=None,
        name=name,
        side=signals[-1].signal.removeprefix("run "),
        rule=signals[-1].signal,
        since=first.start,
        first_end=first.end,
        signalled_on=signals[0].period.end,
        goes_on=row[-1] is series.judged[-1],
        **explained(subject, [point.period for point in firsts], whole, happened),
    )


class Explained(TypedDict):
    """The words and the key of an event; None where nobody has explained it."""

    explained_by: str | None
    event: str | None


def explained(subject: Subject, firsts: Sequence[Period], whole: Period, happened: Sequence[Event]) -> Explained:
    """The words and the key of the event that explains a shift: one recorded for it, else the nearest to one of its first points;
    what people say happened comes before what is derived.
    """

    def rank(event: Event) -> tuple[bool, bool, int]:
        days = min(abs((event.starts_on - first.start).days) for first in firsts)
        return not _is_for(event, whole), event.origin not in (LOADED, RECORDED), days

    about = (event for event in happened if subject.is_concerned(event))
    explaining = [event for event in about if _is_for(event, whole) or any(_near(event, first) for first in firsts)]
    best = min(explaining, key=rank, default=None)
    return {"explained_by": best.words if best else None, "event": best.key if best else None}


def _is_for(event: Event, whole: Period) -> bool:
    """Whether it was recorded for a shift of these days."""
    return event.explains is not None and event.explains in whole


def _near(event: Event, first: Period) -> bool:
    """Whether it began, lasted or ended in the window of a shift's first point."""
    return event.starts_on <= first.end and (event.ends_on or event.starts_on) >= first.start - LEAD
