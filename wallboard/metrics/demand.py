"""Why customers contact us: because we failed to do something, or because of what we are here for."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from wallboard.metrics.availability import VOICES, coverage
from wallboard.metrics.facts import sums
from wallboard.metrics.scope import Period, Scope, full_months, span
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED, TOO_FEW
from wallboard.metrics.statistics import wilson
from wallboard.store.lookups import demands, wordings
from wallboard.store.schema import contact_month

FAILURE, VALUE, UNCLASSIFIED = "failure", "value", "unclassified"


@dataclass(frozen=True, slots=True)
class DemandMonth:
    """The contacts of one calendar month by the demand of their issue type, which people have decided, complaint or not.

    `share` is failure / n, n = failure + value, with its Wilson interval, 0 to 1; `unclassified` contacts are in neither. state:
    measured, too few (n below the small-n limit), no cases (no contact of a known demand), not measured (nothing heard yet: no
    numbers).
    """

    month: date
    period_name: str
    failure: int | None
    value: int | None
    unclassified: int | None
    n: int | None
    share: float | None
    low: float | None
    high: float | None
    state: str


@dataclass(frozen=True, slots=True)
class DemandType:
    """Contacts about one issue type ('' is unclassified) and its demand: failure, value, unclassified."""

    issue_type: str
    wording: str
    demand: str
    contacts: int
    period_start: date
    period_end: date


def demand(connection: Connection, scope: Scope, months: int = 12) -> tuple[DemandMonth, ...]:
    """Failure demand month by month: of the contacts whose demand is known, the share that a failure of ours has caused.

    Grain: one row per complete calendar month, oldest first.
    """
    periods = full_months(scope, months)
    demanded = demands(connection)
    counts: dict[Period, Counter[str]] = {period: Counter() for period in periods}
    for period, row in sums(connection, contact_month, scope, periods, ["issue_type"], ["contacts"], when="month"):
        counts[period][demanded.get(row.issue_type, UNCLASSIFIED)] += int(row.contacts)
    known = coverage(connection, scope, VOICES)
    return tuple(_month(period, counts[period], scope, measured=known.of(period)) for period in periods)


def _month(period: Period, counts: Counter[str], scope: Scope, *, measured: bool) -> DemandMonth:
    failure, n = counts[FAILURE], counts[FAILURE] + counts[VALUE]
    judged = n >= scope.small_n and measured
    interval = wilson(failure, n) if judged else None
    return DemandMonth(
        month=period.start,
        period_name=period.name,
        failure=failure if measured else None,
        value=counts[VALUE] if measured else None,
        unclassified=counts[UNCLASSIFIED] if measured else None,
        n=n if measured else None,
        share=failure / n if judged else None,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        state=NOT_MEASURED if not measured else MEASURED if judged else TOO_FEW if n else NO_CASES,
    )


def demand_types(connection: Connection, scope: Scope, months: int = 1) -> tuple[DemandType, ...]:
    """What customers contacted us about in the last complete months, and which demand each kind is; they sum to demand.

    Grain: one row per issue type that anybody mentioned, most frequent first; issue_type '' is unclassified.
    """
    period = span(full_months(scope, months))
    demanded, worded = demands(connection), wordings(connection)
    rows = [
        DemandType(
            issue_type=row.issue_type,
            wording=worded.get(row.issue_type, row.issue_type or UNCLASSIFIED),
            demand=demanded.get(row.issue_type, UNCLASSIFIED),
            contacts=int(row.contacts),
            period_start=period.start,
            period_end=period.end,
        )
        for _, row in sums(connection, contact_month, scope, [period], ["issue_type"], ["contacts"], when="month")
    ]
    return tuple(sorted(rows, key=lambda row: (-row.contacts, row.wording, row.issue_type)))
