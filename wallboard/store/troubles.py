"""Troubles of the store that no program and no person caused, in words: its file or server, its disk, its lock."""

import os
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from wallboard.errors import StoreRefused

LOCK_SECONDS = 30
"""How long a writer waits for another one."""

ANSWER_SECONDS = 60
"""How long PostgreSQL may take over one question of a reader."""

STORE = "the store"
_PAGE = 512
"""SQLite's smallest page: its file is whole pages."""

_WORDS = {
    "full": ("its disk is full; nothing was written.", "Make room on that disk, then do it again."),
    "locked": (
        f"another program has been writing for more than {LOCK_SECONDS} seconds; nothing was written.",
        "Wait until its load is over, or end that program, then do it again.",
    ),
    "slow": (
        f"its database took more than {ANSWER_SECONDS} seconds over one question.",
        "Look what else that server is doing; the room asks again by itself.",
    ),
    "readonly": ("its file or folder cannot be written; nothing was written.", "Let this program write there."),
    "standby": ("its database can only be read; nothing was written.", "Name the database server that takes writes."),
    "deadlock": ("another program was writing the same rows; nothing was written.", "Do it again."),
    "gone": ("its file is not there any more.", "Put it back, or start the room again to begin a new one."),
    "unreachable": ("its database does not answer.", "Start the database server; the room goes on as soon as it answers."),
    "crowded": ("its database takes no more connections.", "End programs that hold some, or raise max_connections there."),
    "replaced": ("it has been replaced while the room was lit.", "Start the room again."),
    "damaged": ("it cannot be read as a store.", "Put a copy of it back, and start the room again."),
}
_DRIVER_WORDS = {
    "full": ("disk is full", "no space left"),
    "locked": ("database is locked", "database table is locked", "lock timeout"),
    "readonly": ("readonly database", "unable to open database file"),
    "damaged": ("malformed", "not a database", "disk i/o error"),
}
_STATES = {
    "53100": "full",
    "55P03": "locked",
    "57014": "slow",
    "40P01": "deadlock",
    "25006": "standby",
    "57P01": "unreachable",
    "57P02": "unreachable",
    "57P03": "unreachable",
    "53300": "crowded",
    "42P01": "damaged",
    "58030": "damaged",
    "XX001": "damaged",
    "XX002": "damaged",
}
"""PostgreSQL's SQLSTATE of the same; 57014 is a statement that was cancelled, 42P01 a table that is not there."""


class StoreTrouble(StoreRefused):
    """The store's file, server, disk or lock is in the way, not what was asked of it."""


class StoreUnreachable(StoreTrouble):
    """The store's server does not answer, or lets nobody in: the error it is raised from says why, and names the server."""


def trouble(kind: str) -> StoreTrouble:
    """A trouble by its kind."""
    return (StoreUnreachable if kind == "unreachable" else StoreTrouble)(STORE, *_WORDS[kind])


def trouble_of(error: BaseException | None) -> StoreTrouble | None:
    """The trouble that a driver's error tells of; None where it tells of something else."""
    kind = _kind_of_postgresql(error) if hasattr(error, "sqlstate") else _kind_of_sqlite(error)
    return trouble(kind) if kind else None


def _kind_of_postgresql(error: Any) -> str | None:
    """By its number only: its text may quote what a customer wrote. What has none never came from a server that answers."""
    if error.sqlstate is None:
        return "unreachable" if any(kind.__name__ == "OperationalError" for kind in type(error).__mro__) else None
    return "unreachable" if error.sqlstate.startswith("08") else _STATES.get(error.sqlstate)


def _kind_of_sqlite(error: BaseException | None) -> str | None:
    message = str(error).lower()
    return next((kind for kind, parts in _DRIVER_WORDS.items() if any(part in message for part in parts)), None)


def tell_troubles(engine: Engine) -> None:
    """Let every trouble that the driver meets be one in words, and notice what the driver does not: another file or database."""
    event.listen(engine, "handle_error", _raise_trouble)
    database = engine.url.database
    if engine.dialect.name == "postgresql":
        event.listen(engine, "connect", _Database().check)
    elif database not in (None, "", ":memory:"):
        watched = _File(Path(str(database)))
        event.listen(engine, "do_connect", watched.before)
        event.listen(engine, "connect", watched.known_from_now)
        event.listen(engine, "checkout", watched.check)


def _raise_trouble(context: Any) -> None:
    if context.is_pre_ping and context.is_disconnect:  # a connection of before; the pool makes another one
        return
    if met := trouble_of(context.original_exception):
        raise met from context.original_exception


class _Database:
    """PostgreSQL's database: one of the same name that was made anew would be read on. To drop it, all connections are closed."""

    def __init__(self) -> None:
        self._known: int | None = None

    def check(self, connection: Any, _record: Any) -> None:
        """Raises StoreTrouble unless a new connection leads to the database that was opened first."""
        cursor = connection.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        [answer] = cursor.fetchone()
        connection.rollback()
        self._known = self._known or answer
        if answer != self._known:
            connection.close()
            raise trouble("replaced")


class _File:
    """SQLite's file: an open one is read on when its name is gone, and a new connection would quietly make an empty one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: tuple[int, int] | None = None

    def before(self, *_: Any) -> None:
        """Raises StoreTrouble where the file that was known is not there."""
        if self._known is not None:
            self.check()

    def known_from_now(self, *_: object) -> None:
        """The file is the one that was opened first."""
        if self._known is None:
            status = self._stat()
            self._known = (status.st_dev, status.st_ino) if status else None

    def check(self, *_: Any) -> None:
        """Raises StoreTrouble unless the file is still there, the same, and a store."""
        status = self._stat()
        if status is None:
            raise trouble("gone")
        if (status.st_dev, status.st_ino) != self._known:
            raise trouble("replaced")
        if status.st_size % _PAGE:
            raise trouble("damaged")

    def _stat(self) -> os.stat_result | None:
        """What the disk says of the file. Never opened here: to close it would drop the locks that SQLite holds on it."""
        try:
            return self._path.stat()
        except OSError:
            return None
