"""Connections for the two things one does with a store: read one consistent picture of it, or write all or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

WRITES = "room_writes"
"""Execution option of a connection that will write: SQLite then takes its write lock at once, instead of failing later."""


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection whose every query sees the store as it stood at the first one: never half a load."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection in one transaction: committed at the end of the block, undone by an exception or a kill."""
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        yield connection
