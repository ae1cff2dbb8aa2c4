"""Which metrics of the customer asset have shifted by month, and what explains it: the scoreboard's, milestones, and a turn."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from wallboard.calendar import last_of
from wallboard.catalogue import catalogue
from wallboard.metrics.customers import CountedPeriod, customer_flow, whole_periods
from wallboard.metrics.events import Event, Subject, events
from wallboard.metrics.memo import memoised
from wallboard.metrics.milestones import milestones
from wallboard.metrics.scope import Period, Scope
from wallboard.metrics.scoreboard import OVERLAPPING, limits_of, scoreboard_trend
from wallboard.metrics.shifts import TURNED, Shift, explained
from wallboard.metrics.statistics import began, signals

NET = ("net_customers", "new_customers", "lost_customers", "active_customers")
"""The metrics that an event names when it concerns who came and who left."""


@memoised
def scoreboard_shifts(connection: Connection, scope: Scope) -> tuple[Shift, ...]:
    """The metrics of the scoreboard whose newest month signals, and what explains it.

    Grain: one row per metric that signals.
    """
    series: dict[str, list[tuple[date, float]]] = {}
    for row in scoreboard_trend(connection, scope):
        if row.metric not in OVERLAPPING:
            series.setdefault(row.metric, []).append((row.month, row.value))
    happened, shifts = events(connection, scope), []
    for metric, points in series.items():
        values = [value for _, value in points]
        limits = limits_of(values)
        if limits is not None and (first := began(values, limits)):
            months = [points[n][0] for n in first]
            shifts.append(_shift(metric, signals(values, limits)[-1], months, points[-1][0], happened))
    return tuple(shifts)


@memoised
def milestone_shifts(connection: Connection, scope: Scope) -> tuple[Shift, ...]:
    """The milestones (metrics.milestones), and what explains each.

    Grain: one row per milestone.
    """
    happened = events(connection, scope)
    return tuple(
        _shift(row.metric, row.signal, [*filter(None, (row.began_on, row.outside_on))], row.month, happened)
        for row in milestones(connection, scope)
    )


def turns(connection: Connection, scope: Scope) -> tuple[Shift, ...]:
    """That in the last complete month more left than came where more had come, or the other way; and what explains it.

    Grain: one row where it turned, else none.
    """
    turned = turned_month(whole_periods(customer_flow(connection, scope, months=3)))
    if turned is None:
        return ()
    start = turned.period_start
    rule = _shift(NET[0], "high" if turned.net > 0 else "low", [start], start, events(connection, scope), TURNED)
    return (rule,)


def turned_month(whole: Sequence[CountedPeriod]) -> CountedPeriod | None:
    """The last of these months, where it went the other way than the one before."""
    last = whole[-2:]
    return last[1] if len(last) == 2 and (last[0].net > 0) != (last[1].net > 0) else None


def moved_by(metric: str) -> tuple[str, ...]:
    """The metrics that an event may name to concern one: what is net is moved by who came and who left."""
    return NET if metric == NET[0] else (metric,)


def _shift(
    metric: str, signal: str, months: Sequence[date], newest: date, happened: Sequence[Event], rule: str | None = None
) -> Shift:
    firsts = [Period(month, last_of(month), "", True) for month in months]
    whole = Period(firsts[0].start, last_of(newest), "", True)
    return Shift(
        metric=metric,
        issue_type=None,
        stage=None,
        touchpoint=None,
        name=catalogue()[metric].name,
        side=signal.removeprefix("run "),
        rule=rule or signal,
        since=firsts[0].start,
        first_end=firsts[0].end,
        signalled_on=whole.end,
        goes_on=True,
        **explained(Subject(moved_by(metric)), firsts, whole, happened),
    )
