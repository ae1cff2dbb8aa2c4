"""What customers took with them when they left, by the stage in which we lost them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from wallboard.metrics.customers import customer_flow, whole_periods
from wallboard.metrics.facts import sums
from wallboard.metrics.scope import Scope, and_running, full_months, span
from wallboard.metrics.stages import NOWHERE, Stage, stages_and_rest
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED
from wallboard.metrics.valued import NOBODY, Valued
from wallboard.store.schema import reason, reason_day

_CENT = 0.005


@dataclass(frozen=True, slots=True)
class LostStage:
    """Those who left for a reason of one stage (stage '', 'unattributed': of none), and the value they took with them.

    Values are in the room's currency, by the year where `basis` is annual recurring; None where of none of them it is known;
    `value_unknown` counts leavers without one. `holds` where the total is the lost value of customer_flow. The totals are the
    same in every row. state: measured, no cases (nobody left), not measured (no customers loaded: no numbers).
    """

    stage: str
    stage_name: str
    seq: int
    customers: int | None
    value: float | None
    total_customers: int | None
    total_value: float | None
    value_unknown: int | None
    holds: bool
    basis: str
    period_start: date
    period_end: date
    state: str


def lost_worth(connection: Connection, scope: Scope, months: int = 3) -> tuple[LostStage, ...]:
    """Value of those who left in the last complete months, by the stage of the reason for which they left.

    Those whose reason is unknown, or belongs to no stage, are the last row (stage '', 'unattributed'), always there. The rows
    sum to `total_value`.

    Grain: one row per stage, in the customer's order, then unattributed.
    """
    period = span(full_months(scope, months))
    by_stage = _by_stage(connection, scope, months)
    total = sum(by_stage.values(), NOBODY)
    flow = customer_flow(connection, scope, months=and_running(scope, months, "month"))
    counted = [month for month in whole_periods(flow) if month.period_start in period]
    measured = bool(counted)
    lost, value = sum(month.lost for month in counted), sum(month.lost_value or 0.0 for month in counted)

    def row(stage: Stage) -> LostStage:
        here = by_stage.get(stage.key, NOBODY)
        return LostStage(
            stage=stage.key,
            stage_name=stage.name,
            seq=stage.seq,
            customers=here.customers if measured else None,
            value=here.worth if measured else None,
            total_customers=total.customers if measured else None,
            total_value=total.worth if measured else None,
            value_unknown=total.unknown if measured else None,
            holds=total.customers == lost and abs(total.value - value) < _CENT,
            basis=flow[-1].basis,
            period_start=period.start,
            period_end=period.end,
            state=NOT_MEASURED if not measured else MEASURED if total.customers else NO_CASES,
        )

    return tuple(row(stage) for stage in stages_and_rest(connection))


def _by_stage(connection: Connection, scope: Scope, months: int) -> dict[str, Valued]:
    lies_in = {row.reason: row.stage for row in connection.execute(select(reason.c.reason, reason.c.stage))}
    by_stage: dict[str, Valued] = defaultdict(Valued)
    period, lost = span(full_months(scope, months)), reason_day.c.kind == "lost"
    of = ["customers", "value", "value_unknown"]
    for _, row in sums(connection, reason_day, scope, [period], ["reason"], of, lost):
        stage = lies_in.get(row.reason) or NOWHERE
        by_stage[stage] += Valued.of(row)
    return by_stage
