"""The customer asset over many years, with the days on which the way of counting changed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from wallboard.metrics.customers import CountedPeriod, counted_periods, customer_flow
from wallboard.metrics.definitions import MetricBreak, breaks
from wallboard.metrics.rows import common_fields
from wallboard.metrics.scope import Scope
from wallboard.store.schema import retention_month

_COUNTED = ("active_customers", "new_customers", "lost_customers", "retention_rate")


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerYear:
    """Customers at the end of one fiscal year; counts and money as in CustomerPeriod.

    `cohort` are those of a year before, `stayed` those of them who were still there; None where that was not counted.
    `changed_on` is the day in the year from which on a metric of the customer asset is counted in another way (`changed` names
    it): years on its two sides are not comparable. state: complete, incomplete (the running year: so far), left-censored.
    """

    period_start: date
    period_end: date
    period_name: str
    closing_day: date
    closing: int
    closing_value: float | None
    new: int
    won_back: int
    lost: int
    net: int
    undated: int
    cohort: int | None
    stayed: int | None
    changed: str | None
    changed_on: date | None
    holds: bool
    state: str


def long_view(connection: Connection, scope: Scope, years: int = 10) -> tuple[CustomerYear, ...]:
    """Customers at the end of each fiscal year, and how many of those of a year before had stayed.

    Stocks are closing values, flows are summed, the share that stayed is worked out again from its cohort.

    Grain: one row per fiscal year from the first measured one on, oldest first; the last one may be incomplete.
    """
    flow = counted_periods(customer_flow(connection, scope, months=years, unit="year"))
    cohorts = _cohorts(connection, scope, [year.period_end for year in flow])
    changes = [row for row in breaks(connection, scope, months=12 * years) if row.metric in _COUNTED]
    return tuple(_year(year, cohorts, changes) for year in flow)


def _cohorts(connection: Connection, scope: Scope, ends: list[date]) -> dict[date, tuple[int, int]]:
    """Customers a year before and how many of them are lost, by the year's last month."""
    r = retention_month.c
    months = [end.replace(day=1) for end in ends if end <= scope.last_day]
    where = r.perimeter.in_(scope.perimeters), r.months == 12, r.month.in_(months)
    query = select(r.month, func.sum(r.customers), func.sum(r.lost)).where(*where).group_by(r.month)
    return {row[0]: (int(row[1]), int(row[2])) for row in connection.execute(query)}


def _year(year: CountedPeriod, cohorts: dict[date, tuple[int, int]], changes: list[MetricBreak]) -> CustomerYear:
    cohort, lost = cohorts.get(year.period_end.replace(day=1), (None, None))
    change = next((row for row in reversed(changes) if year.period_start <= row.valid_from <= year.period_end), None)
    return CustomerYear(
        **common_fields(year, CustomerYear),
        cohort=cohort,
        stayed=None if cohort is None or lost is None else cohort - lost,
        changed=change.name if change else None,
        changed_on=change.valid_from if change else None,
    )
