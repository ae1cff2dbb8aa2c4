"""What is looked up everywhere: the stage of a touchpoint, how customers word an issue type, which functions are involved."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from wallboard.store.schema import issue_function, issue_type, mandate, touchpoint, user_account


def touchpoint_stages(connection: Connection) -> dict[str, str]:
    """The one stage in which each touchpoint lies."""
    return {row.touchpoint: row.stage for row in connection.execute(select(touchpoint.c.touchpoint, touchpoint.c.stage))}


def demands(connection: Connection) -> dict[str, str]:
    """The demand of each issue type: failure, value, preventable, unclassified."""
    return {row.issue_type: row.demand for row in connection.execute(select(issue_type.c.issue_type, issue_type.c.demand))}


def wordings(connection: Connection) -> dict[str, str]:
    """How customers word each issue type; '' is unclassified."""
    rows = connection.execute(select(issue_type.c.issue_type, issue_type.c.wording))
    return {"": "unclassified"} | {row.issue_type: row.wording for row in rows}


def involved_functions(connection: Connection) -> tuple[str, ...]:
    """The functions that are part of the solution, in order: they hold a touchpoint, or an issue touches them."""
    answering = select(touchpoint.c.function).where(touchpoint.c.function.is_not(None))
    known = answering.union(select(issue_function.c.function)).subquery()
    return tuple(connection.scalars(select(known.c.function).order_by(known.c.function)))


def functions_of(connection: Connection, users: Collection[int]) -> set[str]:
    """The functions in which users work, or for which they decide."""
    u, g = user_account.c, mandate.c
    works = select(u.function).where(u.id.in_([*users]), u.function.is_not(None))
    decides = select(g.function).where(g.user_id.in_([*users]), g.until.is_(None))
    return set(connection.scalars(works.union(decides)))
