"""What deserves to be celebrated: a figure that is better than it has been for a long time, and not by chance."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection

from wallboard.figures import figures
from wallboard.metrics.customers import customer_flow
from wallboard.metrics.frames import COMPLETE, tidy
from wallboard.metrics.scope import Scope
from wallboard.metrics.statistics import PROVISIONAL, Limits, signals, xmr

WATCHED = ("new_customers", "won_back_customers", "lost_customers", "net_customers", "retention_rate")
_MONTHS = 25
_GOOD = {"up": ("high", "run high"), "down": ("low", "run low")}


def milestones(connection: Connection, scope: Scope) -> pd.DataFrame:
    """Figures whose last complete month is a favourable signal of their process-behaviour chart, and nothing less.

    Limits come from the complete months before it (12 at least): natural process limits by 2.66 mean moving ranges. Signals: a
    point outside a limit, or the eighth in a row on the good side of the mean (`signal` says which). A change inside the
    limits is noise and makes no row. `best_of` is how many months back nothing was better, the month itself included.

    Grain: one row per figure with a favourable signal.
    Columns: figure, name, month, value, usual_low, usual_high, mean, best_of, signal, months
    """
    flow = customer_flow(connection, scope, months=_MONTHS)
    done = flow[(flow["state"] == COMPLETE) & (flow["opening"].fillna(0) > 0)]
    if len(done) <= PROVISIONAL:
        return tidy([], milestones)
    found = (_milestone(name, _series(name, done), done.iloc[-1]["period_start"]) for name in WATCHED)
    return tidy([row for row in found if row], milestones)


def _series(name: str, flow: pd.DataFrame) -> list[float]:
    columns = {
        "new_customers": "new",
        "won_back_customers": "won_back",
        "lost_customers": "lost",
        "net_customers": "net",
    }
    if name in columns:
        return [float(value) for value in flow[columns[name]]]
    return [1 - lost / opening for lost, opening in zip(flow["lost"], flow["opening"], strict=True)]


def _milestone(name: str, points: list[float], month: Any) -> dict[str, Any] | None:
    before, now = points[:-1], points[-1]
    limits = xmr(before, floor=0.0 if name != "net_customers" else None)
    if limits is None:
        return None
    better = figures()[name].better
    said = signals(points, limits)[-1]
    if said not in _GOOD[better] or not _better(now, limits, better):
        return None
    reached = next((n for n, point in enumerate(reversed(before), 1) if (point > now if better == "up" else point < now)), None)
    return {
        "figure": name,
        "name": figures()[name].name,
        "month": month,
        "value": now,
        "usual_low": limits.lower,
        "usual_high": limits.upper,
        "mean": limits.mean,
        "best_of": reached or len(points),
        "signal": said,
        "months": len(before),
    }


def _better(now: float, limits: Limits, better: str) -> bool:
    return now > limits.mean if better == "up" else now < limits.mean
