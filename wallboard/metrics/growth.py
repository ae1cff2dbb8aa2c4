"""Whether the customer asset has grown."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from wallboard.metrics.customers import CountedPeriod, CustomerPeriod, customer_flow
from wallboard.metrics.rows import common_fields
from wallboard.metrics.scope import Scope, month_before
from wallboard.metrics.states import COMPLETE, NOT_MEASURED

_CENT = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthVerdict:
    """Whether customers and their value grew in one month; counts and money as in CustomerPeriod, None where not measured.

    verdict: yes, no, not yet, not measured; `fell` names what did not grow. `net_value` is None where the change in value is not
    known, or known of no more than half of the customers. The running month stands beside it: `running_net` up to `running_day`,
    with `running_closing` customers; None where no month is running.
    """

    period_start: date
    period_end: date
    period_name: str
    verdict: str
    fell: str
    net_customers: int | None
    net_value: float | None
    opening: int | None
    new: int | None
    won_back: int | None
    lost: int | None
    closing: int | None
    opening_value: float | None
    closing_value: float | None
    changed_value: float | None
    value_state: str
    value_unknown: int | None
    closing_unknown: int | None
    undated: int | None
    holds: bool | None
    basis: str
    state: str
    running_day: date | None
    running_net: int | None
    running_closing: int | None


def growth_verdict(connection: Connection, scope: Scope) -> tuple[GrowthVerdict, ...]:
    """Did we earn the right to customer growth in the last complete month?

    Customers and value both up: 'yes'; both not up: 'no' (no change: no growth); one of them: 'not yet', and `fell` names
    the one that did not grow. Growth is closing − opening, in value with what customers who stayed took more or less
    (`changed_value`). 'not measured' where the month cannot be judged (column state), where its change in value is not known
    (value_state, as in customer_flow) or known of no more than half of the customers, and where those who left on an unknown day
    (`undated`) could make it another answer; the numbers that are known stay.

    Grain: one row.
    """
    month = month_before(scope)
    flow = customer_flow(connection, scope, months=2)
    judged = next(period for period in flow if period.period_start == month.start)
    newest = flow[-1] if flow[-1].period_start > month.start and flow[-1].state != NOT_MEASURED else None
    value = judged.net_value if _mostly_known(judged) else None
    verdict, fell = _judged(judged, value)
    return (
        GrowthVerdict(
            **common_fields(judged, GrowthVerdict) | {"net_value": value},
            verdict=verdict,
            fell=fell,
            net_customers=judged.net,
            running_day=newest.closing_day if newest else None,
            running_net=newest.net if newest else None,
            running_closing=newest.closing if newest else None,
        ),
    )


def _mostly_known(period: CustomerPeriod) -> bool:
    """Whether the value of more than half is known, of those who came or went and of those who are there."""
    if not isinstance(period, CountedPeriod):
        return False
    turned = period.new + period.won_back + period.lost
    return all(2 * unknown < of or not unknown for unknown, of in (
        (period.value_unknown, turned), (period.opening_unknown, period.opening), (period.closing_unknown, period.closing)
    ))  # fmt: skip


def _judged(period: CustomerPeriod, value: float | None) -> tuple[str, str]:
    """The verdict and what fell; none where those who left on an unknown day could turn it."""
    if not isinstance(period, CountedPeriod) or period.state != COMPLETE:
        return NOT_MEASURED, ""
    verdict = _verdict(period.net, value)
    if not period.undated or verdict[0] == NOT_MEASURED:
        return verdict
    worst = _verdict(period.net - period.undated, None if value is None else value - period.undated_value)
    return verdict if worst == verdict else (NOT_MEASURED, "")


def _verdict(customers: int, value: float | None) -> tuple[str, str]:
    if value is None:
        return NOT_MEASURED, ""
    more, richer = customers > 0, value > _CENT
    if more and richer:
        return "yes", ""
    if not more and not richer:
        return "no", "customers and value"
    return "not yet", "value" if more else "customers"
