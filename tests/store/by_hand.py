"""Writes into a store by hand: through connections that know nothing of the room, as any program would open them."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from sqlite3 import connect
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, Engine, Table, create_engine, insert
from sqlalchemy.exc import DBAPIError

from tests.records.living import Living
from tests.templates import shared


class Handled(Living):
    """A room, and a way past it: the driver's own defaults.

    In SQLite references are not looked at then, and REPLACE deletes a row without asking any trigger.
    """

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.hand = shared(create_engine(engine.url))


@contextmanager
def by_hand(room: Handled) -> Iterator[Connection]:
    """One transaction of such a connection."""
    with room.hand.begin() as connection:
        yield connection


def refused(room: Handled, table: Table, **values: Any) -> str:
    """What the store says to a row written by hand; the test fails where it says nothing."""
    with pytest.raises(DBAPIError) as error, by_hand(room) as connection:
        connection.execute(insert(table).values(**values))
    return str(error.value.orig)


def raw(engine: Engine, *statements: str) -> None:
    """Statements through the driver alone: the module sqlite3 without a pragma, or psycopg."""
    with bare(engine) as run:
        run(*statements)


@contextmanager
def bare(engine: Engine) -> Iterator[Callable[..., None]]:
    """One connection of the driver alone: it runs some statements in a transaction of their own, as often as it is called."""
    if engine.dialect.name == "sqlite":
        with closing(connect(str(engine.url.database))) as connection:
            yield partial(_run, connection)
        return
    with closing(psycopg.connect(engine.url.render_as_string(hide_password=False).replace("+psycopg", ""))) as session:
        yield partial(_run, session)


def _run(connection: sqlite3.Connection | psycopg.Connection[Any], *statements: str) -> None:
    try:
        for statement in statements:
            if isinstance(connection, sqlite3.Connection):
                connection.execute(statement)
            else:
                connection.execute(statement.encode())
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
