"""Who changed what, before and after, newest first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from wallboard.store.schema import audit, user_account


@dataclass(frozen=True)
class Change:
    """One change; `by` is None where the program itself wrote, `was` and `became` are rows as JSON."""

    id: int
    at: datetime
    by: str | None
    changed: str
    row_key: str
    did: str
    was: str | None
    became: str | None


def changes(connection: Connection, page: int, size: int) -> list[Change]:
    """One page of changes, the newest first, in whatever order they came to the store."""
    columns = [audit.c[name] for name in Change.__dataclass_fields__ if name != "by"]
    chosen = select(*columns, user_account.c.name.label("by")).join(
        user_account, user_account.c.id == audit.c.actor, isouter=True
    )
    rows = connection.execute(
        chosen.order_by(audit.c.at.desc(), audit.c.id.desc()).limit(size).offset((page - 1) * size)
    ).mappings()
    return [Change(**row) for row in rows]


def count_changes(connection: Connection) -> int:
    """How many changes there are."""
    return connection.scalar(select(func.count()).select_from(audit)) or 0
