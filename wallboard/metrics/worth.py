"""What customers took with them when they left, by the stage in which we lost them."""

from collections import defaultdict

import pandas as pd
from sqlalchemy import Connection, select

from wallboard.metrics.customers import customer_flow
from wallboard.metrics.facts import sums
from wallboard.metrics.frames import INCOMPLETE, MEASURED, NO_CASES, NOT_MEASURED, tidy
from wallboard.metrics.scope import Scope, full_months, span
from wallboard.metrics.stages import NOWHERE, stages_and_rest
from wallboard.store.schema import customer_movement, reason, reason_day

_CENT = 0.005


def lost_worth(connection: Connection, scope: Scope, months: int = 3) -> pd.DataFrame:
    """Value of those who left in the last complete months, by the stage of the reason for which they left.

    Those whose reason is unknown, or belongs to no stage, are the last row (stage '', 'unattributed'), always there. The rows
    sum to `total_value`, which `holds` where it is the lost value of customer_flow. `value_unknown` counts leavers without a
    known value; the totals are the same in every row. state: measured, no cases (nobody left), not measured (no customers
    loaded).

    Grain: one row per stage, in the customer's order, then unattributed.
    Columns: stage, stage_name, seq, customers, value, total_customers, total_value, value_unknown, holds, basis, period_start,
    period_end, state
    """
    period = span(full_months(scope, months))
    found = _by_stage(connection, scope, months)
    total, value = sum(c for c, _ in found.values()), sum(v for _, v in found.values())
    flow = customer_flow(connection, scope, months=months + 1)
    flow = flow[(flow["state"] != INCOMPLETE) & flow["period_start"].between(period.start, period.end)]
    measured = bool((flow["state"] != NOT_MEASURED).any())
    told = flow.dropna(subset="lost")
    holds = total == told["lost"].sum() and abs(value - float(told["lost_value"].sum())) < _CENT
    state = NOT_MEASURED if not measured else MEASURED if total else NO_CASES
    shared = {
        "total_customers": total if measured else None,
        "total_value": value if measured else None,
        "value_unknown": _unknown(connection, scope, months) if measured else None,
        "holds": bool(holds),
        "basis": flow["basis"].iloc[-1],
        "period_start": period.start,
        "period_end": period.end,
        "state": state,
    }
    rows = []
    for one in stages_and_rest(connection):
        customers, worth = found.get(one.key, (0, 0.0))
        mine = {"customers": customers if measured else None, "value": worth if measured else None}
        rows.append({"stage": one.key, "stage_name": one.name, "seq": one.seq, **mine, **shared})
    return tidy(rows, lost_worth)


def _by_stage(connection: Connection, scope: Scope, months: int) -> dict[str, tuple[int, float]]:
    lies_in = {row.reason: row.stage for row in connection.execute(select(reason.c.reason, reason.c.stage))}
    found: dict[str, tuple[int, float]] = defaultdict(lambda: (0, 0.0))
    period, lost = span(full_months(scope, months)), reason_day.c.kind == "lost"
    for _, row in sums(connection, reason_day, scope, [period], ["reason"], ["customers", "value"], lost):
        stage = lies_in.get(row.reason) or NOWHERE
        customers, value = found[stage]
        found[stage] = customers + int(row.customers), value + float(row.value)
    return found


def _unknown(connection: Connection, scope: Scope, months: int) -> int:
    period, lost = span(full_months(scope, months)), customer_movement.c.kind == "lost"
    rows = sums(connection, customer_movement, scope, [period], [], ["value_unknown"], lost, when="month")
    return sum(int(row.value_unknown or 0) for _, row in rows)
