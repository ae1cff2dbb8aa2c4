"""What a company can say about itself on the first day, from a file of tickets and a file of bills."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from wallboard.metrics.frames import tidy
from wallboard.metrics.issues import still_open
from wallboard.metrics.scope import Scope
from wallboard.store.schema import voice


def unowned_issues(connection: Connection, scope: Scope, limit: int = 5) -> pd.DataFrame:
    """Open complaints that nobody is on at the end of the last complete day, the oldest first, as the customer wrote them.

    Grain: one row per open complaint without an owner.
    Columns: day, age_days, words, heard_through, perimeter
    """
    v = voice.c
    query = (
        select(v.day, v.words, v.heard_through, v.perimeter)
        .where(*still_open(scope), func.coalesce(v.owner, "") == "")
        .order_by(v.day, v.occurred_at, v.id)
        .limit(limit)
    )
    rows: list[dict[str, Any]] = [dict(row) for row in connection.execute(query).mappings()]
    return tidy(({**row, "age_days": (scope.today - row["day"]).days + 1} for row in rows), unowned_issues)
