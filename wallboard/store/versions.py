"""How often each table has changed: what a pulse reads and every write raises."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from wallboard.store.schema import table_version


def read_versions(connection: Connection) -> Mapping[str, int]:
    """Table name to version; a table never written is absent."""
    rows = connection.execute(select(table_version.c.table_name, table_version.c.version))
    return {row.table_name: row.version for row in rows}


def raise_versions(connection: Connection, tables: Iterable[str], at: datetime) -> None:
    """Say that `tables` have changed at `at`, in the caller's transaction."""
    known = read_versions(connection)
    for name in sorted(set(tables)):
        if name in known:
            statement = update(table_version).where(table_version.c.table_name == name)
            connection.execute(statement.values(version=known[name] + 1, changed_at=at))
        else:
            connection.execute(insert(table_version).values(table_name=name, version=1, changed_at=at))


def changed_at(connection: Connection, tables: Iterable[str]) -> datetime | None:
    """When any of `tables` was last written; None where none ever was."""
    mine = table_version.c.table_name.in_(sorted(set(tables)))
    found = connection.execute(
        select(table_version.c.changed_at).where(mine).order_by(table_version.c.changed_at.desc()).limit(1)
    )
    return found.scalar()
