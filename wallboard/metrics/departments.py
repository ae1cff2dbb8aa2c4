"""How each department performs against its customers' measures, and which department has none."""

from collections import defaultdict
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from wallboard.metrics.kpis import KpiResult, kpi_board
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import NOT_MEASURED
from wallboard.store.schema import function, touchpoint


@dataclass(frozen=True, slots=True)
class DepartmentMeasure:
    """One customer measure of one department over four complete weeks: value = numerator / denominator, in its `unit`.

    `measure` and all that follows are None for a department without any; `judged`: good, watch, attention, not measured.
    """

    function: str
    function_name: str
    outsourced: bool
    touchpoint_name: str | None = None
    measure: str | None = None
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None
    target: float | None = None
    better: str | None = None
    unit: str | None = None
    judged: str = NOT_MEASURED
    state: str = NOT_MEASURED


def department_measures(connection: Connection, scope: Scope) -> tuple[DepartmentMeasure, ...]:
    """Every department with the KPIs of the touchpoints that it, or it as a supplier, answers for: what customers get from it.

    A department that answers for no measured touchpoint stands here once, without a measure: it is to be given one.

    Grain: one row per department and KPI, or one per department without any; by the department's name.
    """
    f, t = function.c, touchpoint.c
    boards: dict[str, list[KpiResult]] = defaultdict(list)
    for kpi in kpi_board(connection, scope):
        boards[kpi.touchpoint].append(kpi)
    places = connection.execute(select(t.touchpoint, t.name, t.function, t.supplier).order_by(t.seq, t.touchpoint)).all()
    rows = []
    for key, name, outsourced in connection.execute(select(f.function, f.name, f.outsourced).order_by(f.name, f.function)):
        department = DepartmentMeasure(key, name, outsourced)
        held = [place for place in places if key in (place.function, place.supplier)]
        mine = [_measured(department, place.name, kpi) for place in held for kpi in boards[place.touchpoint]]
        rows += mine or [department]
    return tuple(rows)


def _measured(department: DepartmentMeasure, place: str, kpi: KpiResult) -> DepartmentMeasure:
    shared = ("numerator", "denominator", "value", "target", "better", "unit", "judged", "state")
    return replace(department, touchpoint_name=place, measure=kpi.name, **{name: getattr(kpi, name) for name in shared})
