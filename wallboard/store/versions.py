"""How often each table has changed, and when last: what a pulse reads and every write raises."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock, local

from sqlalchemy import Connection, Engine, QueuePool, case, func, insert, select, update
from sqlalchemy.engine.interfaces import DBAPIConnection

from wallboard.store.schema import table_version


@dataclass(frozen=True, eq=False)
class Versions(Mapping[str, int]):
    """Table name to version, of one transaction; a table never written is absent. `changed_at`: when any was last written."""

    numbers: Mapping[str, int]
    changed_at: datetime | None

    def __getitem__(self, table: str) -> int:
        return self.numbers[table]

    def __iter__(self) -> Iterator[str]:
        return iter(self.numbers)

    def __len__(self) -> int:
        return len(self.numbers)

    def __eq__(self, other: object) -> bool:
        return self.numbers == other.numbers if isinstance(other, Versions) else Mapping.__eq__(self, other)

    __hash__ = None  # type: ignore[assignment]

    def as_of(self, now: datetime) -> datetime:
        """The instant at which these versions are read: the running minute, or the newest write in it; never after `now`.

        Cut to the minute, pictures share what they measure; cut before the newest write, they would leave out what it wrote.
        """
        minute = now.replace(second=0, microsecond=0)
        return minute if self.changed_at is None else max(minute, min(self.changed_at, now))

    def ahead_of(self, now: datetime) -> bool:
        """Whether the newest write is dated after `now`, as by another machine's clock: to be read again when it is due."""
        return self.changed_at is not None and self.changed_at > now


def read_versions(connection: Connection) -> Versions:
    """The versions of all tables."""
    rows = connection.execute(select(table_version.c.table_name, table_version.c.version, table_version.c.changed_at)).all()
    return Versions({row.table_name: row.version for row in rows}, max((row.changed_at for row in rows), default=None))


class VersionsReader:
    """Reads the versions for a pulse: all of them only where any has grown since, the same object as long as none has."""

    def __init__(self) -> None:
        self._last: tuple[object, Versions] | None = None

    def read(self, connection: Connection) -> Versions:
        """As read_versions. Versions only grow: where there are as many and their sum is the same, so is each of them."""
        total = connection.execute(_TOTAL).one()
        last = self._last
        if last is None or last[0] != total:
            self._last = last = total, read_versions(connection)
        return last[1]


class _LocalAnswer(local):
    """The answer that holds for whoever asks in one thread just now, if any does."""

    answers: tuple[tuple[object, ...] | None, ...] = ()


class VersionsWatch:
    """Tells whether any table has changed since it was last asked, by one bare question to the database.

    A pulse asks it before it begins a transaction: with nothing changed, that question is all that it asks.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._plain = str(_TOTAL.compile(dialect=engine.dialect))
        self._kept = _LocalAnswer()
        is_file = engine.dialect.name == "sqlite" and isinstance(engine.pool, QueuePool)
        self._file = _FileWatch(engine, self._plain) if is_file else None

    @contextmanager
    def once(self) -> Iterator[tuple[object, ...] | None]:
        """The total, which stays the answer to whoever asks within: what is read there is never older, as versions only grow."""
        total = self._ask()
        self._kept.answers = (total,)
        try:
            yield total
        finally:
            self._kept.answers = ()

    def total(self) -> tuple[object, ...] | None:
        """Another one wherever a table has changed; None where the database does not answer: a transaction says why."""
        return self._kept.answers[0] if self._kept.answers else self._ask()

    def _ask(self) -> tuple[object, ...] | None:
        try:
            if self._file is not None:
                return self._file.total()
            bare = self._engine.raw_connection()
            try:
                cursor = bare.cursor()
                cursor.execute(self._plain)
                return tuple(cursor.fetchone() or ())
            finally:
                bare.close()
        except Exception:
            return None


class _FileWatch:
    """A connection of its own to a file of SQLite, which knows by a number of the file whether anybody has written since.

    A file that was taken away stays open: whether the one at its path is still the same is asked each time.
    """

    def __init__(self, engine: Engine, question: str) -> None:
        self._engine, self._question = engine, question
        self._lock = Lock()
        self._path = Path(str(engine.url.database))
        self._connection: DBAPIConnection | None = None
        self._opened: tuple[int, int] | None = None
        self._last: tuple[object, tuple[object, ...]] | None = None

    def total(self) -> tuple[object, ...]:
        """The answer, asked for anew only where any connection has written."""
        with self._lock:
            try:
                return self._read_anew()
            except BaseException:
                self._connection = self._last = None
                raise

    def _read_anew(self) -> tuple[object, ...]:
        there = self._path.stat()
        if self._connection is None or self._opened != (there.st_dev, there.st_ino):
            if self._connection is not None:
                self._connection.close()
            self._opened, self._last = (there.st_dev, there.st_ino), None
            pooled = self._engine.raw_connection()
            pooled.detach()
            self._connection = pooled.dbapi_connection
        cursor = self._connection.cursor()  # type: ignore[union-attr]
        [(written,)] = cursor.execute("PRAGMA data_version").fetchall()
        if self._last is None or self._last[0] != written:
            [row] = cursor.execute(self._question).fetchall()
            self._last = written, tuple(row)  # never older than that number
        return self._last[1]


_TOTAL = select(func.count(), func.sum(table_version.c.version), func.max(table_version.c.changed_at))


def raise_versions(connection: Connection, tables: Iterable[str], at: datetime) -> None:
    """Say that `tables` have changed at `at`, in the caller's transaction; no table's time ever goes back."""
    known = read_versions(connection)
    c = table_version.c
    for name in sorted(set(tables)):
        if name in known:
            statement = update(table_version).where(c.table_name == name)
            later = case((c.changed_at > at, c.changed_at), else_=at)
            connection.execute(statement.values(version=known[name] + 1, changed_at=later))
        else:
            connection.execute(insert(table_version).values(table_name=name, version=1, changed_at=at))


def changed_at(connection: Connection, tables: Iterable[str]) -> datetime | None:
    """When any of `tables` was last written; None where none ever was."""
    mine = table_version.c.table_name.in_(sorted(set(tables)))
    latest = connection.execute(
        select(table_version.c.changed_at).where(mine).order_by(table_version.c.changed_at.desc()).limit(1)
    )
    return latest.scalar()
