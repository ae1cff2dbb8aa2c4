"""Empty, up-to-date stores: migrated once, and then copied (SQLite) or emptied (PostgreSQL) for every test."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, create_engine, text

from tests import postgres
from tests.records.living import MONDAY, ROOM
from wallboard.store.guarded import FIXED
from wallboard.store.limits import keep_limits
from wallboard.store.open import open_store
from wallboard.store.rules import IN_PLACE
from wallboard.store.schema import metadata, store_property
from wallboard.store.zones import IN_PLACE as ZONES
from wallboard.store.zones import keep_zones

STRANGERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
NUMBERS = "SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'"
"""Rows are numbered from 1 again."""

GONE = {
    "sqlite": "the store: its file is not there any more. Put it back, or start the room again to begin a new one.",
    "postgresql": "the store: its database does not answer. Start the database server; the room goes on as soon as it answers.",
}
"""What the room says of a store that is away."""


class Emptied(Protocol):
    """Takes every row out of a database and gives its URL."""

    def __call__(self) -> str: ...


def blank_file(file: Path) -> Path:
    """An empty store on SQLite, to be copied."""
    engine = open_store(f"sqlite:///{file}")
    keep_zones(engine, ROOM, MONDAY)
    keep_limits(engine, ROOM)
    engine.dispose()
    return file


@contextmanager
def emptied_again(server: str, name: str) -> Iterator[Emptied]:
    """One database on PostgreSQL for many tests, one after the other.

    Taking the rows out of 57 tables costs 3 ms, a copy of a template 60 ms, the migrations 250 ms. Whoever is still connected is
    put out first; a test that changes the tables themselves needs a database of its own.
    """
    with postgres.database(server, name) as url:
        opened = open_store(url)
        keep_zones(opened, ROOM, MONDAY)
        keep_limits(opened, ROOM)
        opened.dispose()
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        tables = [table for table in reversed(metadata.sorted_tables) if table.name not in FIXED]
        deletions = ";".join(f'DELETE FROM "{table.name}"' for table in tables if table is not store_property)
        deletions += f";DELETE FROM store_property WHERE name NOT IN ('{IN_PLACE}', '{ZONES}')"
        with engine.connect() as keeper:
            keeper.execute(text("SET session_replication_role = replica"))

            def empty() -> str:
                keeper.execute(text(STRANGERS))
                keeper.exec_driver_sql(deletions)
                keeper.execute(text(NUMBERS))
                return url

            yield empty
        engine.dispose()


def replace(engine: Engine) -> None:
    """Put another store in the place of one."""
    if engine.dialect.name == "sqlite":
        file = str(engine.url.database)
        Path(shutil.copy(file, f"{file}.other")).replace(file)
        return
    with _admin(engine) as connection:
        connection.execute(text(f"DROP DATABASE {engine.url.database} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {engine.url.database}"))


@contextmanager
def away(engine: Engine) -> Iterator[None]:
    """A store that is not where it was: its file or database has another name until the block is over."""
    name = str(engine.url.database)
    if engine.dialect.name == "sqlite":
        file = Path(name).rename(f"{name}.away")
        try:
            yield
        finally:
            file.rename(name)
        return
    with _admin(engine) as connection:
        connection.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"))
        connection.execute(text(f"ALTER DATABASE {name} RENAME TO {name}_away"))
        try:
            yield
        finally:
            connection.execute(text(f"ALTER DATABASE {name}_away RENAME TO {name}"))


@contextmanager
def _admin(engine: Engine) -> Iterator[Connection]:
    admin = create_engine(engine.url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        yield connection
    admin.dispose()
