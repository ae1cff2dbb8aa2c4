"""The customer scoreboard: each metric that leaders manage by, with owner, target, trend, signal and what is being done."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from wallboard.metrics.customers import CountedPeriod, customer_flow, whole_periods
from wallboard.metrics.definitions import DefinedMetric, MetricAction, definitions, metric_actions
from wallboard.metrics.memo import memoised
from wallboard.metrics.profit import group_profit
from wallboard.metrics.reasons import lost_reasons
from wallboard.metrics.referrals import referrals
from wallboard.metrics.renewals import CountedRenewals, renewals
from wallboard.metrics.retention import retention, retention_trend
from wallboard.metrics.rows import common_fields
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import COMPLETE, INCOMPLETE, MEASURED, NOT_MEASURED
from wallboard.metrics.statistics import PROVISIONAL, Limits, signals, xmr

PARTS = ("new_customers", "lost_customers", "renewal_rate", "profit", "referral_rate", "retention_rate")
"""Bliss's five guerrilla metrics, each by its leading metric, and one of the whole journey."""

_MONTHS, _TERMS = 25, 15
OVERLAPPING = ("profit", "retention_rate")
"""Metrics of twelve months: a month and the next share eleven of them, so that a chart of moving ranges would find signals."""

_Points = list[tuple[date, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreboardRow:
    """One metric that leaders manage by, as of the last complete month, with whom it belongs to.

    `count` of `out_of` are whole customers (contracts for renewals); `value` is the metric in its own unit, `worth` its money in
    the room's currency, `detail` a word that goes with it (the most common reason, the group that earns most, or sends most).
    `reached` compares value with target in the direction that is better; None without either. `signal` is what the
    metric's process-behaviour chart of the months before (12 at least) says of the newest: better, worse, '' (as usual) or None
    (too short to say, or a metric of twelve months, whose neighbours overlap). owner is None where nobody answers; owner_body is
    the council that does. state: measured, too few, no cases, not measured, incomplete, left-censored, as its own metric says.
    """

    metric: str
    name: str
    unit: str
    better: str
    value: float | None
    count: int | None
    out_of: int | None
    worth: float | None
    detail: str | None
    period_name: str | None
    target: float | None
    target_from: date | None
    reached: bool | None
    signal: str | None
    owner: str | None
    owner_body: str | None
    action: str | None
    action_owner: str | None
    action_due: date | None
    action_done: date | None
    state: str


@dataclass(frozen=True, slots=True)
class ScoreboardMonth:
    """A metric of the scoreboard in one complete month, in its own unit."""

    metric: str
    month: date
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What one metric is now: the columns of a ScoreboardRow that its own metric gives."""

    value: float | None = None
    count: int | None = None
    out_of: int | None = None
    worth: float | None = None
    detail: str | None = None
    period_name: str | None = None
    state: str = NOT_MEASURED


def scoreboard(connection: Connection, scope: Scope) -> tuple[ScoreboardRow, ...]:
    """Five guerrilla metrics and one of the whole journey, as of the last complete month, with whom they belong to.

    Grain: one row per metric that is a priority, in the order of PARTS.
    """
    agreed = {row.metric: row for row in definitions(connection, scope)}
    done = {row.metric: row for row in metric_actions(connection, scope)}
    trend = _trends(connection, scope)
    return tuple(
        _row(agreed[metric], _NOW[metric](connection, scope), done.get(metric), trend.get(metric, []))
        for metric in PARTS
        if agreed[metric].priority
    )


def scoreboard_trend(connection: Connection, scope: Scope) -> tuple[ScoreboardMonth, ...]:
    """The metrics of the scoreboard month by month, where they are counted by month; complete months only.

    Grain: one row per metric and month, oldest month first.
    """
    trends = _trends(connection, scope)
    return tuple(ScoreboardMonth(metric, month, value) for metric, points in trends.items() for month, value in points)


def _row(agreed: DefinedMetric, now: _Reading, action: MetricAction | None, points: _Points) -> ScoreboardRow:
    reached = None
    if now.state == MEASURED and now.value is not None and agreed.target is not None:
        reached = now.value >= agreed.target if agreed.better == "up" else now.value <= agreed.target
    return ScoreboardRow(
        **common_fields(agreed, ScoreboardRow),
        **common_fields(now, ScoreboardRow),
        reached=reached,
        signal=None if agreed.metric in OVERLAPPING else _signal([value for _, value in points], agreed.better),
        action=action.what if action else None,
        action_owner=action.owner if action else None,
        action_due=action.due_on if action else None,
        action_done=action.done_on if action else None,
    )


def limits_of(points: list[float]) -> Limits | None:
    """The limits of the months before the newest; None of fewer than twelve."""
    limits = xmr(points[:-1])
    return limits if limits is not None and limits.n >= PROVISIONAL else None


def _signal(points: list[float], better: str) -> str | None:
    limits = limits_of(points)
    if limits is None:
        return None
    newest = signals(points, limits)[-1].removeprefix("run ")
    if not newest:
        return ""
    return "better" if (newest == "high") == (better == "up") else "worse"


@memoised
def _trends(connection: Connection, scope: Scope) -> dict[str, _Points]:
    flow = whole_periods(customer_flow(connection, scope, months=_MONTHS))
    whole = [month for month in flow if month.state == COMPLETE and month.opening]
    profit: dict[date, float] = {}
    for row in group_profit(connection, scope, months=_MONTHS):
        if row.state == COMPLETE:
            profit[row.month] = profit.get(row.month, 0.0) + row.profit
    return {
        "new_customers": [(month.period_start, float(month.new)) for month in whole],
        "lost_customers": [(month.period_start, float(month.lost)) for month in whole],
        "renewal_rate": [
            (due.period_start, due.rate)
            for due in renewals(connection, scope, periods=_TERMS)
            if due.state == MEASURED and due.rate is not None
        ],
        "profit": sorted(profit.items()),
        "retention_rate": [
            (cohort.period_end.replace(day=1), cohort.retention)
            for cohort in retention_trend(connection, scope, months=_MONTHS)
            if cohort.state == MEASURED and cohort.coverage == COMPLETE and cohort.retention is not None
        ],
    }


def _newest(connection: Connection, scope: Scope) -> CountedPeriod | None:
    whole = [month for month in customer_flow(connection, scope, months=2) if month.period_end <= scope.last_day]
    return whole[-1] if whole and isinstance(whole[-1], CountedPeriod) else None


def _new(connection: Connection, scope: Scope) -> _Reading:
    month = _newest(connection, scope)
    if month is None:
        return _Reading()
    state = MEASURED if month.state == COMPLETE else month.state
    return _Reading(value=float(month.new), count=month.new, worth=month.new_value, period_name=month.period_name, state=state)


def _lost(connection: Connection, scope: Scope) -> _Reading:
    month = _newest(connection, scope)
    if month is None:
        return _Reading()
    reasons = lost_reasons(connection, scope, top=1) if month.lost else ()
    return _Reading(
        value=float(month.lost),
        count=month.lost,
        worth=month.lost_value,
        detail=next((row.wording for row in reasons if row.place == 1 and row.reason != "unknown"), None),
        period_name=month.period_name,
        state=MEASURED if month.state == COMPLETE else month.state,
    )


def _renewed(connection: Connection, scope: Scope) -> _Reading:
    settled = [period for period in renewals(connection, scope, periods=4) if period.state != INCOMPLETE]
    if not settled or not isinstance(settled[-1], CountedRenewals):
        return _Reading()
    due = settled[-1]
    return _Reading(
        value=due.rate,
        count=due.renewed,
        out_of=due.renewed + due.lost,
        worth=due.renewed_value,
        period_name=due.period_name,
        state=due.state,
    )


def _earned(connection: Connection, scope: Scope) -> _Reading:
    rows = group_profit(connection, scope)
    if not rows:
        return _Reading()
    groups = [row for row in rows if row.kind == "group"]
    profit = sum(row.profit for row in rows)
    return _Reading(
        value=profit,
        count=sum(row.customers for row in groups),
        worth=profit,
        detail=groups[0].customer_group or None if groups else None,
        period_name=rows[-1].period_name,
        state=MEASURED if rows[-1].state == COMPLETE else rows[-1].state,
    )


def _sent(connection: Connection, scope: Scope) -> _Reading:
    rows = referrals(connection, scope)
    every = next(row for row in rows if row.part == "all")
    groups = [row for row in rows if row.part == "group" and row.referrers]
    return _Reading(
        value=every.rate,
        count=every.referrers,
        out_of=every.active,
        worth=every.value,
        detail=max(groups, key=lambda row: row.referrers or 0).customer_group if groups else None,
        period_name=every.period_name,
        state=every.state,
    )


def _stayed(connection: Connection, scope: Scope) -> _Reading:
    (cohort,) = retention(connection, scope)
    return _Reading(
        value=cohort.retention,
        count=cohort.retained,
        out_of=cohort.customers,
        period_name=cohort.period_name,
        state=cohort.coverage if cohort.coverage != COMPLETE else cohort.state,
    )


_NOW = {
    "new_customers": _new,
    "lost_customers": _lost,
    "renewal_rate": _renewed,
    "profit": _earned,
    "referral_rate": _sent,
    "retention_rate": _stayed,
}
