"""How well the work at a touchpoint is done: numerator, denominator, target."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, func, select

from wallboard.metrics.facts import sums, within
from wallboard.metrics.memo import memoised
from wallboard.metrics.rows import common_fields
from wallboard.metrics.scope import Period, Scope, full_weeks, span
from wallboard.metrics.scope import weeks as last_weeks
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED, TOO_FEW, judged
from wallboard.metrics.statistics import Interval, wilson
from wallboard.store.schema import kpi_day

_Sums = tuple[float, float, int]
"""Numerator, denominator and number of rows."""

_NOTHING: _Sums = (0.0, 0.0, 0)
MISSED_FIRST = {False: 0, True: 1, None: 2}
"""In which order KPIs stand, by whether they meet their target."""

_REMEMBERED = 26
_DAY = timedelta(days=1)
_DESCRIBED = ("touchpoint", "kpi", "name", "better", "unit", "target")
_KEY = ("touchpoint", "kpi")
_COUNTED = ("numerator", "denominator", "newest", "days")


@dataclass(frozen=True, slots=True)
class KpiResult:
    """One KPI of one touchpoint over some complete weeks: value = numerator / denominator (a share, or a mean in its `unit`).

    `low` to `high` is the 95 % interval of a share, `previous` the value of as many weeks before. state: measured, no cases, too
    few, not measured; `judged`: good, watch, attention, not measured.
    """

    touchpoint: str
    kpi: str
    name: str
    numerator: float | None
    denominator: float | None
    value: float | None
    low: float | None
    high: float | None
    target: float | None
    meets: bool | None
    judged: str
    better: str
    unit: str
    previous: float | None
    period_start: date
    period_end: date
    newest_day: date
    state: str


@dataclass(frozen=True, slots=True)
class KpiWeek:
    """One KPI of one touchpoint in one ISO week, in its `unit`. state: measured, no cases, too few, not measured."""

    touchpoint: str
    kpi: str
    name: str
    week_start: date
    week_name: str
    numerator: float | None
    denominator: float | None
    value: float | None
    target: float | None
    better: str
    unit: str
    complete: bool
    state: str


@dataclass
class _Kpi:
    """One KPI of one touchpoint: its sums in the window, and what its newest row says of it."""

    name: str = ""
    better: str = "up"
    unit: str = "share"
    target: float | None = None
    newest: date = date.min
    sums: dict[Period, _Sums] = field(default_factory=lambda: defaultdict(lambda: _NOTHING))


@memoised
def kpi_board(connection: Connection, scope: Scope, touchpoint: str | None = None, weeks: int = 4) -> tuple[KpiResult, ...]:
    """Every KPI of a touchpoint over the last complete weeks: value = numerator / denominator, against its target.

    `low` and `high` are the 95 % Wilson interval of a share (a mean has none); `meets` compares the value with the target in
    the KPI's better direction and is None where either is missing; `judged` is the state that follows from it: good, watch (off
    target by value), attention (with its whole interval), not measured. `previous` is the value of as many weeks before.
    state: measured, no cases (denominator 0), too few (below the small-n limit: counts only), not measured (no row in these
    weeks; `newest_day` says since when). A KPI without a row in half a year is not listed.

    Grain: one row per touchpoint and KPI.
    """
    both = full_weeks(scope, 2 * weeks)
    now = span(both[weeks:])
    before = span(both[:weeks])
    kpis = _read(connection, scope, touchpoint, now, before)
    return tuple(_result(scope, at, key, kpis[at, key], now, before) for at, key in sorted(kpis))


def _read(connection: Connection, scope: Scope, at: str | None, now: Period, before: Period) -> dict[tuple[str, str], _Kpi]:
    later = Period(now.end + _DAY, max(scope.last_day, now.end + _DAY), "", False)
    kpis: dict[tuple[str, str], _Kpi] = defaultdict(_Kpi)
    for period, row in sums(connection, kpi_day, scope, [before, now, later], _KEY, _COUNTED, *_at(at)):
        kpi = kpis[row.touchpoint, row.kpi]
        kpi.newest = max(kpi.newest, row.newest)
        kpi.sums[period] = float(row.numerator), float(row.denominator), int(row.days)
    remembered = full_weeks(scope, _REMEMBERED)[0].start
    if remembered < before.start:
        _remember(connection, scope, at, Period(remembered, before.start - _DAY, "", True), kpis)
    _describe(connection, scope, at, kpis)
    return kpis


def _remember(connection: Connection, scope: Scope, at: str | None, period: Period, kpis: dict[tuple[str, str], _Kpi]) -> None:
    """Add the KPIs that have fallen silent: without a row since, with one in `period`."""
    k = kpi_day.c
    wanted = [*within(kpi_day, scope, period), *_at(at)]
    listed = connection.execute(select(k.touchpoint, k.kpi).distinct().where(*wanted))
    silent = [(row.touchpoint, row.kpi) for row in listed if (row.touchpoint, row.kpi) not in kpis]
    for key in silent:
        newest = select(func.max(k.day)).where(*wanted, k.touchpoint == key[0], k.kpi == key[1])
        kpis[key] = _Kpi(newest=connection.execute(newest).scalar_one())


def _describe(connection: Connection, scope: Scope, at: str | None, kpis: dict[tuple[str, str], _Kpi]) -> None:
    """Name, direction, unit and target, as the newest row of each KPI has them."""
    k = kpi_day.c
    days = sorted({kpi.newest for kpi in kpis.values()})
    query = select(k.day, *(k[name] for name in _DESCRIBED)).where(k.perimeter.in_(scope.perimeters), k.day.in_(days), *_at(at))
    for row in connection.execute(query.order_by(k.perimeter)).all() if days else ():
        kpi = kpis.get((row.touchpoint, row.kpi))
        if kpi and kpi.newest == row.day:
            kpi.name, kpi.better, kpi.unit, kpi.target = row.name, row.better, row.unit, row.target


def _at(touchpoint: str | None) -> list[ColumnElement[bool]]:
    return [] if touchpoint is None else [kpi_day.c.touchpoint == touchpoint]


def _result(scope: Scope, at: str, key: str, kpi: _Kpi, now: Period, before: Period) -> KpiResult:
    numerator, denominator, rows = kpi.sums[now]
    state, interval = _judged(scope, kpi.unit, numerator, denominator, rows)
    _, earlier = _judged(scope, kpi.unit, *kpi.sums[before])
    value = interval.value if interval else None
    low, high = (interval.low, interval.high) if kpi.unit == "share" and interval else (None, None)
    return KpiResult(
        touchpoint=at,
        kpi=key,
        **common_fields(kpi, KpiResult),
        numerator=numerator if rows else None,
        denominator=denominator if rows else None,
        value=value,
        low=low,
        high=high,
        meets=None if value is None or kpi.target is None else _meets(value, kpi.target, kpi.better),
        judged=judged(value, low, high, target=kpi.target, better=kpi.better).state,
        previous=earlier.value if earlier else None,
        period_start=now.start,
        period_end=now.end,
        newest_day=kpi.newest,
        state=state,
    )


def _judged(scope: Scope, unit: str, numerator: float, denominator: float, rows: int) -> tuple[str, Interval | None]:
    if not rows:
        return NOT_MEASURED, None
    if denominator == 0:
        return NO_CASES, None
    if denominator < scope.small_n:
        return TOO_FEW, None
    value = numerator / denominator
    within_one = unit == "share" and 0 <= value <= 1
    return MEASURED, wilson(numerator, denominator) if within_one else Interval(value, value, value)


def _meets(value: float, target: float, better: str) -> bool:
    return value >= target if better == "up" else value <= target


def kpi_trend(
    connection: Connection, scope: Scope, touchpoint: str | None = None, kpi: str | None = None, weeks: int = 26
) -> tuple[KpiWeek, ...]:
    """Each KPI week by week. `value` is absent where the week has no cases or too few of them; the counts stay.

    state: measured, no cases, too few, not measured (no row in that week). An incomplete week is drawn but never judged.

    Grain: one row per touchpoint, KPI and ISO week, oldest week first; the last one may be incomplete.
    """
    periods = last_weeks(scope, weeks)
    there = [*_at(touchpoint), *([] if kpi is None else [kpi_day.c.kpi == kpi])]
    kpis: dict[tuple[str, str], _Kpi] = defaultdict(_Kpi)
    for period, row in sums(connection, kpi_day, scope, periods, _KEY, _COUNTED, *there):
        entry = kpis[row.touchpoint, row.kpi]
        entry.newest = max(entry.newest, row.newest)
        entry.sums[period] = float(row.numerator), float(row.denominator), int(row.days)
    _describe(connection, scope, touchpoint, kpis)
    return tuple(_week(scope, at, key, kpis[at, key], period) for at, key in sorted(kpis) for period in periods)


def _week(scope: Scope, at: str, key: str, kpi: _Kpi, period: Period) -> KpiWeek:
    numerator, denominator, rows = kpi.sums[period]
    state, interval = _judged(scope, kpi.unit, numerator, denominator, rows)
    return KpiWeek(
        touchpoint=at,
        kpi=key,
        **common_fields(kpi, KpiWeek),
        week_start=period.start,
        week_name=period.name,
        numerator=numerator if rows else None,
        denominator=denominator if rows else None,
        value=interval.value if interval else None,
        complete=period.complete,
        state=state,
    )
