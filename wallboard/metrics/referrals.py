"""Referrals by customer group: who sends us somebody, and who comes of it; what customers did, not what they said they might."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from wallboard.errors import NotFound
from wallboard.metrics.active import active_by_cell
from wallboard.metrics.availability import REFERRALS, coverage
from wallboard.metrics.frames import tidy
from wallboard.metrics.scope import Scope, full_months, month_of, span
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED, TOO_FEW
from wallboard.metrics.statistics import wilson
from wallboard.store.schema import referral_month

WINDOWS = (1, 3, 12)
_OF = ("referrers", "referred", "converted", "value")
_NOBODY_KNOWN = "-"
_R = referral_month.c


def referrals(connection: Connection, scope: Scope, months: int = 12) -> pd.DataFrame:
    """Who sent us somebody in the 1, 3 or 12 complete months up to now, by customer group, and how many of those came.

    `referrers` are different customers, each in the group of its newest referral; `rate` is referrers / active customers at the
    end, `converted_share` is converted / referred, each with a Wilson interval. Who was sent by nobody that is known stands apart
    (part 'unattributed') and is in no other row; `part` is 'group', 'all' (the groups together) or 'unattributed'. `value` is
    what those who came are worth, in the room's money.
    state (of the rate) and converted_state: measured, too few (below the small-n limit: counts only), no cases (nobody is there,
    nobody was sent), not measured (no referral had been heard of by then, or what brings
    them has stopped; for the rate also: more sent somebody than are
    customers now). The unattributed have no rate: there both say the same.

    Grain: one row per customer group, then one for all groups and one for the unattributed.
    Columns: part, customer_group, active, referrers, rate, low, high, referred, converted, converted_share, converted_low,
    converted_high, value, months, period_start, period_end, period_name, state, converted_state
    """
    if months not in WINDOWS:
        raise NotFound("referrals", f"referrals are not counted over {months} months.", "Ask for 1, 3 or 12.")
    period = span(full_months(scope, months))
    month = period.end.replace(day=1)
    found = _found(connection, scope, months, month)
    known = connection.scalar(select(func.min(_R.month)).where(_R.perimeter.in_(scope.perimeters), _R.month <= month)) is not None
    known = known and coverage(connection, scope, REFERRALS).of(month_of(scope, period.end))
    active: dict[str, int] = {}
    for (_, group), customers in active_by_cell(connection, scope.perimeters, [month])[month].items():
        active[group] = active.get(group, 0) + customers
    nobody = found.pop(_NOBODY_KNOWN, _none())
    groups = sorted({group for group, n in active.items() if n} | set(found))
    every = {name: sum(one[name] for one in found.values()) for name in _OF}
    rows: list[tuple[str, str | None, int | None, dict[str, Any]]]
    rows = [("group", group, active.get(group, 0), found.get(group, _none())) for group in groups]
    rows += [("all", None, sum(active.values()), every), ("unattributed", None, None, {**nobody, "referrers": None})]
    dated = {"months": months, "period_start": period.start, "period_end": period.end, "period_name": period.name}
    return tidy(({**_row(scope, *row, known=known), **dated} for row in rows), referrals)


def _found(connection: Connection, scope: Scope, months: int, month: Any) -> dict[str, dict[str, Any]]:
    sums = [func.sum(_R[name]).label(name) for name in _OF]
    mine = (_R.perimeter.in_(scope.perimeters), _R.months == months, _R.month == month)
    rows = connection.execute(select(_R.customer_group, *sums).where(*mine).group_by(_R.customer_group))
    return {row.customer_group: {name: getattr(row, name) for name in _OF} for row in rows}


def _none() -> dict[str, Any]:
    return {"referrers": 0, "referred": 0, "converted": 0, "value": 0.0}


def _row(scope: Scope, part: str, group: str | None, active: int | None, found: dict[str, Any], *, known: bool) -> dict[str, Any]:
    rate, state = _share(scope, found["referrers"], active, known=known)
    share, converted_state = _share(scope, found["converted"], found["referred"], known=known)
    counts: dict[str, Any] = {name: None if found[name] is None else int(found[name]) for name in _OF[:3]}
    counts["value"] = float(found["value"])
    return {
        "part": part,
        "customer_group": group,
        "active": active,
        **(counts if known else dict.fromkeys(counts)),
        **dict(zip(("rate", "low", "high"), rate, strict=True)),
        **dict(zip(("converted_share", "converted_low", "converted_high"), share, strict=True)),
        "state": state if part != "unattributed" else converted_state,
        "converted_state": converted_state,
    }


def _share(scope: Scope, some: int | None, n: int | None, *, known: bool) -> tuple[tuple[float | None, ...], str]:
    """A share with its interval, or why there is none."""
    if not known or some is None or n is None or (n and some > n):
        return (None, None, None), NOT_MEASURED
    found = wilson(some, n)
    if found is None or n < scope.small_n:
        return (None, None, None), TOO_FEW if n else NO_CASES
    return (found.value, found.low, found.high), MEASURED
