"""Opens the store, makes it or brings it up to date."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import SQLAlchemyError

from wallboard.errors import StoreRefused
from wallboard.store.connections import WRITES
from wallboard.store.rules import are_in_place, put_in_place, take_away
from wallboard.store.troubles import LOCK_SECONDS, StoreTrouble, StoreUnreachable, tell_troubles

PRAGMAS = ("cache_size=-65536", "temp_store=MEMORY", "recursive_triggers=ON")
"""The last one: what replaces a row deletes it, and the rules hear of that too."""

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
        raise StoreRefused(_shown(url), f"the store cannot be opened ({reason}).", "Check `store` in room.toml.") from None
    except StoreTrouble as trouble:
        engine.dispose()
        raise StoreRefused(_shown(url), trouble.what, trouble.remedy) from None
    return engine


def make_engine(url: str) -> Engine:
    """An engine with the settings a wall needs: write-ahead log, foreign keys, a patient lock."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        within = {name: value for name, value in ANSWERS_WITHIN.items() if name not in parsed.query}
        engine = create_engine(parsed, pool_pre_ping=True, connect_args=within)
        tell_troubles(engine)
        event.listen(engine, "connect", _patience)
        return engine
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, connect_args={"timeout": LOCK_SECONDS})
    tell_troubles(engine)
    event.listen(engine, "connect", _pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    waiting = () if cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",) else ("journal_mode=WAL",)
    for pragma in (*PRAGMAS, *waiting, "foreign_keys=ON", "synchronous=NORMAL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
    connection.isolation_level = None


def _patience(connection: Any, _record: Any) -> None:
    connection.execute(f"SET lock_timeout = {round(LOCK_SECONDS * 1000)}")
    connection.commit()


def _begin(connection: Connection) -> None:
    """Begin for real: the driver by itself begins no transaction for reads, which could then see half a load."""
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def migrate(engine: Engine) -> None:
    """Bring the store's tables and rules to this program's version; refuses a store that a newer program has written."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    scripts = ScriptDirectory.from_config(config)
    with engine.connect() as connection:  # a store that is up to date is not locked: a load may be running
        if _revision(connection) == scripts.get_current_head() and are_in_place(connection):
            return
    with _rebuilding(engine) as connection:
        current = _revision(connection)
        if current == scripts.get_current_head():
            _newest_rules(connection)
            return
        if current is not None and current not in {script.revision for script in scripts.walk_revisions()}:
            raise StoreRefused(_shown(str(engine.url)), "the store was written by a newer version.", "Update this program.")
        config.attributes["connection"] = connection
        take_away(connection)  # no trigger watches over a table while it is made anew
        command.upgrade(config, "head")
        put_in_place(connection)


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _newest_rules(connection: Connection) -> None:
    """A newer program may have other rules without other tables."""
    if not are_in_place(connection):
        put_in_place(connection)


@contextmanager
def _rebuilding(engine: Engine) -> Iterator[Connection]:
    """A writing connection; in SQLite, which changes a table by making it anew, what refers to it may dangle meanwhile."""
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        driver: Any = connection.connection.driver_connection
        sqlite = engine.dialect.name == "sqlite"
        if sqlite:
            driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                before = _dangling(connection)
                yield connection
                if lost := _dangling(connection) - before:
                    (table, parent), rows = next(iter(lost.items()))
                    said = f"after its update {rows} more rows of {table} name a {parent} that is not there; nothing was changed."
                    raise StoreRefused(_shown(str(engine.url)), said, "Restore a copy of it.")
        finally:
            if sqlite:
                driver.execute("PRAGMA foreign_keys=ON")


def _dangling(connection: Connection) -> Counter[tuple[str, str]]:
    """How many rows of which table name rows of another that are not there; `wallboard check` names those that stood before."""
    if connection.dialect.name != "sqlite":
        return Counter()
    return Counter((row[0], row[2]) for row in connection.exec_driver_sql("PRAGMA foreign_key_check"))


def _shown(url: str) -> str:
    return make_url(url).render_as_string(hide_password=True)
