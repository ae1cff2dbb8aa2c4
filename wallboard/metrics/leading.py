"""What moves before complaints do: work that waits longer, touchpoints that slip, customers who do less."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise, takewhile
from typing import NamedTuple

from sqlalchemy import Connection, select

from wallboard.metrics.bond import MeasuredBond, bond
from wallboard.metrics.facts import first_day, sums
from wallboard.metrics.issues import issue_flow
from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Period, Scope
from wallboard.metrics.series import BASELINE, NEW
from wallboard.metrics.statistics import PROVISIONAL, Limits, signals, wilson, xmr
from wallboard.metrics.weekly import baseline_begins, measured_against, newest_baseline, stretches
from wallboard.store.schema import kpi_day, touchpoint

RECENT = 26
"""Weeks that are asked for a signal, after those of the baseline."""

WAITING, SLIPPING, LESS = "waiting", "slipping", "less"
NONE_SOLVED = "none solved"
"""The rule of work that waits where nothing at all was solved in four weeks."""


@dataclass
class _Kpi:
    """One KPI of one touchpoint, week by week."""

    better: str = "up"
    unit: str = "share"
    name: str = ""
    newest: date = date.min
    weeks: dict[date, tuple[float, float]] = field(default_factory=dict)


class _Span(NamedTuple):
    """From when on weeks follow each other up to now, and the first of the newest four."""

    unbroken: date
    near: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadingSignal:
    """One early signal; only `watched`, the number of things that could have signalled, where there is none.

    `value` is the newest number (of a KPI in its `unit`, of weeks of solving, a share of customers), `usual` and `limit` what it
    is held against, `n` the cases behind it. kind: slipping, waiting, less.
    """

    kind: str | None = None
    subject: str | None = None
    name: str | None = None
    touchpoint: str | None = None
    touchpoint_name: str | None = None
    value: float | None = None
    usual: float | None = None
    usual_to: date | None = None
    limit: float | None = None
    unit: str | None = None
    better: str | None = None
    rule: str | None = None
    since: date | None = None
    n: int | None = None
    watched: int = 0


_Signals = Iterator[LeadingSignal | None]
"""One for each thing that is watched; None where it does not signal."""


@memoised
def leading_signals(connection: Connection, scope: Scope) -> tuple[LeadingSignal, ...]:
    """What has begun to move on the unfavourable side, before complaints rise; no row: no early signal.

    slipping: a KPI of a touchpoint, against the limits of its first 24 weeks of the baseline (signals.issue_signals). waiting:
    open complaints stand for more weeks of solving than usual, against the first 24 of the last 50 weeks. Both by rules 1 and 2
    in the newest four complete weeks, and still on that side; a row of weeks never reaches over weeks that were not read. What
    has no number in those four weeks is not watched. Where complaints wait and the four weeks solved none, that is the signal
    (rule 'none solved', `value` None).
    less: a key behaviour of which significantly more customers do less than more (95 % Wilson interval of those who changed
    lies above one half). `value` is the newest number, `usual` the mean of the limits (a half for behaviours), measured up to the
    week of `usual_to`; `since` is the Monday of the first week (the month) of the signal. `n` counts the cases behind `value`.
    `watched` counts what could have signalled.

    Grain: one row per signal: slipping KPIs, then what waits, then behaviours; one row without kind where nothing signals.
    """
    candidates = [*_slipping(connection, scope), *_waiting(connection, scope), *_less(connection, scope)]
    signals_now = [signal for signal in candidates if signal] or [LeadingSignal()]
    return tuple(replace(signal, watched=len(candidates)) for signal in signals_now)


def _slipping(connection: Connection, scope: Scope) -> _Signals:
    names = {row.touchpoint: row.name for row in connection.execute(select(touchpoint.c.touchpoint, touchpoint.c.name))}
    parts = _weeks(connection, scope)
    if not parts:
        return
    span = _Span(_unbroken(parts), parts[-1][-NEW:][0].start)
    kpis = _kpis(connection, scope, parts)
    for (at, key), kpi in sorted(kpis.items(), key=lambda item: item[0]):
        points = [(week, top / bottom) for week, (top, bottom) in sorted(kpi.weeks.items()) if bottom >= max(scope.small_n, 1)]
        about = LeadingSignal(
            kind=SLIPPING,
            subject=key,
            name=kpi.name,
            touchpoint=at,
            touchpoint_name=names.get(at, at),
            unit=kpi.unit,
            better=kpi.better,
            n=round(kpi.weeks[points[-1][0]][1]) if points else 0,
        )
        yield from _signalled(points, span, "low" if kpi.better == "up" else "high", about)


def _unbroken(parts: list[list[Period]]) -> date:
    """The first of the weeks that follow each other up to the newest one: the baseline may have ended long before them."""
    return next(
        (late[0].start for early, late in pairwise(parts) if early[-1].end + timedelta(days=1) != late[0].start),
        parts[0][0].start,
    )


def _kpis(connection: Connection, scope: Scope, parts: list[list[Period]]) -> dict[tuple[str, str], _Kpi]:
    kpis: dict[tuple[str, str], _Kpi] = defaultdict(_Kpi)
    by = ["touchpoint", "kpi", "name", "better", "unit"]
    for periods in parts:
        for period, row in sums(connection, kpi_day, scope, periods, by, ["numerator", "denominator", "newest"]):
            kpi = kpis[row.touchpoint, row.kpi]
            if row.newest >= kpi.newest:
                kpi.newest, kpi.name, kpi.better, kpi.unit = row.newest, row.name, row.better, row.unit
            top, bottom = kpi.weeks.get(period.start, (0.0, 0.0))
            kpi.weeks[period.start] = top + float(row.numerator), bottom + float(row.denominator)
    return kpis


def _weeks(connection: Connection, scope: Scope) -> list[list[Period]]:
    """The complete weeks of the baseline, which begins as that of complaints does, and the newest ones."""
    begins = baseline_begins(measured_against(None, connection, scope), connection, scope)
    if begins is None and (first := first_day(connection, kpi_day, scope)):
        begins = newest_baseline(first, scope)
    parts = stretches(scope, begins, RECENT, BASELINE)
    complete_weeks = [[week for week in part if week.complete and (begins is None or week.start >= begins)] for part in parts]
    return [part for part in complete_weeks if part]


class _Week(NamedTuple):
    """The complaints of one measured week."""

    monday: date
    departed: int
    wip: int


def _waiting(connection: Connection, scope: Scope) -> _Signals:
    full = [week for week in issue_flow(connection, scope, weeks=BASELINE + RECENT) if week.complete]
    known = [
        _Week(week.week_start, week.departed, week.wip) for week in full if week.departed is not None and week.wip is not None
    ]
    fours = [known[n - NEW + 1 : n + 1] for n in range(NEW - 1, len(known))]
    points = [(four[-1].monday, weeks) for four in fours if (weeks := _weeks_of_solving(four)) is not None]
    if not points:
        return
    about = LeadingSignal(kind=WAITING, subject="open", unit="weeks", better="down", n=known[-1].wip)
    near = full[-NEW:][0].week_start
    if known[-1].monday >= near and _weeks_of_solving(fours[-1]) is None:
        if limits := _limits(points):
            about = replace(about, usual=limits.mean, limit=limits.upper)
        since = [week.monday for week in takewhile(lambda week: not week.departed, reversed(known))][-1]
        yield replace(about, usual_to=_usual_to(points), rule=NONE_SOLVED, since=since)
        return
    yield from _signalled(points, _Span(points[0][0], near), "high", about)


def _weeks_of_solving(four: list[_Week]) -> float | None:
    """For how many weeks what is open stands, as these four solved; None where something waits and nothing was solved."""
    solved = sum(week.departed for week in four)
    return NEW * four[-1].wip / solved if solved else None if four[-1].wip else 0.0


def _less(connection: Connection, scope: Scope) -> _Signals:
    for row in bond(connection, scope):
        if not isinstance(row, MeasuredBond):
            continue
        changed = row.growing + row.declining
        band = wilson(row.declining, changed) if changed >= scope.small_n else None
        if band is None:
            continue
        signal = LeadingSignal(
            kind=LESS,
            subject=row.behaviour,
            name=row.name,
            value=band.value,
            usual=0.5,
            limit=band.low,
            unit="share",
            better="down",
            rule="interval",
            since=row.month,
            n=row.declining,
        )
        yield signal if band.low > 0.5 else None


def _limits(points: list[tuple[date, float]]) -> Limits | None:
    return xmr([value for _, value in points[:BASELINE]]) if len(points) >= PROVISIONAL else None


def _usual_to(points: list[tuple[date, float]]) -> date:
    """The last week that says what is usual."""
    return points[:BASELINE][-1][0]


def _signalled(points: list[tuple[date, float]], span: _Span, bad: str, about: LeadingSignal) -> _Signals:
    """The signal of the newest points on the bad side, or None; nothing at all where none is new, or without limits."""
    limits = _limits(points)
    if limits is None or points[-1][0] < span.near:
        return
    last = [point for point in points if point[0] >= span.unbroken]
    rules = signals([value for _, value in last], limits)
    news = next((rule for rule in reversed(rules[-NEW:]) if rule), "")
    value = last[-1][1]
    still = value > limits.mean if bad == "high" else value < limits.mean
    if not (news.endswith(bad) and still):
        yield None
        return
    limit = limits.upper if bad == "high" else limits.lower
    signal = replace(about, value=value, usual=limits.mean, usual_to=_usual_to(points), limit=limit)
    yield replace(signal, rule=news, since=_since(last, limits, bad))


def _since(points: list[tuple[date, float]], limits: Limits, bad: str) -> date:
    """Since when all points lie on the bad side."""
    first = points[-1][0]
    for week, value in reversed(points):
        if (value - limits.mean) * (1 if bad == "high" else -1) <= 0:
            break
        first = week
    return first
