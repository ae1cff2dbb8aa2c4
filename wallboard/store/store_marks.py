"""Lasting remarks about a store, such as that it holds demo data; nothing takes one away."""

from sqlalchemy import Connection, delete, insert, select

from wallboard.errors import StoreRefused
from wallboard.store.guarded import FIXED
from wallboard.store.rules import lifted
from wallboard.store.schema import load_run, metadata, store_mark, table_version

DEMO = "demo data"


def set_mark(connection: Connection, mark: str) -> None:
    """Remark something, once and for ever."""
    if not has_mark(connection, mark):
        connection.execute(insert(store_mark).values(mark=mark, value="yes"))


def has_mark(connection: Connection, mark: str) -> bool:
    """Whether that was remarked."""
    return connection.execute(select(store_mark.c.mark).where(store_mark.c.mark == mark)).first() is not None


def clear_demo(connection: Connection) -> None:
    """Empty a store of demo data, its versions counting on; raises StoreRefused where it holds anything else."""
    if not has_mark(connection, DEMO):
        if connection.execute(select(load_run.c.id).limit(1)).first() is not None:
            raise StoreRefused(
                "the store", "it holds data that are not the demo company's.", "Give the demo room a store of its own."
            )
        return
    spared = (store_mark.name, table_version.name, *FIXED)
    with lifted(connection):
        for table in reversed(metadata.sorted_tables):
            if table.name not in spared:
                connection.execute(delete(table))
