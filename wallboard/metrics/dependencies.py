"""Who depends on whom: which function works at which stage, and what it hands on and takes there."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from wallboard.metrics.journey import stages
from wallboard.metrics.scope import Scope
from wallboard.store.schema import function, handoff, touchpoint, touchpoint_role

READS = ("stage", "function", "touchpoint", "touchpoint_role", "handoff", "employee")
"""The tables behind dependencies; a panel that shows them reads these."""


@dataclass(frozen=True, slots=True)
class Dependency:
    """What one function, or supplier (`outsourced`), does at one stage, counted.

    `works_at`: touchpoints for which it answers or supplies, or where it has a role today; `gives`, `takes`: handoffs there in
    which it gives a case away, or takes one.
    """

    function: str
    function_name: str
    outsourced: bool
    stage: str
    stage_name: str
    works_at: int
    gives: int
    takes: int


def dependencies(connection: Connection, scope: Scope) -> tuple[Dependency, ...]:
    """Every function against every stage; the handoffs between them are exactly those that are declared.

    Grain: one row per function and stage, functions by name, stages in the customer's order; none is left out.
    """
    t, h, r, f = touchpoint.c, handoff.c, touchpoint_role.c, function.c
    works: set[tuple[str, str, str]] = set()
    for held in connection.execute(select(t.touchpoint, t.stage, t.function, t.supplier)):
        works |= {(key, held.stage, held.touchpoint) for key in (held.function, held.supplier) if key}
    today = r.valid_from <= scope.last_day, or_(r.valid_to.is_(None), r.valid_to > scope.last_day)
    by_role = select(r.function, t.stage, t.touchpoint).join(touchpoint, t.touchpoint == r.touchpoint).where(*today)
    works |= {(row.function, row.stage, row.touchpoint) for row in connection.execute(by_role)}
    works_at = Counter((key, at) for key, at, _ in works)
    passing = select(h.from_function, h.to_function, t.stage).join(touchpoint, t.touchpoint == h.touchpoint)
    gives, takes = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for passed in connection.execute(passing):
        gives[passed.from_function, passed.stage] += 1
        takes[passed.to_function, passed.stage] += 1
    journey = stages(connection, scope)
    return tuple(
        Dependency(
            row.function, row.name, row.outsourced, at.stage, at.name, works_at[row.function, at.stage],
            gives[row.function, at.stage], takes[row.function, at.stage],
        )
        for row in connection.execute(select(f.function, f.name, f.outsourced).order_by(f.name, f.function))
        for at in journey
    )  # fmt: skip
