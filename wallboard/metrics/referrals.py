"""Referrals by customer group: who sends us somebody, and who comes of it; what customers did, not what they said they might."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from wallboard.errors import NotFound
from wallboard.metrics.active import active_by_cell
from wallboard.metrics.availability import REFERRALS, coverage
from wallboard.metrics.rows import Summed
from wallboard.metrics.scope import Period, Scope, full_months, month_of, span
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED, TOO_FEW
from wallboard.metrics.statistics import wilson
from wallboard.scales import NOBODY_KNOWN, WINDOWS
from wallboard.store.schema import referral_month

_R = referral_month.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Referrals:
    """Who of one customer group sent us somebody in `months` complete months, and how many of those came.

    `part` is 'group', 'all' (the groups together) or 'unattributed' (sent by nobody that is known: in no other row).
    `referrers` are different customers, each in the group of its newest referral; `rate` is the share referrers / active
    customers at the end, `converted_share` is converted / referred, each with a Wilson interval. `value` is what those who came
    are worth, in the room's money.
    state (of the rate) and converted_state: measured, too few (below the small-n limit: counts only), no cases (nobody is there,
    nobody was sent), not measured (no referral had been heard of by then, or what brings them has stopped; for the rate also:
    more sent somebody than are customers now). The unattributed have no rate: there both say the same.
    """

    part: str
    customer_group: str | None
    active: int | None
    referrers: int | None
    rate: float | None
    low: float | None
    high: float | None
    referred: int | None
    converted: int | None
    converted_share: float | None
    converted_low: float | None
    converted_high: float | None
    value: float | None
    months: int
    period_start: date
    period_end: date
    period_name: str
    state: str
    converted_state: str


@dataclass(frozen=True, slots=True)
class _Sent(Summed):
    """Those who sent somebody, whom they sent, how many of those came and what these are worth."""

    referrers: int = 0
    referred: int = 0
    converted: int = 0
    value: float = 0.0


def referrals(connection: Connection, scope: Scope, months: int = 12) -> tuple[Referrals, ...]:
    """Who sent us somebody in the 1, 3 or 12 complete months up to now, by customer group, and how many of those came.

    Grain: one row per customer group, then one for all groups and one for the unattributed.
    """
    if months not in WINDOWS:
        raise NotFound("referrals", f"referrals are not counted over {months} months.", "Ask for 1, 3 or 12.")
    period = span(full_months(scope, months))
    month = period.end.replace(day=1)
    sent = _sent(connection, scope, months, month)
    heard_of = connection.scalar(select(func.min(_R.month)).where(_R.perimeter.in_(scope.perimeters), _R.month <= month))
    known = heard_of is not None and coverage(connection, scope, REFERRALS).of(month_of(scope, period.end))
    active: Counter[str] = Counter()
    for (_, group), customers in active_by_cell(connection, scope.perimeters, [month])[month].items():
        active[group] += customers
    nobody = sent.pop(NOBODY_KNOWN, _Sent())

    def row(part: str, group: str | None, customers: int | None, here: _Sent) -> Referrals:
        return _row(scope, months, period, part, group, customers, here if known else None)

    groups = sorted({group for group, n in active.items() if n} | set(sent))
    return (
        *(row("group", group, active[group], sent.get(group, _Sent())) for group in groups),
        row("all", None, active.total(), sum(sent.values(), _Sent())),
        row("unattributed", None, None, nobody),
    )


def _sent(connection: Connection, scope: Scope, months: int, month: date) -> dict[str, _Sent]:
    sums = (func.sum(_R[name]) for name in ("referrers", "referred", "converted", "value"))
    mine = (_R.perimeter.in_(scope.perimeters), _R.months == months, _R.month == month)
    rows = connection.execute(select(_R.customer_group, *sums).where(*mine).group_by(_R.customer_group))
    return {row[0]: _Sent(int(row[1]), int(row[2]), int(row[3]), float(row[4])) for row in rows}


def _row(
    scope: Scope, months: int, period: Period, part: str, group: str | None, active: int | None, sent: _Sent | None
) -> Referrals:
    referrers = sent.referrers if sent and part != "unattributed" else None
    rate, state = _share(scope, referrers, active)
    share, converted_state = _share(scope, sent.converted if sent else None, sent.referred if sent else None)
    return Referrals(
        part=part,
        customer_group=group,
        active=active,
        referrers=referrers,
        rate=rate[0],
        low=rate[1],
        high=rate[2],
        referred=sent.referred if sent else None,
        converted=sent.converted if sent else None,
        converted_share=share[0],
        converted_low=share[1],
        converted_high=share[2],
        value=sent.value if sent else None,
        months=months,
        period_start=period.start,
        period_end=period.end,
        period_name=period.name,
        state=state if part != "unattributed" else converted_state,
        converted_state=converted_state,
    )


_Share = tuple[float, float, float] | tuple[None, None, None]


def _share(scope: Scope, some: int | None, n: int | None) -> tuple[_Share, str]:
    """A share with its interval, or why there is none."""
    if some is None or n is None or (n and some > n):
        return (None, None, None), NOT_MEASURED
    share = wilson(some, n)
    if share is None or n < scope.small_n:
        return (None, None, None), TOO_FEW if n else NO_CASES
    return (share.value, share.low, share.high), MEASURED
