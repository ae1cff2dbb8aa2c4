"""What is looked up everywhere: the stage of a touchpoint, and how customers word an issue type."""

from sqlalchemy import Connection, select

from wallboard.store.schema import issue_type, touchpoint


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
