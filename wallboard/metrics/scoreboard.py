"""The customer scoreboard: each figure that leaders manage by, with owner, target, trend, signal and what is being done."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection

from wallboard.metrics.customers import CountedPeriod, customer_flow, whole_periods
from wallboard.metrics.definitions import definitions, figure_actions
from wallboard.metrics.frames import rows_of, tidy
from wallboard.metrics.pipeline import group_profit
from wallboard.metrics.reasons import lost_reasons
from wallboard.metrics.referrals import referrals
from wallboard.metrics.renewals import renewals
from wallboard.metrics.retention import retention, retention_trend
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import COMPLETE, INCOMPLETE, MEASURED, NOT_MEASURED
from wallboard.metrics.statistics import PROVISIONAL, signals, xmr

PARTS = ("new_customers", "lost_customers", "renewal_rate", "profit", "referral_rate", "retention_rate")
"""Bliss's five guerrilla metrics, each by its leading figure, and one of the whole journey."""

_MONTHS, _TERMS = 25, 15
_OVERLAPPING = ("profit", "retention_rate")
"""Figures of twelve months: a month and the next share eleven of them, so that a chart of moving ranges would find signals."""

_Points = list[tuple[Any, float]]


def scoreboard(connection: Connection, scope: Scope) -> pd.DataFrame:
    """Five guerrilla metrics and one of the whole journey, as of the last complete month, with whom they belong to.

    `count` of `out_of` are whole customers (contracts for renewals); `value` is the figure in its own unit, `worth` its money,
    `detail` a word that goes with it (the commonest reason, the group that earns most, the group that sends most).
    `reached` compares value with target in the direction that is better; None without either. `signal` is what the figure's
    process-behaviour chart of the months before (12 at least) says of the newest: better, worse, '' (as usual) or None (too
    short to say, or a figure of twelve months, whose neighbours overlap). owner is None where nobody answers; owner_body is the
    council that does.
    state: measured, too few, no cases, not measured, incomplete, left-censored, as its own measure says.

    Grain: one row per figure that is a priority, in the order of PARTS.
    Columns: figure, name, unit, better, value, count, out_of, worth, detail, period_name, target, target_from, reached,
    signal, owner, owner_body, action, action_owner, action_due, action_done, state
    """
    agreed = {row["figure"]: row for row in rows_of(definitions(connection, scope))}
    done = {row["figure"]: row for row in rows_of(figure_actions(connection, scope))}
    trend = _trends(connection, scope)
    rows = []
    for figure in PARTS:
        said = agreed[figure]
        if said["priority"]:
            now = _NOW[figure](connection, scope)
            rows.append(_row(figure, said, now, done.get(figure), trend.get(figure, [])))
    return tidy(rows, scoreboard)


def scoreboard_trend(connection: Connection, scope: Scope) -> pd.DataFrame:
    """The figures of the scoreboard month by month, where they are counted by month; complete months only.

    Grain: one row per figure and month, oldest month first.
    Columns: figure, month, value
    """
    trends = _trends(connection, scope)
    rows = ({"figure": name, "month": month, "value": value} for name, points in trends.items() for month, value in points)
    return tidy(rows, scoreboard_trend)


def _row(
    figure: str, said: dict[str, Any], now: dict[str, Any], action: dict[str, Any] | None, points: _Points
) -> dict[str, Any]:
    value, target = now["value"], said["target"]
    judged = now["state"] == MEASURED and value is not None and target is not None
    reached = (value >= target if said["better"] == "up" else value <= target) if judged else None
    act = action or {}
    return {
        "figure": figure,
        **{name: said[name] for name in ("name", "unit", "better", "target", "target_from", "owner", "owner_body")},
        **now,
        "reached": reached,
        "signal": None if figure in _OVERLAPPING else _signal([value for _, value in points], said["better"]),
        "action": act.get("what"),
        "action_owner": act.get("owner"),
        "action_due": act.get("due_on"),
        "action_done": act.get("done_on"),
    }


def _signal(points: list[float], better: str) -> str | None:
    limits = xmr(points[:-1])
    if limits is None or limits.n < PROVISIONAL:
        return None
    said = signals(points, limits)[-1].removeprefix("run ")
    if not said:
        return ""
    return "better" if (said == "high") == (better == "up") else "worse"


def _trends(connection: Connection, scope: Scope) -> dict[str, _Points]:
    flow = whole_periods(customer_flow(connection, scope, months=_MONTHS))
    whole = [month for month in flow if month.state == COMPLETE and month.opening]
    due = [row for row in rows_of(renewals(connection, scope, periods=_TERMS)) if row["state"] == MEASURED]
    stayed = [
        (cohort.period_end.replace(day=1), cohort.retention)
        for cohort in retention_trend(connection, scope, months=_MONTHS)
        if cohort.state == MEASURED and cohort.coverage == COMPLETE and cohort.retention is not None
    ]
    money: dict[Any, float] = {}
    for row in rows_of(group_profit(connection, scope, months=_MONTHS)):
        if row["state"] == COMPLETE:
            money[row["month"]] = money.get(row["month"], 0.0) + row["profit"]
    return {
        "new_customers": [(month.period_start, float(month.new)) for month in whole],
        "lost_customers": [(month.period_start, float(month.lost)) for month in whole],
        "renewal_rate": [(row["period_start"], row["rate"]) for row in due],
        "profit": sorted(money.items()),
        "retention_rate": stayed,
    }


_EMPTY: dict[str, Any] = dict.fromkeys(("value", "count", "out_of", "worth", "detail", "period_name")) | {"state": NOT_MEASURED}


def _newest(connection: Connection, scope: Scope) -> CountedPeriod | None:
    whole = [month for month in customer_flow(connection, scope, months=2) if month.period_end <= scope.last_day]
    return whole[-1] if whole and isinstance(whole[-1], CountedPeriod) else None


def _new(connection: Connection, scope: Scope) -> dict[str, Any]:
    row = _newest(connection, scope)
    if row is None:
        return _EMPTY
    said = {"value": float(row.new), "count": row.new, "worth": row.new_value, "period_name": row.period_name}
    return {**_EMPTY, **said, "state": MEASURED if row.state == COMPLETE else row.state}


def _lost(connection: Connection, scope: Scope) -> dict[str, Any]:
    row = _newest(connection, scope)
    if row is None:
        return _EMPTY
    why = [row.wording for row in lost_reasons(connection, scope, top=1) if row.place == 1 and row.reason != "unknown"]
    said = {"value": float(row.lost), "count": row.lost, "worth": row.lost_value, "period_name": row.period_name}
    state = MEASURED if row.state == COMPLETE else row.state
    return {**_EMPTY, **said, "detail": why[0] if why and row.lost else None, "state": state}


def _renewed(connection: Connection, scope: Scope) -> dict[str, Any]:
    settled = [row for row in rows_of(renewals(connection, scope, periods=4)) if row["state"] != INCOMPLETE]
    if not settled or settled[-1]["state"] == NOT_MEASURED:
        return _EMPTY
    row = settled[-1]
    said = {"value": row["rate"], "count": row["renewed"], "out_of": row["renewed"] + row["lost"], "worth": row["renewed_value"]}
    return {**_EMPTY, **said, "period_name": row["period_name"], "state": row["state"]}


def _earned(connection: Connection, scope: Scope) -> dict[str, Any]:
    rows = rows_of(group_profit(connection, scope))
    if not rows:
        return _EMPTY
    groups = [row for row in rows if row["kind"] == "group"]
    profit = sum(row["profit"] for row in rows)
    said = {"value": profit, "count": sum(row["customers"] for row in groups), "worth": profit}
    state = MEASURED if rows[-1]["state"] == COMPLETE else rows[-1]["state"]
    best = groups[0]["customer_group"] or None if groups else None
    return {**_EMPTY, **said, "detail": best, "period_name": rows[-1]["period_name"], "state": state}


def _sent(connection: Connection, scope: Scope) -> dict[str, Any]:
    rows = rows_of(referrals(connection, scope))
    every = next(row for row in rows if row["part"] == "all")
    groups = [row for row in rows if row["part"] == "group" and row["referrers"]]
    most = max(groups, key=lambda row: row["referrers"])["customer_group"] if groups else None
    said = {"value": every["rate"], "count": every["referrers"], "out_of": every["active"], "worth": every["value"]}
    return {**_EMPTY, **said, "detail": most, "period_name": every["period_name"], "state": every["state"]}


def _stayed(connection: Connection, scope: Scope) -> dict[str, Any]:
    row = retention(connection, scope)[0]
    said = {"value": row.retention, "count": row.kept, "out_of": row.customers, "period_name": row.period_name}
    return {**_EMPTY, **said, "state": row.coverage if row.coverage != COMPLETE else row.state}


_NOW = {
    "new_customers": _new,
    "lost_customers": _lost,
    "renewal_rate": _renewed,
    "profit": _earned,
    "referral_rate": _sent,
    "retention_rate": _stayed,
}
