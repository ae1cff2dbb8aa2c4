"""What is remembered of the store itself: a value by name, such as which rules it keeps, or that it holds demo data."""

from sqlalchemy import Connection, delete, insert, select

from wallboard.store.schema import store_property

_P = store_property.c


def store_property_value(connection: Connection, name: str) -> str | None:
    """What the store remembers under a name; None where it has never been set."""
    return connection.scalar(select(_P.value).where(_P.name == name))


def set_store_property(connection: Connection, name: str, value: str) -> None:
    """Remember a value in place of the one before it."""
    connection.execute(delete(store_property).where(_P.name == name))
    connection.execute(insert(store_property).values(name=name, value=value))
