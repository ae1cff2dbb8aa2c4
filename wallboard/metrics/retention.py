"""Who stayed, and what of their value: closed cohorts of customers, and those who left and came back."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from wallboard.metrics.availability import CUSTOMERS, coverage
from wallboard.metrics.frames import tidy
from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Period, Scope, full_months, month_before
from wallboard.metrics.states import COMPLETE, LEFT_CENSORED, MEASURED, NO_CASES, NOT_MEASURED, TOO_FEW
from wallboard.metrics.statistics import wilson
from wallboard.store.schema import retention_month, winback_month

_YEAR = timedelta(days=365)
_R, _W = retention_month.c, winback_month.c
_COUNTS = ("customers", "lost", "returned", "value_unknown")
_MONEY = ("value", "expansion", "contraction", "churn")
_CENSORED = "censored"


@memoised
def retention(connection: Connection, scope: Scope, window: int = 12, group: str | None = None) -> pd.DataFrame:
    """Of the customers at the start of a window of 1 or 12 months, who is still there, and what became of their value?

    The window ends with the last complete month. The cohort is closed at its start: nobody who came later counts. Who left and is
    back at the end is kept, and `returned` counts them; what they were worth left with them all the same. `grr` = (start −
    contraction − churn) / start, from each customer's smaller value of both ends, and never above 1; `nrr` adds the expansion, so
    a price rise that contracts carry is in it; money is at one constant rate. Rates are for the window and never multiplied up to
    a year. Customers whose value was, or has become, unknown count as customers only (`value_unknown`); all money is None where
    that is all of them.
    With `group` only those who were in it at the start.
    state: measured, too few (below small_n: counts only), no cases (nobody at the start), not measured (nothing loaded).
    coverage: complete, or left-censored (rule 'orders': the records begin too late to know everybody at the start, or what they
    were worth in a year).

    Grain: one row.
    Columns: window, period_start, period_end, period_name, customers, kept, returned, lost, retention, churn_rate, low, high,
    start_value, expansion, contraction, churn, end_value, grr, nrr, value_unknown, state, coverage
    """
    return tidy(_cohorts(connection, scope, window, 1, group), retention)


@memoised
def retention_trend(
    connection: Connection, scope: Scope, window: int = 12, months: int = 12, group: str | None = None
) -> pd.DataFrame:
    """The same cohorts for windows that end with each of the last complete months, as in `retention`.

    Grain: one row per complete calendar month in which a window ends, oldest first.
    Columns: window, period_start, period_end, period_name, customers, kept, returned, lost, retention, churn_rate, low, high,
    start_value, expansion, contraction, churn, end_value, grr, nrr, value_unknown, state, coverage
    """
    return tidy(_cohorts(connection, scope, window, months, group), retention_trend)


def _cohorts(connection: Connection, scope: Scope, window: int, months: int, group: str | None) -> list[dict[str, Any]]:
    known_days = coverage(connection, scope, CUSTOMERS)
    first = known_days.begins
    found = []
    for month in full_months(scope, months):
        start = _months_back(month.start, window - 1)
        period = Period(start, month.end, f"{start:%Y-%m}/{month.name}" if window > 1 else month.name, complete=True)
        known = first is not None and known_days.of(month)
        sums = _sums(connection, scope, window, month.start, group) if known else None
        found.append(_cohort(scope, window, period, sums, first))
    return found


def _sums(connection: Connection, scope: Scope, window: int, month: date, group: str | None) -> dict[str, Any]:
    """The cohort's sums; in months after the last row nothing has changed since."""
    newest = select(func.max(_R.month)).where(_R.months == window, _R.month <= month).scalar_subquery()
    sums = [func.coalesce(func.sum(_R[name]), 0).label(name) for name in (*_COUNTS, *_MONEY)]
    chosen = select(*sums).where(_R.months == window, _R.month == newest, _R.perimeter.in_(scope.perimeters))
    row = connection.execute(chosen if group is None else chosen.where(_R.customer_group == group)).one()
    return {name: int(row[n]) if name in _COUNTS else float(row[n]) for n, name in enumerate((*_COUNTS, *_MONEY))}


def _cohort(scope: Scope, window: int, period: Period, sums: dict[str, Any] | None, first: date | None) -> dict[str, Any]:
    numbers: dict[str, Any] = sums or dict.fromkeys((*_COUNTS, *_MONEY))
    customers = numbers["customers"]
    state = NOT_MEASURED if sums is None else NO_CASES if not customers else TOO_FEW if customers < scope.small_n else MEASURED
    kept = None if sums is None else customers - numbers["lost"]
    share = wilson(kept, customers) if state == MEASURED and kept is not None else None
    if customers and numbers["value_unknown"] >= customers:
        numbers = numbers | dict.fromkeys(_MONEY)
    start = numbers["value"]
    after = None if start is None else start + numbers["expansion"] - numbers["contraction"] - numbers["churn"]
    rated = state == MEASURED and start is not None and start > 0
    return {
        "window": window,
        "period_start": period.start,
        "period_end": period.end,
        "period_name": period.name,
        "customers": customers,
        "kept": kept,
        "returned": numbers["returned"],
        "lost": numbers["lost"],
        "retention": share and share.value,
        "churn_rate": 1 - share.value if share else None,
        "low": share and share.low,
        "high": share and share.high,
        "start_value": start,
        **{name: numbers[name] for name in ("expansion", "contraction", "churn")},
        "end_value": after,
        "grr": (start - numbers["contraction"] - numbers["churn"]) / start if rated else None,
        "nrr": after / start if rated and after is not None else None,
        "value_unknown": numbers["value_unknown"],
        "state": state,
        "coverage": _coverage(scope, period, first),
    }


def _coverage(scope: Scope, period: Period, first: date | None) -> str:
    early = first is not None and scope.rule == "orders" and period.start < first + max(_YEAR, timedelta(days=scope.lapse_days))
    return LEFT_CENSORED if early else COMPLETE


@memoised
def win_backs(connection: Connection, scope: Scope, window: int = 180, months: int = 12) -> pd.DataFrame:
    """Of those who left in a month, how many were back within `window` days (90, 180 or 365)?

    Only months all of whose leavers have had the whole window are counted: the last `months` of them; younger ones follow as
    'censored', without a number of returns. `total_lost`, `total_returned`, `total_rate`, `low` and `high` (Wilson) are of all
    counted months together, the same in every row. Every departure counts; pauses and failed payments are departures only where
    a contract ended. state: measured, too few (below small_n: counts only), no cases (nobody left), censored, not measured
    (before the first fact).

    Grain: one row per month of leaving, oldest first.
    Columns: month, period_end, period_name, window, lost, returned, rate, state, total_lost, total_returned, total_rate, low,
    high, first_month, last_month
    """
    known = [day for day in (90, 180, 365) if day >= window]
    days = known[0] if known else 365
    known_days = coverage(connection, scope, CUSTOMERS)
    first = known_days.begins
    every = full_months(scope, months + days // 28 + 2)
    passed = [month for month in every if month.end + timedelta(days=days) <= scope.last_day][-months:]
    young = [month for month in every if month.end + timedelta(days=days) > scope.last_day]
    counts = _returns(connection, scope, days, (passed or young)[0].start)
    rows = [_left_in(scope, month, days, counts, first, censored=month in young) for month in (*passed, *young)]
    counted = [row for row in rows if row["returned"] is not None]
    lost, returned = (sum(row[name] for row in counted) for name in ("lost", "returned"))
    share = wilson(returned, lost) if lost >= scope.small_n else None
    total = {
        "total_lost": lost if counted else None,
        "total_returned": returned if counted else None,
        "total_rate": share and share.value,
        "low": share and share.low,
        "high": share and share.high,
        "first_month": counted[0]["month"] if counted else None,
        "last_month": counted[-1]["month"] if counted else None,
    }
    return tidy(({**row, **total} for row in rows), win_backs)


def _returns(connection: Connection, scope: Scope, days: int, since: date) -> dict[date, tuple[int, int]]:
    until = month_before(scope).start
    sums = func.sum(_W.lost), func.sum(_W[f"within_{days}"])
    mine = _W.perimeter.in_(scope.perimeters), _W.month >= since, _W.month <= until
    return {
        row[0]: (int(row[1]), int(row[2])) for row in connection.execute(select(_W.month, *sums).where(*mine).group_by(_W.month))
    }


def _left_in(
    scope: Scope, month: Period, days: int, counts: dict[date, tuple[int, int]], first: date | None, *, censored: bool
) -> dict[str, Any]:
    unknown = first is None or month.end < first
    lost, returned = counts.get(month.start, (0, 0))
    state = NO_CASES if not lost else TOO_FEW if lost < scope.small_n else MEASURED
    state = NOT_MEASURED if unknown else _CENSORED if censored else state
    return {
        "month": month.start,
        "period_end": month.end,
        "period_name": month.name,
        "window": days,
        "lost": None if unknown else lost,
        "returned": None if unknown or censored else returned,
        "rate": returned / lost if state == MEASURED else None,
        "state": state,
    }


def _months_back(first: date, n: int) -> date:
    months = first.year * 12 + first.month - 1 - n
    return date(months // 12, months % 12 + 1, 1)
