"""Whether the customer asset has grown."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection

from wallboard.metrics.customers import customer_flow
from wallboard.metrics.frames import rows_of, tidy
from wallboard.metrics.rows import documented
from wallboard.metrics.scope import Scope, month_before
from wallboard.metrics.states import COMPLETE, NOT_MEASURED

_CENT = 0.005


def growth_verdict(connection: Connection, scope: Scope) -> pd.DataFrame:
    """Did we earn the right to customer growth in the last complete month?

    Customers and value both up: 'yes'; both not up: 'no' (no change is no growth); one of them: 'not yet', and `fell` names
    the one that did not grow. Growth is closing − opening, in value with what customers who stayed took more or less
    (`changed_value`). 'not measured' where the month cannot be judged (column state), where its change in value is not known
    (value_state, as in customer_flow) or known of no more than half of the customers, and where those who left on an unknown day
    (`undated`) could make it another answer; the numbers that are known stay. The running month is told beside it: `running_net`
    up to `running_day`, with `running_closing` customers; None where no month is running.

    Grain: one row.
    Columns: period_start, period_end, period_name, verdict, fell, net_customers, net_value, opening, new, won_back, lost,
    closing, opening_value, closing_value, changed_value, value_state, value_unknown, closing_unknown, undated, holds, basis,
    state, running_day, running_net, running_closing
    """
    month = month_before(scope)
    flow = rows_of(customer_flow(connection, scope, months=2))
    row = next(one for one in flow if one["period_start"] == month.start)
    customers, value = row["net"], row["net_value"] if _mostly_known(row) else None
    verdict, fell = _verdict(customers, value) if row["state"] == COMPLETE else (NOT_MEASURED, "")
    if row["undated"] and verdict != NOT_MEASURED:
        worst = _verdict(customers - row["undated"], None if value is None else value - row["undated_value"])
        verdict, fell = (verdict, fell) if worst == (verdict, fell) else (NOT_MEASURED, "")
    kept = {key: row[key] for key in row if key in documented(growth_verdict).columns}
    judged = {"verdict": verdict, "fell": fell, "net_customers": customers, "net_value": value}
    return tidy([{**kept, **judged, **_running(flow[-1], row)}], growth_verdict)


def _running(newest: dict[str, Any], judged: dict[str, Any]) -> dict[str, Any]:
    runs = newest["period_start"] > judged["period_start"] and newest["state"] != NOT_MEASURED
    named = {"running_day": "closing_day", "running_net": "net", "running_closing": "closing"}
    return {name: newest[column] if runs else None for name, column in named.items()}


def _mostly_known(row: dict[str, Any]) -> bool:
    """Whether the value of more than half is known, of those who came or went and of those who are there."""
    if row["state"] == NOT_MEASURED:
        return False
    turned = row["new"] + row["won_back"] + row["lost"]
    return all(2 * unknown < of or not unknown for unknown, of in (
        (row["value_unknown"], turned), (row["opening_unknown"], row["opening"]), (row["closing_unknown"], row["closing"])
    ))  # fmt: skip


def _verdict(customers: int, value: float | None) -> tuple[str, str]:
    if value is None:
        return NOT_MEASURED, ""
    more, richer = customers > 0, value > _CENT
    if more and richer:
        return "yes", ""
    if not more and not richer:
        return "no", "customers and value"
    return "not yet", "value" if more else "customers"
