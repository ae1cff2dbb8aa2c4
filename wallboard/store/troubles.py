"""Troubles of the store that no program and no person caused, in words: its file, its disk, its lock."""

import os
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from wallboard.errors import StoreRefused

LOCK_SECONDS = 30
"""How long a writer waits for another one."""

STORE = "the store"
_PAGE = 512
"""SQLite's smallest page: its file is whole pages."""

_WORDS = {
    "full": ("its disk is full; nothing was written.", "Make room on that disk, then do it again."),
    "locked": (
        f"another program has been writing for more than {LOCK_SECONDS} seconds; nothing was written.",
        "Wait until its load is over, or end that program, then do it again.",
    ),
    "readonly": ("its file or folder cannot be written; nothing was written.", "Let this program write there."),
    "gone": ("its file is not there any more.", "Put it back, or start the room again to begin a new one."),
    "replaced": ("its file has been replaced while the room was lit.", "Start the room again."),
    "damaged": ("its file cannot be read as a store.", "Put a copy of it back, and start the room again."),
}
_SAID = {
    "full": ("disk is full", "no space left"),
    "locked": ("database is locked", "database table is locked", "lock timeout"),
    "readonly": ("readonly database", "unable to open database file"),
    "damaged": ("malformed", "not a database", "disk i/o error"),
}
_STATES = {"53100": "full", "55P03": "locked", "25006": "readonly"}
"""PostgreSQL's numbers for the same."""


class StoreTrouble(StoreRefused):
    """The store's file, disk or lock is in the way, not what was asked of it."""


def trouble(kind: str) -> StoreTrouble:
    """A trouble by its kind."""
    return StoreTrouble(STORE, *_WORDS[kind])


def trouble_of(error: BaseException | None) -> StoreTrouble | None:
    """The trouble that a driver's error tells of; None where it tells of something else."""
    kind = _STATES.get(str(getattr(error, "sqlstate", "")))
    said = str(error).lower()
    kind = kind or next((kind for kind, parts in _SAID.items() if any(part in said for part in parts)), None)
    return trouble(kind) if kind else None


def tell_troubles(engine: Engine) -> None:
    """Let every trouble that the driver meets be one in words; of SQLite's file also what the driver does not notice."""
    event.listen(engine, "handle_error", _raise_trouble)
    database = engine.url.database
    if engine.url.get_backend_name() == "sqlite" and database not in (None, "", ":memory:"):
        watched = _File(Path(str(database)))
        event.listen(engine, "do_connect", watched.before)
        event.listen(engine, "connect", watched.known_from_now)
        event.listen(engine, "checkout", watched.check)


def _raise_trouble(context: Any) -> None:
    if found := trouble_of(context.original_exception):
        raise found from context.original_exception


class _File:
    """SQLite's file: an open one is read on when its name is gone, and a new connection would quietly make an empty one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: tuple[int, int] | None = None

    def before(self, *_: Any) -> None:
        """Raises StoreTrouble where the file that was known is not there."""
        if self._known is not None:
            self.check()

    def known_from_now(self, *_: Any) -> None:
        """The file is the one that was opened first."""
        if self._known is None:
            found = self._found()
            self._known = (found.st_dev, found.st_ino) if found else None

    def check(self, *_: Any) -> None:
        """Raises StoreTrouble unless the file is still there, the same, and a store."""
        found = self._found()
        if found is None:
            raise trouble("gone")
        if (found.st_dev, found.st_ino) != self._known:
            raise trouble("replaced")
        if found.st_size % _PAGE:
            raise trouble("damaged")

    def _found(self) -> os.stat_result | None:
        """What the disk says of the file. Never opened here: to close it would drop the locks that SQLite holds on it."""
        try:
            return self._path.stat()
        except OSError:
            return None
