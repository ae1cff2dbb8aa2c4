"""Opens the store, makes it or brings it up to date."""

from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import SQLAlchemyError

from wallboard.errors import StoreRefused
from wallboard.store.connections import WRITES
from wallboard.store.revisions import newest_revision, revision_of, shown
from wallboard.store.rules import are_in_place
from wallboard.store.troubles import ANSWER_SECONDS, LOCK_SECONDS, StoreTrouble, StoreUnreachable, tell_troubles

PRAGMAS = ("temp_store=MEMORY", "recursive_triggers=ON")
"""The last one: what replaces a row deletes it, and the rules hear of that too."""

READS_KIB, WRITES_KIB = 4_096, 65_536
"""Pages of SQLite's file that a connection keeps in memory: what the walls read comes as fast out of the system's."""

ANSWERS_WITHIN = {"connect_timeout": 5, "tcp_user_timeout": 10_000}
"""How long PostgreSQL's server may be silent, in seconds and milliseconds, where the URL does not say."""


def open_store(url: str) -> Engine:
    """An engine on an up-to-date store; raises StoreRefused where it cannot be reached or is newer than this program."""
    engine = make_engine(url)
    try:
        migrate(engine)
    except (StoreUnreachable, SQLAlchemyError) as error:
        engine.dispose()
        reason = str(error.__cause__ or getattr(error, "orig", None) or error).splitlines()[0]
        raise StoreRefused(shown(url), f"the store cannot be opened ({reason}).", "Check `store` in room.toml.") from None
    except StoreTrouble as trouble:
        engine.dispose()
        raise StoreRefused(shown(url), trouble.what, trouble.remedy) from None
    return engine


def make_engine(url: str) -> Engine:
    """An engine with the settings a wall needs: write-ahead log, foreign keys, a patient lock."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        within = {name: value for name, value in ANSWERS_WITHIN.items() if name not in parsed.query}
        engine = create_engine(parsed, pool_pre_ping=True, connect_args=within)
        tell_troubles(engine)
        event.listen(engine, "connect", _patience)
        event.listen(engine, "begin", _writes_for_long)
        return engine
    pool: dict[str, object] = {}
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        pool = {"pool_use_lifo": True}  # the pages that are read are then in the memory of one connection, not of five
    engine = create_engine(parsed, connect_args={"timeout": LOCK_SECONDS}, **pool)
    tell_troubles(engine)
    event.listen(engine, "connect", _pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    waiting = () if cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",) else ("journal_mode=WAL",)
    for pragma in (*PRAGMAS, *waiting, f"cache_size=-{READS_KIB}", "foreign_keys=ON", "synchronous=NORMAL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
    connection.isolation_level = None


def _patience(connection: Any, _record: Any) -> None:
    connection.execute(f"SET lock_timeout = {round(LOCK_SECONDS * 1000)}")
    connection.execute(f"SET statement_timeout = {round(ANSWER_SECONDS * 1000)}")
    connection.commit()


def _writes_for_long(connection: Connection) -> None:
    """A load or a migration takes as long as it takes; a question of a screen that hangs must not take a worker for ever."""
    if connection.get_execution_options().get(WRITES, False):
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")


def _begin(connection: Connection) -> None:
    """Begin for real: the driver by itself begins no transaction for reads, which could then see half a load."""
    writes = connection.get_execution_options().get(WRITES, False)
    if connection.info.get(WRITES, False) != writes:
        connection.exec_driver_sql(f"PRAGMA cache_size=-{WRITES_KIB if writes else READS_KIB}")
        connection.info[WRITES] = writes
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def migrate(engine: Engine) -> None:
    """Bring the store's tables and rules to this program's version; refuses a store that a newer program has written.

    What changes tables is imported only where something has to be changed: a server that opens its store by day needs none of it.
    """
    with engine.connect() as connection:  # a store that is up to date is not locked: a load may be running
        if revision_of(connection) == newest_revision() and are_in_place(connection):
            return
    import_module("wallboard.store.migrating").update(engine)
