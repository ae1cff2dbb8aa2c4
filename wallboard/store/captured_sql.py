"""Captures the SQL that a connection sends, word for word."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, event

QUERIES = ("SELECT", "WITH")


@dataclass(frozen=True)
class Statement:
    """One statement as the database got it, and the values that went with it."""

    statement: str
    values: tuple[str, ...]


@contextmanager
def captured_sql(connection: Connection) -> Iterator[list[Statement]]:
    """What is asked through the connection inside the block, in order."""
    statements: list[Statement] = []

    def hear(_: object, __: object, statement: str, parameters: object, *___: object) -> None:
        if statement.lstrip().upper().startswith(QUERIES):
            statements.append(Statement(statement, tuple(_named(parameters))))

    event.listen(connection, "before_cursor_execute", hear)
    try:
        yield statements
    finally:
        event.remove(connection, "before_cursor_execute", hear)


def _named(parameters: Any) -> Iterator[str]:
    if isinstance(parameters, Mapping):
        yield from (f"{name} = {value}" for name, value in parameters.items())
    else:
        yield from (str(value) for value in parameters or ())
