"""Whether a store holds the demo company's data, which nothing takes back, and how such a store is emptied for the next demo."""

from sqlalchemy import Connection, delete, select

from wallboard.errors import StoreRefused
from wallboard.store.guarded import FIXED
from wallboard.store.properties import set_store_property, store_property_value
from wallboard.store.rules import lifted
from wallboard.store.schema import load_run, metadata, store_property, table_version

_NAME = "demo data"


def set_demo(connection: Connection) -> None:
    """Remember for ever that the store holds demo data."""
    set_store_property(connection, _NAME, "yes")


def is_demo(connection: Connection) -> bool:
    """Whether the store has ever taken demo data."""
    return store_property_value(connection, _NAME) is not None


def clear_demo(connection: Connection) -> None:
    """Empty a store of demo data, its versions counting on; raises StoreRefused where it holds anything else."""
    if not is_demo(connection):
        if connection.execute(select(load_run.c.id).limit(1)).first() is not None:
            raise StoreRefused(
                "the store", "it holds data that are not the demo company's.", "Give the demo room a store of its own."
            )
        return
    spared = (store_property.name, table_version.name, *FIXED)
    with lifted(connection):
        for table in reversed(metadata.sorted_tables):
            if table.name not in spared:
                connection.execute(delete(table))
