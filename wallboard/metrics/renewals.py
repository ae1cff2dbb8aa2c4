"""Renewals against what was due: contracts and their value, with what is still pending apart."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Connection, case, exists, func, select

from wallboard.metrics.availability import CUSTOMERS, coverage
from wallboard.metrics.frames import tidy
from wallboard.metrics.memo import in_memo, memoised
from wallboard.metrics.scope import Period, Scope, last_periods
from wallboard.metrics.states import INCOMPLETE, MEASURED, NO_CASES, NOT_MEASURED, TOO_FEW
from wallboard.metrics.statistics import wilson
from wallboard.metrics.valued import NOBODY, Valued
from wallboard.store.schema import renewal_month

_GRACE = timedelta(days=30)
"""So long after its end a term may still be renewed: before that who stays is known, and who goes is not."""

_WIDE = 15
"""So many months are measured at once where measures are shared: as many as any panel asks for."""

_R = renewal_month.c
_SUMS = ("contracts", "value", "renewed_value", "value_unknown")


@memoised
def renewals(
    connection: Connection, scope: Scope, unit: str = "month", periods: int = 6, group: str | None = None
) -> pd.DataFrame:
    """Of the contracts whose term was due, how many were renewed, lost, or are not decided yet?

    Due = renewed + lost + pending, in contracts and in their annual value; early and late renewals count in the period in which
    they were due. What was decided after the last complete day is pending, and so is a contract that ended less than 30 days
    ago. `rate` is renewed / (renewed + lost) with its Wilson interval, `value_rate` the same of the value that was due;
    `renewed_value` is what the renewed ones were worth when they were due, `renewed_at` what they are worth since.
    Money is of what is known: None where of no term it is (`value_unknown` counts terms of unknown value).
    `unit` is month, quarter or year. state: measured, incomplete (less than 30 days have passed since the period: who stays is
    known before who goes, so a rate would flatter), too few (fewer than small_n decided: counts only), no cases (none due, or
    none decided yet), not measured (no contract with a term is known, or the period lies before the first fact).

    Grain: one row per month (quarter, year), oldest first; the last one may be incomplete.
    Columns: period_start, period_end, period_name, complete, due, renewed, lost, pending, due_value, renewed_value, lost_value,
    pending_value, renewed_at, value_unknown, rate, low, high, value_rate, state
    """
    if in_memo() and unit == "month" and group is None and periods < _WIDE:
        return renewals(connection, scope, periods=_WIDE).tail(periods).reset_index(drop=True)
    spans = last_periods(scope, unit, periods)
    terms = connection.scalar(select(exists().where(_R.perimeter.in_(scope.perimeters))))
    known = coverage(connection, scope, CUSTOMERS) if terms else None
    found = _due(connection, scope, spans, group)
    return tidy((_row(scope, span, found, known.begins if known and known.of(span) else None) for span in spans), renewals)


_Sums = dict[tuple[date, str], tuple[float, ...]]


def _due(connection: Connection, scope: Scope, spans: list[Period], group: str | None) -> _Sums:
    """Sums by month in which terms were due and outcome as it was known on the last complete day."""
    pending = (_R.outcome == "pending") | (_R.decided > scope.last_day)
    outcome = case((pending, "pending"), else_=_R.outcome).label("known")
    mine = [_R.perimeter.in_(scope.perimeters), _R.month >= spans[0].start, _R.month <= spans[-1].end]
    chosen = select(_R.month, outcome, *(func.sum(_R[name]) for name in _SUMS)).where(*mine)
    chosen = chosen if group is None else chosen.where(_R.customer_group == group)
    return {(row[0], row[1]): tuple(row[2:]) for row in connection.execute(chosen.group_by(_R.month, outcome))}


def _row(scope: Scope, span: Period, found: _Sums, first: date | None) -> dict[str, Any]:
    sums = {name: [0.0] * len(_SUMS) for name in ("renewed", "lost", "pending")}
    for (month, outcome), values in found.items():
        if month in span:
            sums[outcome] = [had + float(more) for had, more in zip(sums[outcome], values, strict=True)]
    counts = {name: int(values[0]) for name, values in sums.items()}
    decided = counts["renewed"] + counts["lost"]
    state = NO_CASES if not decided else TOO_FEW if decided < scope.small_n else MEASURED
    settled = span.end + _GRACE <= scope.last_day
    state = INCOMPLETE if not settled and any(counts.values()) else state
    unknown = first is None or span.end < first
    share = wilson(counts["renewed"], decided) if state == MEASURED else None
    of = {name: Valued(int(values[0]), values[1], int(values[3])) for name, values in sums.items()}
    settled_value, due = of["renewed"] + of["lost"], sum(of.values(), NOBODY)
    rated = share and settled_value.value and not settled_value.unknown
    numbers: dict[str, Any] = {
        "due": sum(counts.values()),
        **counts,
        "due_value": due.worth,
        **{f"{name}_value": one.worth for name, one in of.items()},
        "renewed_at": Valued(counts["renewed"], sums["renewed"][2], of["renewed"].unknown).worth,
        "value_unknown": due.unknown,
        "rate": share and share.value,
        "low": share and share.low,
        "high": share and share.high,
        "value_rate": of["renewed"].value / settled_value.value if rated else None,
    }
    named = {"period_start": span.start, "period_end": span.end, "period_name": span.name, "complete": span.complete}
    return {**named, **(dict.fromkeys(numbers) if unknown else numbers), "state": NOT_MEASURED if unknown else state}
