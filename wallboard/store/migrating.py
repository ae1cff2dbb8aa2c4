"""Changes a store's tables and rules to those of this program."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError

from wallboard.errors import StoreRefused
from wallboard.store.connections import WRITES
from wallboard.store.revisions import MIGRATIONS, newest_revision, revision_of, shown
from wallboard.store.rules import are_in_place, put_in_place, take_away


def update(engine: Engine) -> None:
    """Make the tables, or change them step by step; raises StoreRefused where a newer program has written them."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with _rebuilding(engine) as connection:
        current = revision_of(connection)
        if current == newest_revision():
            _newest_rules(connection)
            return
        if current is not None and current not in _known(config):
            raise StoreRefused(shown(str(engine.url)), "the store was written by a newer version.", "Update this program.")
        _refuse_broken_views(connection)
        config.attributes["connection"] = connection
        take_away(connection)  # no trigger watches over a table while it is made anew
        command.upgrade(config, "head")
        put_in_place(connection)


def _known(config: Config) -> set[str]:
    return {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}


def _refuse_broken_views(connection: Connection) -> None:
    """SQLite changes no table while a view names what is not there: raises StoreRefused that names the view."""
    if connection.dialect.name != "sqlite":
        return
    for (view,) in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name").all():
        quoted = view.replace('"', '""')
        try:
            connection.exec_driver_sql(f'EXPLAIN SELECT * FROM "{quoted}"')  # noqa: S608
        except DatabaseError as error:
            what = f'the view "{view}" in it cannot be read ({error.orig}); the store cannot be brought up to date beside it.'
            remedy = f'Take it away with DROP VIEW "{quoted}", start the room again, and make it anew from tables that are there.'
            raise StoreRefused(shown(str(connection.engine.url)), what, remedy) from None


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
                    message = (
                        f"after its update {rows} more rows of {table} name a {parent} that is not there; nothing was changed."
                    )
                    raise StoreRefused(shown(str(engine.url)), message, "Restore a copy of it.")
        finally:
            if sqlite:
                driver.execute("PRAGMA foreign_keys=ON")


def _dangling(connection: Connection) -> Counter[tuple[str, str]]:
    """How many rows of which table name rows of another that are not there; `wallboard check` names those that stood before."""
    if connection.dialect.name != "sqlite":
        return Counter()
    return Counter((row[0], row[2]) for row in connection.exec_driver_sql("PRAGMA foreign_key_check"))
