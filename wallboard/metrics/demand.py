"""Why customers contact us: because we failed to do something, or because of what we are there for."""

from collections import Counter

import pandas as pd
from sqlalchemy import Connection, select

from wallboard.metrics.availability import VOICES, coverage
from wallboard.metrics.facts import sums
from wallboard.metrics.frames import tidy
from wallboard.metrics.scope import Period, Scope, full_months, span
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED, TOO_FEW
from wallboard.metrics.statistics import wilson
from wallboard.store.schema import contact_month, issue_type

FAILURE, VALUE, UNCLASSIFIED = "failure", "value", "unclassified"


def demand(connection: Connection, scope: Scope, months: int = 12) -> pd.DataFrame:
    """Failure demand month by month: of the contacts whose demand is known, the share that a failure of ours has caused.

    Every contact counts, complaint or not, by the demand of its issue type, which people have decided. `share` is
    failure / (failure + value), with its Wilson interval; `unclassified` contacts are told apart and in neither. state:
    measured, too few (n below the small-n limit), no cases (no contact of a known demand), not measured (nothing heard yet).

    Grain: one row per complete calendar month, oldest first.
    Columns: month, period_name, failure, value, unclassified, n, share, low, high, state
    """
    periods = full_months(scope, months)
    demands = _demands(connection)
    counts: dict[Period, Counter[str]] = {period: Counter() for period in periods}
    for period, row in sums(connection, contact_month, scope, periods, ["issue_type"], ["contacts"], when="month"):
        counts[period][demands.get(row.issue_type, UNCLASSIFIED)] += int(row.contacts)
    known = coverage(connection, scope, VOICES)
    rows = []
    for period in periods:
        failure, value, unsaid = (counts[period][kind] for kind in (FAILURE, VALUE, UNCLASSIFIED))
        n, measured = failure + value, known.of(period)
        judged = n >= scope.small_n and measured
        interval = wilson(failure, n) if judged else None
        numbers = {"failure": failure, "value": value, "unclassified": unsaid, "n": n}
        rows.append(
            {
                "month": period.start,
                "period_name": period.name,
                **(numbers if measured else dict.fromkeys(numbers)),
                "share": failure / n if judged else None,
                "low": interval.low if interval else None,
                "high": interval.high if interval else None,
                "state": NOT_MEASURED if not measured else MEASURED if judged else TOO_FEW if n else NO_CASES,
            }
        )
    return tidy(rows, demand)


def demand_types(connection: Connection, scope: Scope, months: int = 1) -> pd.DataFrame:
    """What customers contacted us about in the last complete months, and which demand each kind is; they sum to demand.

    Grain: one row per issue type that anybody mentioned, most frequent first; issue_type '' is unclassified.
    Columns: issue_type, wording, demand, contacts, period_start, period_end
    """
    period = span(full_months(scope, months))
    demands = _demands(connection)
    wordings = {row[0]: row[1] for row in connection.execute(select(issue_type.c.issue_type, issue_type.c.wording))}
    found = sums(connection, contact_month, scope, [period], ["issue_type"], ["contacts"], when="month")
    rows = [
        {
            "issue_type": row.issue_type,
            "wording": wordings.get(row.issue_type, row.issue_type or UNCLASSIFIED),
            "demand": demands.get(row.issue_type, UNCLASSIFIED),
            "contacts": int(row.contacts),
            "period_start": period.start,
            "period_end": period.end,
        }
        for _, row in found
    ]
    return tidy(sorted(rows, key=lambda row: (-row["contacts"], row["wording"], row["issue_type"])), demand_types)


def _demands(connection: Connection) -> dict[str, str]:
    return {row[0]: row[1] for row in connection.execute(select(issue_type.c.issue_type, issue_type.c.demand))}
