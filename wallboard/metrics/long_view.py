"""The customer asset over many years, with the days on which the way of counting changed."""

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from wallboard.metrics.customers import customer_flow
from wallboard.metrics.definitions import breaks
from wallboard.metrics.frames import rows_of, tidy
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import NOT_MEASURED
from wallboard.store.schema import retention_month

_COUNTED = ("active_customers", "new_customers", "lost_customers", "retention_rate")


def long_view(connection: Connection, scope: Scope, years: int = 10) -> pd.DataFrame:
    """Customers at the end of each fiscal year, and how many of those of a year before had stayed.

    Stocks are closing values, flows are summed, the share that stayed is worked out again from its cohort. `changed_on` is the
    day in the year from which on a figure of the customer asset is counted in another way (`changed` names it): years on its
    two sides are not comparable. state: complete, incomplete (the running year: so far), left-censored, not measured.

    Grain: one row per fiscal year from the first measured one on, oldest first; the last one may be incomplete.
    Columns: period_start, period_end, period_name, closing_day, closing, closing_value, new, won_back, lost, net, undated,
    cohort, stayed, changed, changed_on, holds, state
    """
    flow = customer_flow(connection, scope, months=years, unit="year")
    rows = [row for row in rows_of(flow) if row["state"] != NOT_MEASURED]
    kept = _cohorts(connection, scope, [row["period_end"] for row in rows])
    turned = [one for one in rows_of(breaks(connection, scope, months=12 * years)) if one["figure"] in _COUNTED]
    return tidy((_year(row, kept, turned) for row in rows), long_view)


def _cohorts(connection: Connection, scope: Scope, ends: list[date]) -> dict[date, tuple[int, int]]:
    """Customers a year before and how many of them are lost, by the year's last month."""
    r = retention_month.c
    months = [end.replace(day=1) for end in ends if end <= scope.last_day]
    where = r.perimeter.in_(scope.perimeters), r.months == 12, r.month.in_(months)
    query = select(r.month, func.sum(r.customers), func.sum(r.lost)).where(*where).group_by(r.month)
    return {row[0]: (int(row[1]), int(row[2])) for row in connection.execute(query)}


def _year(row: dict[str, Any], kept: dict[date, tuple[int, int]], turned: list[dict[str, Any]]) -> dict[str, Any]:
    cohort, lost = kept.get(row["period_end"].replace(day=1), (None, None))
    mine = [one for one in turned if row["period_start"] <= one["valid_from"] <= row["period_end"]]
    names = (
        "period_start",
        "period_end",
        "period_name",
        "closing_day",
        "closing",
        "closing_value",
        "new",
        "won_back",
        "lost",
        "net",
        "undated",
        "holds",
    )
    return {
        **{name: row[name] for name in names},
        "cohort": cohort,
        "stayed": cohort - lost if cohort is not None and lost is not None else None,
        "changed": mine[-1]["name"] if mine else None,
        "changed_on": mine[-1]["valid_from"] if mine else None,
        "state": row["state"],
    }
