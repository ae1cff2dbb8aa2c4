"""What customers took with them when they left, by the stage in which we lost them."""

from collections import defaultdict

import pandas as pd
from sqlalchemy import Connection, select

from wallboard.metrics.customers import customer_flow
from wallboard.metrics.facts import sums
from wallboard.metrics.frames import tidy
from wallboard.metrics.scope import Scope, and_running, full_months, span
from wallboard.metrics.stages import NOWHERE, stages_and_rest
from wallboard.metrics.states import INCOMPLETE, MEASURED, NO_CASES, NOT_MEASURED
from wallboard.metrics.valued import NOBODY, Valued
from wallboard.store.schema import reason, reason_day

_CENT = 0.005


def lost_worth(connection: Connection, scope: Scope, months: int = 3) -> pd.DataFrame:
    """Value of those who left in the last complete months, by the stage of the reason for which they left.

    Those whose reason is unknown, or belongs to no stage, are the last row (stage '', 'unattributed'), always there. The rows
    sum to `total_value`, which `holds` where it is the lost value of customer_flow. `value_unknown` counts leavers without a
    known value; value and total_value are None where of none of them it is known. The totals are the same in every row. state:
    measured, no cases (nobody left), not measured (no customers loaded).

    Grain: one row per stage, in the customer's order, then unattributed.
    Columns: stage, stage_name, seq, customers, value, total_customers, total_value, value_unknown, holds, basis, period_start,
    period_end, state
    """
    period = span(full_months(scope, months))
    found = _by_stage(connection, scope, months)
    total = sum(found.values(), NOBODY)
    flow = customer_flow(connection, scope, months=and_running(scope, months, "month"))
    flow = flow[(flow["state"] != INCOMPLETE) & flow["period_start"].between(period.start, period.end)]
    measured = bool((flow["state"] != NOT_MEASURED).any())
    told = flow.dropna(subset="lost")
    holds = total.customers == told["lost"].sum() and abs(total.value - float(told["lost_value"].fillna(0).sum())) < _CENT
    state = NOT_MEASURED if not measured else MEASURED if total.customers else NO_CASES
    shared = {
        "total_customers": total.customers if measured else None,
        "total_value": total.worth if measured else None,
        "value_unknown": total.unknown if measured else None,
        "holds": bool(holds),
        "basis": flow["basis"].iloc[-1],
        "period_start": period.start,
        "period_end": period.end,
        "state": state,
    }
    rows = []
    for one in stages_and_rest(connection):
        here = found.get(one.key, NOBODY)
        mine = {"customers": here.customers, "value": here.worth}
        mine = mine if measured else dict.fromkeys(mine)
        rows.append({"stage": one.key, "stage_name": one.name, "seq": one.seq, **mine, **shared})
    return tidy(rows, lost_worth)


def _by_stage(connection: Connection, scope: Scope, months: int) -> dict[str, Valued]:
    lies_in = {row.reason: row.stage for row in connection.execute(select(reason.c.reason, reason.c.stage))}
    found: dict[str, Valued] = defaultdict(Valued)
    period, lost = span(full_months(scope, months)), reason_day.c.kind == "lost"
    of = ["customers", "value", "value_unknown"]
    for _, row in sums(connection, reason_day, scope, [period], ["reason"], of, lost):
        stage = lies_in.get(row.reason) or NOWHERE
        found[stage] += Valued.of(row)
    return found
