"""What tests make again and again is made once a process: statements are compiled, and a store is filled."""

from collections.abc import Callable, MutableMapping
from copy import deepcopy
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Dialect, Engine, event
from sqlalchemy.util import LRUCache

from wallboard.store.open import make_engine

T = TypeVar("T")

_DIALECTS: dict[str, Dialect] = {}
_COMPILED: MutableMapping[Any, Any] = LRUCache(4_000)
_FILLED: dict[tuple[str, int], tuple[bytes, Any]] = {}
"""By name and by the hash of a store's file before it was filled: the file after it, and what filling returned.

Python's own hash takes a quarter of the time of any other for two megabytes, and nobody chooses them against it.
"""

_BEING_FILLED: set[Engine] = set()


def store_in(file: Path) -> Engine:
    """An engine on an up-to-date store of SQLite that a test may lose: nobody waits until it is safe on the disk."""
    engine = shared(make_engine(f"sqlite:///{file}"))
    event.listen(engine, "connect", _unsafe)
    return engine


def shared(engine: Engine) -> Engine:
    """The same engine, which compiles no statement that another one of this process has compiled."""
    dialect = _DIALECTS.get(engine.dialect.name)
    if dialect is None:
        engine.connect().close()  # a dialect knows its database after the first connection
        dialect = _DIALECTS[engine.dialect.name] = engine.dialect
    engine.dialect = dialect
    engine.update_execution_options(compiled_cache=_COMPILED)
    return engine


def _unsafe(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF")


def filled(engine: Engine, name: str, fill: Callable[[Engine], T]) -> T:
    """Fill a store, and return what `fill` returns; a file of SQLite that nobody has opened yet becomes what it became before."""
    if engine.dialect.name != "sqlite" or _is_open(engine):
        return fill(engine)
    file = Path(str(engine.url.database))
    key = name, hash(file.read_bytes()) if file.exists() else 0
    if key in _FILLED:
        file.write_bytes(_FILLED[key][0])
    elif engine in _BEING_FILLED:
        return fill(engine)
    else:
        _BEING_FILLED.add(engine)
        try:
            result = fill(engine)
        finally:
            _BEING_FILLED.remove(engine)
        engine.dispose()  # SQLite then writes its log into the file
        if _is_open(engine):  # not yet: what `fill` wrote may stand in the log alone
            return result
        _FILLED[key] = file.read_bytes(), result
    copy: T = deepcopy(_FILLED[key][1])
    return copy


def _is_open(engine: Engine) -> bool:
    """Somebody reads or writes the file, through this engine or another: SQLite's log stands beside it until the last is gone."""
    in_pool = engine.pool.checkedin() + engine.pool.checkedout()  # type: ignore[attr-defined]
    return bool(in_pool) or Path(f"{engine.url.database}-wal").exists()
