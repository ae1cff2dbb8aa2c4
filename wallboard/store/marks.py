"""Lasting remarks about a store, such as that it holds demo data; nothing takes one away."""

from sqlalchemy import Connection, insert, select

from wallboard.store.schema import store_mark

DEMO = "demo data"


def set_mark(connection: Connection, mark: str) -> None:
    """Remark something, once and for ever."""
    if not has_mark(connection, mark):
        connection.execute(insert(store_mark).values(mark=mark, value="yes"))


def has_mark(connection: Connection, mark: str) -> bool:
    """Whether that was remarked."""
    return connection.execute(select(store_mark.c.mark).where(store_mark.c.mark == mark)).first() is not None
