"""Renewals against what was due: contracts and their value, with what is still pending apart."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, case, exists, func, select

from wallboard.metrics.availability import CUSTOMERS, coverage
from wallboard.metrics.memo import in_memo, memoised
from wallboard.metrics.rows import Narrowed
from wallboard.metrics.scope import Period, Scope, last_periods
from wallboard.metrics.states import INCOMPLETE, MEASURED, NO_CASES, NOT_MEASURED, TOO_FEW
from wallboard.metrics.statistics import wilson
from wallboard.metrics.valued import Valued
from wallboard.store.schema import renewal_month

_GRACE = timedelta(days=30)
"""So long after its end a term may still be renewed: before that who stays is known, and who goes is not."""

_WIDE = 25
"""So many months are measured at once where measures are shared: as many as any panel asks for."""

_R = renewal_month.c
_SUMS = ("contracts", "value", "renewed_value", "value_unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalPeriod(Narrowed):
    """Contracts whose term was due in one month, quarter or year; a CountedRenewals, unless not measured.

    Due = renewed + lost + pending, in contracts and in their annual value, in the room's currency; early and late renewals count
    in the period in which they were due. What was decided after the last complete day is pending, and so is a contract that ended
    less than 30 days ago. `rate` is the share renewed / (renewed + lost) with its Wilson interval, `value_rate` the same of the
    value that was due; `renewed_value` is what the renewed ones were worth when they were due, `renewed_at` what they are worth
    since. Money is of what is known: None where of no term it is (`value_unknown` counts terms of unknown value).
    state: measured, incomplete (less than 30 days have passed since the period: who stays is known before who goes, so a rate
    would flatter), too few (fewer than small_n decided: counts only), no cases (none due, or none decided yet), not measured (no
    contract with a term is known, or the period lies before the first fact).
    """

    period_start: date
    period_end: date
    period_name: str
    complete: bool
    due: int | None = None
    renewed: int | None = None
    lost: int | None = None
    pending: int | None = None
    due_value: float | None = None
    renewed_value: float | None = None
    lost_value: float | None = None
    pending_value: float | None = None
    renewed_at: float | None = None
    value_unknown: int | None = None
    rate: float | None = None
    low: float | None = None
    high: float | None = None
    value_rate: float | None = None
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedRenewals(RenewalPeriod):
    """A period whose contracts are counted: everything but not measured."""

    due: int
    renewed: int
    lost: int
    pending: int
    value_unknown: int


@memoised
def renewals(
    connection: Connection, scope: Scope, unit: str = "month", periods: int = 6, group: str | None = None
) -> tuple[RenewalPeriod, ...]:
    """Of the contracts whose term was due, how many were renewed, lost, or are not decided yet?

    `unit` is month, quarter or year.

    Grain: one row per month (quarter, year), oldest first; the last one may be incomplete.
    """
    if in_memo() and unit == "month" and group is None and periods < _WIDE:
        return renewals(connection, scope, periods=_WIDE)[-periods:]
    spans = last_periods(scope, unit, periods)
    terms = connection.scalar(select(exists().where(_R.perimeter.in_(scope.perimeters))))
    known = coverage(connection, scope, CUSTOMERS) if terms else None
    sums = _due(connection, scope, spans, group)
    return tuple(_row(scope, span, sums, known.begins if known and known.of(span) else None) for span in spans)


_Sums = dict[tuple[date, str], tuple[float, ...]]


def _due(connection: Connection, scope: Scope, spans: list[Period], group: str | None) -> _Sums:
    """Sums by month in which terms were due and outcome as it was known on the last complete day."""
    pending = (_R.outcome == "pending") | (_R.decided > scope.last_day)
    outcome = case((pending, "pending"), else_=_R.outcome).label("known")
    mine = [_R.perimeter.in_(scope.perimeters), _R.month >= spans[0].start, _R.month <= spans[-1].end]
    chosen = select(_R.month, outcome, *(func.sum(_R[name]) for name in _SUMS)).where(*mine)
    chosen = chosen if group is None else chosen.where(_R.customer_group == group)
    rows = connection.execute(chosen.group_by(_R.month, outcome))
    return {(row[0], row[1]): tuple(float(value) for value in row[2:]) for row in rows}


def _row(scope: Scope, span: Period, sums: _Sums, first: date | None) -> RenewalPeriod:
    if first is None or span.end < first:
        return RenewalPeriod(
            period_start=span.start, period_end=span.end, period_name=span.name, complete=span.complete, state=NOT_MEASURED
        )
    renewed, renewed_at = _outcome(span, sums, "renewed")
    lost, pending = _outcome(span, sums, "lost")[0], _outcome(span, sums, "pending")[0]
    decided, due = renewed + lost, renewed + lost + pending
    state = NO_CASES if not decided.customers else TOO_FEW if decided.customers < scope.small_n else MEASURED
    if span.end + _GRACE > scope.last_day and due.customers:
        state = INCOMPLETE
    share = wilson(renewed.customers, decided.customers) if state == MEASURED else None
    return CountedRenewals(
        period_start=span.start,
        period_end=span.end,
        period_name=span.name,
        complete=span.complete,
        due=due.customers,
        renewed=renewed.customers,
        lost=lost.customers,
        pending=pending.customers,
        due_value=due.worth,
        renewed_value=renewed.worth,
        lost_value=lost.worth,
        pending_value=pending.worth,
        renewed_at=renewed_at.worth,
        value_unknown=due.unknown,
        rate=share.value if share else None,
        low=share.low if share else None,
        high=share.high if share else None,
        value_rate=renewed.value / decided.value if share and decided.value and not decided.unknown else None,
        state=state,
    )


def _outcome(span: Period, sums: _Sums, outcome: str) -> tuple[Valued, Valued]:
    """The contracts of one outcome, at what they were worth when they were due, and at what they are worth since."""
    of = [row for (month, known), row in sums.items() if known == outcome and month in span]
    contracts, value, renewed_value, unknown = (sum((row[n] for row in of), 0.0) for n in range(len(_SUMS)))
    return Valued(int(contracts), value, int(unknown)), Valued(int(contracts), renewed_value, int(unknown))
