"""The journey as it is drawn: stages, their touchpoints, and who answers for each."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Scope
from wallboard.store.schema import employee, function, stage, touchpoint

_STAGE = ("stage", "seq", "name", "internal_name", "goal", "desired", "promise", "promise_source", "future")


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the customer's life, as the customer names it; `owner` is a name. None: nobody has written it down."""

    stage: str
    seq: int
    name: str
    internal_name: str | None
    goal: str | None
    desired: str | None
    promise: str | None
    promise_source: str | None
    future: str | None
    owner: str | None
    owner_key: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """One touchpoint with the names of those who answer for it, None where nobody does; or a stage without any touchpoint."""

    stage: str
    stage_seq: int
    stage_name: str
    stage_owner: str | None
    touchpoint: str | None
    seq: int | None
    touchpoint_name: str | None
    channel: str | None
    priority: bool | None
    moment_of_truth: bool | None
    owner: str | None
    owner_key: str | None
    function: str | None
    supplier: str | None
    promised: str | None
    promised_by: date | None


@dataclass(frozen=True, slots=True)
class Employee:
    """One person, and the department or supplier that they belong to."""

    employee: str
    name: str
    function: str | None
    function_name: str | None
    outsourced: bool | None
    seniority: str | None


@memoised
def stages(connection: Connection, scope: Scope | None = None) -> tuple[Stage, ...]:
    """The stages of the customer's life, in order, as the customer names them.

    Grain: one row per stage.
    """
    names = _people(connection)
    query = select(*(stage.c[name] for name in _STAGE), stage.c.owner).order_by(stage.c.seq, stage.c.stage)
    rows = connection.execute(query).mappings()
    return tuple(Stage(**{**row, "owner": _named(names, row["owner"]), "owner_key": row["owner"]}) for row in rows)


@memoised
def journey_map(connection: Connection, scope: Scope) -> tuple[Place, ...]:
    """Stages and their touchpoints, with the people, departments and suppliers that answer for them; None is a gap.

    Grain: one row per touchpoint in the order of the journey; a stage without one has a row whose touchpoint is None.
    """
    names, at = _people(connection), touchpoint.c
    supplier = function.alias("supplier")
    query = (
        select(
            stage.c.stage, stage.c.seq.label("stage_seq"), stage.c.name.label("stage_name"), stage.c.owner.label("stage_owner"),
            at.touchpoint, at.seq, at.name.label("touchpoint_name"), at.channel, at.priority, at.moment_of_truth,
            at.owner.label("owner_key"), function.c.name.label("function"), supplier.c.name.label("supplier"),
            at.promised, at.promised_by,
        )
        .outerjoin(touchpoint, at.stage == stage.c.stage)
        .outerjoin(function, function.c.function == at.function)
        .outerjoin(supplier, supplier.c.function == at.supplier)
        .order_by(stage.c.seq, stage.c.stage, at.seq, at.touchpoint)
    )  # fmt: skip
    rows = connection.execute(query).mappings()
    return tuple(
        Place(**{**row, "owner": names.get(row["owner_key"]), "stage_owner": _named(names, row["stage_owner"])}) for row in rows
    )


def employees(connection: Connection, scope: Scope) -> tuple[Employee, ...]:
    """Who answers for something, and in which department or at which supplier.

    Grain: one row per person.
    """
    query = (
        select(
            employee.c.employee,
            employee.c.name,
            employee.c.function,
            function.c.name.label("function_name"),
            function.c.outsourced,
        )
        .add_columns(employee.c.seniority)
        .outerjoin(function, function.c.function == employee.c.function)
        .order_by(employee.c.name, employee.c.employee)
    )
    return tuple(Employee(*row) for row in connection.execute(query))


def _people(connection: Connection) -> dict[str | None, str]:
    return {row.employee: row.name for row in connection.execute(select(employee.c.employee, employee.c.name))}


def _named(names: dict[str | None, str], key: str | None) -> str | None:
    """The name of a stage's owner; a key that no person has stands for itself."""
    return names.get(key, key or None)
