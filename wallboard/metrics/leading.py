"""What moves before complaints do: work that waits longer, contact points that slip, customers who do less."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise, takewhile
from typing import Any, NamedTuple

import pandas as pd
from sqlalchemy import Connection, select

from wallboard.metrics.bond import bond
from wallboard.metrics.facts import first_day, sums
from wallboard.metrics.frames import rows_of, tidy
from wallboard.metrics.issues import issue_flow
from wallboard.metrics.scope import Period, Scope
from wallboard.metrics.series import BASELINE, NEW
from wallboard.metrics.states import MEASURED
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


def leading_signals(connection: Connection, scope: Scope) -> pd.DataFrame:
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
    Columns: kind, subject, name, touchpoint, touchpoint_name, value, usual, usual_to, limit, unit, better, rule, since, n,
    watched
    """
    watched, found = 0, []
    for rows in (_slipping(connection, scope), _waiting(connection, scope), _less(connection, scope)):
        for row in rows:
            watched += 1
            found += [row] if row["kind"] else []
    kept = found or [dict.fromkeys(_COLUMNS)]
    return tidy(({**row, "watched": watched} for row in kept), leading_signals)


_COLUMNS = (
    "kind", "subject", "name", "touchpoint", "touchpoint_name", "value", "usual", "usual_to", "limit", "unit", "better", "rule",
    "since", "n",
)  # fmt: skip
_SILENT: dict[str, Any] = dict.fromkeys(_COLUMNS)


def _slipping(connection: Connection, scope: Scope) -> Iterator[dict[str, Any]]:
    names = {row.touchpoint: row.name for row in connection.execute(select(touchpoint.c.touchpoint, touchpoint.c.name))}
    parts = _weeks(connection, scope)
    if not parts:
        return
    span = _Span(_unbroken(parts), parts[-1][-NEW:][0].start)
    kpis = _kpis(connection, scope, parts)
    for (at, key), kpi in sorted(kpis.items(), key=lambda item: item[0]):
        points = [(week, top / bottom) for week, (top, bottom) in sorted(kpi.weeks.items()) if bottom >= max(scope.small_n, 1)]
        said = {"subject": key, "name": kpi.name, "touchpoint": at, "touchpoint_name": names.get(at, at)}
        told = {"unit": kpi.unit, "better": kpi.better, "n": round(kpi.weeks[points[-1][0]][1]) if points else 0}
        yield from _signalled(SLIPPING, points, span, "low" if kpi.better == "up" else "high", said | told)


def _unbroken(parts: list[list[Period]]) -> date:
    """The first of the weeks that follow each other up to the newest one: the baseline may have ended long before them."""
    return next(
        (late[0].start for early, late in pairwise(parts) if early[-1].end + timedelta(days=1) != late[0].start),
        parts[0][0].start,
    )


def _kpis(connection: Connection, scope: Scope, parts: list[list[Period]]) -> dict[tuple[str, str], _Kpi]:
    found: dict[tuple[str, str], _Kpi] = defaultdict(_Kpi)
    by = ["touchpoint", "kpi", "name", "better", "unit"]
    for periods in parts:
        for period, row in sums(connection, kpi_day, scope, periods, by, ["numerator", "denominator", "newest"]):
            kpi = found[row.touchpoint, row.kpi]
            if row.newest >= kpi.newest:
                kpi.newest, kpi.name, kpi.better, kpi.unit = row.newest, row.name, row.better, row.unit
            top, bottom = kpi.weeks.get(period.start, (0.0, 0.0))
            kpi.weeks[period.start] = top + float(row.numerator), bottom + float(row.denominator)
    return found


def _weeks(connection: Connection, scope: Scope) -> list[list[Period]]:
    """The complete weeks of the baseline, which begins as that of complaints does, and the newest ones."""
    begins = baseline_begins(measured_against(None, connection, scope), connection, scope)
    if begins is None and (first := first_day(connection, kpi_day, scope)):
        begins = newest_baseline(first, scope)
    parts = stretches(scope, begins, RECENT, BASELINE)
    kept = [[week for week in part if week.complete and (begins is None or week.start >= begins)] for part in parts]
    return [part for part in kept if part]


def _waiting(connection: Connection, scope: Scope) -> Iterator[dict[str, Any]]:
    full = [row for row in rows_of(issue_flow(connection, scope, weeks=BASELINE + RECENT)) if row["complete"]]
    known = [row for row in full if row["state"] == MEASURED]
    fours = [known[n - NEW + 1 : n + 1] for n in range(NEW - 1, len(known))]
    solved = [(four, sum(row["departed"] for row in four)) for four in fours]
    points = [
        (four[-1]["week_start"], NEW * four[-1]["wip"] / gone if gone else 0.0) for four, gone in solved if _says(four, gone)
    ]
    if not points:
        return
    told = {"subject": "open", "name": None, "touchpoint": None, "touchpoint_name": None, "unit": "weeks", "better": "down"}
    told["n"] = known[-1]["wip"]
    near = full[-NEW:][0]["week_start"]
    if known[-1]["week_start"] >= near and not _says(*solved[-1]):
        limits = _limits(points)
        none = {
            "value": None,
            "usual": limits.mean if limits else None,
            "usual_to": _usual_to(points),
            "limit": limits.upper if limits else None,
        }
        yield {**told, **none, "kind": WAITING, "rule": NONE_SOLVED, "since": _unsolved(known)}
        return
    yield from _signalled(WAITING, points, _Span(points[0][0], near), "high", told)


def _says(four: list[dict[str, Any]], solved: int) -> bool:
    """Whether open complaints stand for any number of weeks: where something waits and nothing is solved they do not."""
    return bool(solved or not four[-1]["wip"])


def _unsolved(known: list[dict[str, Any]]) -> date:
    """The Monday since which nothing was solved."""
    still = takewhile(lambda row: not row["departed"], reversed(known))
    since: date = [row["week_start"] for row in still][-1]
    return since


def _less(connection: Connection, scope: Scope) -> Iterator[dict[str, Any]]:
    for row in rows_of(bond(connection, scope)):
        changed = (row["growing"] or 0) + (row["declining"] or 0)
        band = wilson(row["declining"], changed) if changed >= scope.small_n else None
        if band is None:
            continue
        said = {"kind": LESS, "subject": row["behaviour"], "name": row["name"], "touchpoint": None, "touchpoint_name": None}
        told = {
            "value": band.value,
            "usual": 0.5,
            "usual_to": None,
            "limit": band.low,
            "unit": "share",
            "better": "down",
            "rule": "interval",
        }
        yield {**said, **told, "since": row["month"], "n": row["declining"]} if band.low > 0.5 else _SILENT


def _limits(points: list[tuple[date, float]]) -> Limits | None:
    return xmr([value for _, value in points[:BASELINE]]) if len(points) >= PROVISIONAL else None


def _usual_to(points: list[tuple[date, float]]) -> date:
    """The last week that says what is usual."""
    return points[:BASELINE][-1][0]


def _signalled(
    kind: str, points: list[tuple[date, float]], span: _Span, bad: str, said: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """One row: the signal of the newest points on the bad side, or a silent one; nothing where none is new, or without limits."""
    limits = _limits(points)
    if limits is None or points[-1][0] < span.near:
        return
    last = [point for point in points if point[0] >= span.unbroken]
    told = signals([value for _, value in last], limits)
    news = next((signal for signal in reversed(told[-NEW:]) if signal), "")
    value = last[-1][1]
    still = value > limits.mean if bad == "high" else value < limits.mean
    if not (news.endswith(bad) and still):
        yield _SILENT
        return
    limit = limits.upper if bad == "high" else limits.lower
    where = {
        "value": value,
        "usual": limits.mean,
        "usual_to": _usual_to(points),
        "limit": limit,
        "rule": news,
        "since": _since(last, limits, bad),
    }
    yield {**said, **where, "kind": kind}


def _since(points: list[tuple[date, float]], limits: Limits, bad: str) -> date:
    """Since when all points lie on the bad side."""
    first = points[-1][0]
    for week, value in reversed(points):
        if (value - limits.mean) * (1 if bad == "high" else -1) <= 0:
            break
        first = week
    return first
