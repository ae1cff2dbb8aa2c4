"""Who stayed, and what of their value: closed cohorts of customers, and those who left and came back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from wallboard.metrics.availability import CUSTOMERS, coverage
from wallboard.metrics.memo import memoised
from wallboard.metrics.rows import Narrowed
from wallboard.metrics.scope import Period, Scope, full_months, month_before
from wallboard.metrics.states import COMPLETE, LEFT_CENSORED, MEASURED, NO_CASES, NOT_MEASURED, TOO_FEW
from wallboard.metrics.statistics import wilson
from wallboard.store.schema import retention_month, winback_month

_YEAR = timedelta(days=365)
_R, _W = retention_month.c, winback_month.c
_SUMS = ("customers", "lost", "returned", "value_unknown", "value", "expansion", "contraction", "churn")
_NOBODY: Mapping[str, int] = dict.fromkeys(_SUMS, 0)
_CENSORED = "censored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort(Narrowed):
    """Customers at the start of a window of `window` months, and what became of them; a CountedCohort, unless not measured.

    The cohort is closed at its start: nobody who came later counts. Who left and is back at the end is kept, and `returned`
    counts them; what they were worth left with them all the same. Money is in the room's currency at one constant rate: `grr` =
    (start − contraction − churn) / start, from each customer's smaller value of both ends, and never above 1; `nrr` adds the
    expansion, so a price rise that contracts carry is in it. Rates are shares for the window and never multiplied up to a year;
    `low` and `high` are the Wilson interval of `retention`. Customers whose value was, or has become, unknown count as customers
    only (`value_unknown`); all money is None where that is all of them.
    state: measured, too few (below small_n: counts only), no cases (nobody at the start), not measured (nothing loaded).
    coverage: complete, or left-censored (rule 'orders': the records begin too late to know everybody at the start, or what they
    were worth in a year).
    """

    window: int
    period_start: date
    period_end: date
    period_name: str
    customers: int | None = None
    retained: int | None = None
    returned: int | None = None
    lost: int | None = None
    retention: float | None = None
    churn_rate: float | None = None
    low: float | None = None
    high: float | None = None
    start_value: float | None = None
    expansion: float | None = None
    contraction: float | None = None
    churn: float | None = None
    end_value: float | None = None
    grr: float | None = None
    nrr: float | None = None
    value_unknown: int | None = None
    state: str
    coverage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedCohort(Cohort):
    """A cohort whose customers are counted: measured, too few or no cases."""

    customers: int
    retained: int
    returned: int
    lost: int
    value_unknown: int


@memoised
def retention(connection: Connection, scope: Scope, window: int = 12, group: str | None = None) -> tuple[Cohort, ...]:
    """Of the customers at the start of a window of 1 or 12 months, who is still there, and what became of their value?

    The window ends with the last complete month. With `group` only those who were in it at the start.

    Grain: one row.
    """
    return _cohorts(connection, scope, window, 1, group)


@memoised
def retention_trend(
    connection: Connection, scope: Scope, window: int = 12, months: int = 12, group: str | None = None
) -> tuple[Cohort, ...]:
    """The same cohorts for windows that end with each of the last complete months, as in `retention`.

    Grain: one row per complete calendar month in which a window ends, oldest first.
    """
    return _cohorts(connection, scope, window, months, group)


def _cohorts(connection: Connection, scope: Scope, window: int, months: int, group: str | None) -> tuple[Cohort, ...]:
    known, ends = coverage(connection, scope, CUSTOMERS), full_months(scope, months)
    sums = _sums(connection, scope, window, [month.start for month in ends], group)

    def cohort(month: Period) -> Cohort:
        start = _months_back(month.start, window - 1)
        period = Period(start, month.end, f"{start:%Y-%m}/{month.name}" if window > 1 else month.name, complete=True)
        covered = _coverage(scope, period, known.begins)
        if known.begins is None or not known.of(month):
            return Cohort(
                window=window, period_start=start, period_end=month.end, period_name=period.name,
                state=NOT_MEASURED, coverage=covered,
            )  # fmt: skip
        return _cohort(scope, window, period, sums[month.start], covered)

    return tuple(cohort(month) for month in ends)


def _sums(
    connection: Connection, scope: Scope, window: int, months: list[date], group: str | None
) -> dict[date, Mapping[str, object]]:
    """Each month's cohort as sums; in months after the last row nothing has changed since."""
    counted = select(_R.month).distinct().where(_R.months == window, _R.month <= max(months))
    there = sorted(connection.scalars(counted))
    newest = {month: max((earlier for earlier in there if earlier <= month), default=month) for month in months}
    sums = [func.coalesce(func.sum(_R[name]), 0).label(name) for name in _SUMS]
    chosen = select(_R.month, *sums).where(_R.months == window, _R.perimeter.in_(scope.perimeters))
    if group is not None:
        chosen = chosen.where(_R.customer_group == group)
    rows = connection.execute(chosen.where(_R.month.in_(set(newest.values()))).group_by(_R.month)).mappings()
    by_month = {row["month"]: {name: row[name] for name in _SUMS} for row in rows}
    return {month: by_month.get(earlier, _NOBODY) for month, earlier in newest.items()}


def _cohort(scope: Scope, window: int, period: Period, sums: Mapping[str, Any], covered: str) -> CountedCohort:
    customers, lost, unknown = int(sums["customers"]), int(sums["lost"]), int(sums["value_unknown"])
    retained = customers - lost
    state = NO_CASES if not customers else TOO_FEW if customers < scope.small_n else MEASURED
    share = wilson(retained, customers) if state == MEASURED else None
    valued = not customers or unknown < customers
    start, expansion, contraction, churn = (float(sums[name]) for name in _SUMS[4:])
    rated = state == MEASURED and valued and start > 0
    end = start + expansion - contraction - churn
    return CountedCohort(
        window=window,
        period_start=period.start,
        period_end=period.end,
        period_name=period.name,
        customers=customers,
        retained=retained,
        returned=int(sums["returned"]),
        lost=lost,
        retention=share.value if share else None,
        churn_rate=1 - share.value if share else None,
        low=share.low if share else None,
        high=share.high if share else None,
        start_value=start if valued else None,
        expansion=expansion if valued else None,
        contraction=contraction if valued else None,
        churn=churn if valued else None,
        end_value=end if valued else None,
        grr=(start - contraction - churn) / start if rated else None,
        nrr=end / start if rated else None,
        value_unknown=unknown,
        state=state,
        coverage=covered,
    )


def _coverage(scope: Scope, period: Period, first: date | None) -> str:
    early = first is not None and scope.rule == "orders" and period.start < first + max(_YEAR, timedelta(days=scope.lapse_days))
    return LEFT_CENSORED if early else COMPLETE


@dataclass(frozen=True, slots=True, kw_only=True)
class WinBackMonth:
    """Those who left in one month and how many of them were back within `window` days, as a count and as `rate`, a share.

    `total_lost`, `total_returned`, `total_rate`, `low` and `high` (Wilson) are of all counted months together, from `first_month`
    to `last_month`, the same in every row. Every departure counts; pauses and failed payments are departures only where a
    contract ended. state: measured, too few (below small_n: counts only), no cases (nobody left), censored (not all of its
    leavers have had the whole window: no number of returns), not measured (before the first fact).
    """

    month: date
    period_end: date
    period_name: str
    window: int
    lost: int | None = None
    returned: int | None = None
    rate: float | None = None
    state: str
    total_lost: int | None = None
    total_returned: int | None = None
    total_rate: float | None = None
    low: float | None = None
    high: float | None = None
    first_month: date | None = None
    last_month: date | None = None


@memoised
def win_backs(connection: Connection, scope: Scope, window: int = 180, months: int = 12) -> tuple[WinBackMonth, ...]:
    """Of those who left in a month, how many were back within `window` days (90, 180 or 365)?

    Only months all of whose leavers have had the whole window are counted: the last `months` of them; younger ones follow as
    'censored'.

    Grain: one row per month of leaving, oldest first.
    """
    days = next((day for day in (90, 180, 365) if day >= window), 365)
    first = coverage(connection, scope, CUSTOMERS).begins
    every = full_months(scope, months + days // 28 + 2)
    passed = [month for month in every if month.end + timedelta(days=days) <= scope.last_day][-months:]
    young = [month for month in every if month.end + timedelta(days=days) > scope.last_day]
    counts = _returns(connection, scope, days, (passed or young)[0].start)
    rows = [_left_in(scope, month, days, counts, first, censored=month in young) for month in (*passed, *young)]
    counted = [(row.month, row.lost, row.returned) for row in rows if row.lost is not None and row.returned is not None]
    if not counted:
        return tuple(rows)
    lost, returned = sum(n for _, n, _ in counted), sum(n for _, _, n in counted)
    share = wilson(returned, lost) if lost >= scope.small_n else None
    rate, low, high = (share.value, share.low, share.high) if share else (None, None, None)
    return tuple(
        replace(
            row, total_lost=lost, total_returned=returned, total_rate=rate, low=low, high=high,
            first_month=counted[0][0], last_month=counted[-1][0],
        )
        for row in rows
    )  # fmt: skip


def _returns(connection: Connection, scope: Scope, days: int, since: date) -> dict[date, tuple[int, int]]:
    sums = func.sum(_W.lost), func.sum(_W[f"within_{days}"])
    mine = _W.perimeter.in_(scope.perimeters), _W.month.between(since, month_before(scope).start)
    rows = connection.execute(select(_W.month, *sums).where(*mine).group_by(_W.month))
    return {month: (int(lost), int(returned)) for month, lost, returned in rows}


def _left_in(
    scope: Scope, month: Period, days: int, counts: dict[date, tuple[int, int]], first: date | None, *, censored: bool
) -> WinBackMonth:
    unknown = first is None or month.end < first
    lost, returned = counts.get(month.start, (0, 0))
    state = NO_CASES if not lost else TOO_FEW if lost < scope.small_n else MEASURED
    state = NOT_MEASURED if unknown else _CENSORED if censored else state
    return WinBackMonth(
        month=month.start,
        period_end=month.end,
        period_name=month.name,
        window=days,
        lost=None if unknown else lost,
        returned=None if unknown or censored else returned,
        rate=returned / lost if state == MEASURED else None,
        state=state,
    )


def _months_back(first: date, n: int) -> date:
    months = first.year * 12 + first.month - 1 - n
    return date(months // 12, months % 12 + 1, 1)
