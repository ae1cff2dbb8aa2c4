"""The journey as it is drawn: stages, their touchpoints, and who answers for each."""

import pandas as pd
from sqlalchemy import Connection, select

from wallboard.metrics.frames import tidy
from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Scope
from wallboard.store.schema import function, person, stage, touchpoint

_SAID = ("stage", "seq", "name", "internal_name", "goal", "desired", "promise", "promise_source", "future")


@memoised
def stages(connection: Connection, scope: Scope | None = None) -> pd.DataFrame:
    """The stages of the customer's life, in order, as the customer names them.

    Grain: one row per stage.
    Columns: stage, seq, name, internal_name, goal, desired, promise, promise_source, future, owner, owner_key
    """
    names = _people(connection)
    query = select(*(stage.c[name] for name in _SAID), stage.c.owner.label("owner_key")).order_by(stage.c.seq, stage.c.stage)
    rows = connection.execute(query).mappings()
    return tidy(({**row, "owner": names.get(row["owner_key"] or "", row["owner_key"] or None)} for row in rows), stages)


@memoised
def journey_map(connection: Connection, scope: Scope) -> pd.DataFrame:
    """Stages and their touchpoints, with the people, departments and suppliers that answer for them; None is a gap.

    Grain: one row per touchpoint in the order of the journey; a stage without one has a row whose touchpoint is None.
    Columns: stage, stage_seq, stage_name, stage_owner, touchpoint, seq, touchpoint_name, channel, priority, moment_of_truth,
    owner, owner_key, function, supplier, promised, promised_by
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
    rows = []
    for row in connection.execute(query).mappings():
        answers = {
            "owner": names.get(row["owner_key"] or ""),
            "stage_owner": names.get(row["stage_owner"] or "", row["stage_owner"]),
        }
        rows.append({**row, **answers})
    return tidy(rows, journey_map)


def people(connection: Connection, scope: Scope) -> pd.DataFrame:
    """Who answers for something, and in which department or at which supplier.

    Grain: one row per person.
    Columns: person, name, function, function_name, outsourced, seniority
    """
    query = (
        select(person.c.person, person.c.name, person.c.function, function.c.name.label("function_name"), function.c.outsourced)
        .add_columns(person.c.seniority)
        .outerjoin(function, function.c.function == person.c.function)
        .order_by(person.c.name, person.c.person)
    )
    return tidy((dict(row) for row in connection.execute(query).mappings()), people)


def _people(connection: Connection) -> dict[str, str]:
    return {row.person: row.name for row in connection.execute(select(person.c.person, person.c.name))}
