"""What deserves to be celebrated: a figure that is better than it has been for a long time, and not by chance."""

from itertools import takewhile
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from wallboard.figures import figures
from wallboard.metrics.customers import customer_flow
from wallboard.metrics.frames import rows_of, tidy
from wallboard.metrics.retention import retention_trend
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import COMPLETE, MEASURED
from wallboard.metrics.statistics import PROVISIONAL, Limits, signals, xmr

_COLUMNS = {
    "new_customers": "new",
    "won_back_customers": "won_back",
    "lost_customers": "lost",
    "net_customers": "net",
}
_COUNTED = ("new_customers", "won_back_customers", "lost_customers")
_MONTHS = 25
_GOOD = {"up": ("high", "run high"), "down": ("low", "run low")}


def milestones(connection: Connection, scope: Scope) -> pd.DataFrame:
    """Figures whose last complete month is a favourable signal of their process-behaviour chart, and nothing less.

    Limits come from the complete months before it (12 at least): natural process limits by 2.66 mean moving ranges. Signals: a
    point outside a limit, or the eighth in a row on the good side of the mean (`signal` says which). A change inside the
    limits is noise and makes no row; nor does a count of less than one a month, or what never moved before: chance has no range
    there. `best_of` is how many months back nothing was better, the month itself included; `in_a_row`
    how many months have now been on the good side. Staying is that of each month's own closed cohort.

    Grain: one row per figure with a favourable signal.
    Columns: figure, name, month, value, usual_low, usual_high, mean, best_of, in_a_row, signal, months
    """
    flow = rows_of(customer_flow(connection, scope, months=_MONTHS))
    done = [row for row in flow if row["state"] == COMPLETE and row["opening"]]
    stayed = [row for row in rows_of(retention_trend(connection, scope, window=1, months=_MONTHS)) if row["state"] == MEASURED]
    series = {name: [(row["period_start"], float(row[column])) for row in done] for name, column in _COLUMNS.items()}
    series["retention_rate"] = [(row["period_start"], row["retention"]) for row in stayed if row["coverage"] == COMPLETE]
    newest = done[-1]["period_start"] if done else None
    found = (_milestone(name, points) for name, points in series.items() if points and points[-1][0] == newest)
    return tidy([row for row in found if row], milestones)


def _milestone(name: str, series: list[tuple[Any, float]]) -> dict[str, Any] | None:
    points = [value for _, value in series]
    before, now = points[:-1], points[-1]
    limits = xmr(before, floor=0.0 if name != "net_customers" else None)
    if limits is None or limits.n < PROVISIONAL or _tells_nothing(name, limits):
        return None
    better = figures()[name].better
    said = signals(points, limits)[-1]
    if said not in _GOOD[better] or not _better(now, limits, better):
        return None
    reached = next((n for n, point in enumerate(reversed(before), 1) if (point > now if better == "up" else point < now)), None)
    return {
        "figure": name,
        "name": figures()[name].name,
        "month": series[-1][0],
        "value": now,
        "usual_low": limits.lower,
        "usual_high": limits.upper,
        "mean": limits.mean,
        "best_of": reached or len(points),
        "in_a_row": sum(1 for _ in takewhile(lambda point: _better(point, limits, better), reversed(points))),
        "signal": said,
        "months": len(before),
    }


def _tells_nothing(name: str, limits: Limits) -> bool:
    """Whether chance has no range there: nothing ever moved, or the count is rare, less than one a month."""
    return limits.upper == limits.lower or (name in _COUNTED and limits.mean < 1)


def _better(now: float, limits: Limits, better: str) -> bool:
    return now > limits.mean if better == "up" else now < limits.mean
