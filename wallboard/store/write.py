"""Writes loaded rows: only what is new or changed, and knows which is which."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Boolean, Column, Connection, Date, Float, Integer, Table, delete, select

from wallboard.errors import StoreRefused
from wallboard.store.constraints import rows_refused
from wallboard.store.portions import in_portions
from wallboard.store.references import refuse_referred
from wallboard.store.troubles import trouble_of
from wallboard.store.types import Instant

ORIGIN = ("source", "source_key", "row_hash", "load_run_id")
_FEW = 20_000


@dataclass(frozen=True)
class Written:
    """What one write did: rows that are new, rows as they are now and as they were, rows that are gone, and the same."""

    table: Table
    new: pd.DataFrame
    changed: pd.DataFrame
    before: pd.DataFrame
    gone: pd.DataFrame
    same: int
    first: bool
    """The table was empty before: its new rows are all there is."""
    newer: int = 0
    """Of the same rows, those that stay as a newer file says them."""

    @property
    def anything(self) -> bool:
        """True where the table is not as it was."""
        return bool(len(self.new) or len(self.changed) or len(self.gone))

    def touched_rows(self, columns: list[str]) -> pd.DataFrame:
        """Some columns of every row that is not as it was, as it stood and as it stands."""
        parts = [part[columns] for part in (self.new, self.changed, self.before, self.gone) if len(part)]
        return pd.concat(parts, ignore_index=True) if parts else self.new[columns]

    def touched(self, column: str) -> "pd.Series[Any]":
        """Every value that stood or stands in a column of such rows, each once."""
        return self.touched_rows([column])[column].dropna().drop_duplicates()


def write_rows(
    connection: Connection,
    table: Table,
    source: str,
    frame: pd.DataFrame,
    run: int,
    *,
    snapshot: bool,
    spared: Collection[str] = (),
    shut: Collection[str] = (),
    newer: Collection[str] = (),
) -> Written:
    """Bring `table` to what `frame` says of `source`.

    `frame` has one row per source_key and the table's own columns, each always in the same type. A row whose hash is
    unchanged is left alone; in a full snapshot, rows of the source that are absent are removed, unless their key is
    among the `spared`. Rows of the source whose key is among the `shut` are removed in any case, unless `frame` has them.
    Rows whose key is among the `newer` stay as they are: a newer file wrote them.
    """
    columns = own_columns(table)
    first = connection.execute(select(table.c.id).limit(1)).first() is None
    frame = frame[["source_key", *columns]].assign(row_hash=row_hashes(frame[columns]))
    known = _known(connection, table, source, None if snapshot or len(frame) > _FEW else frame["source_key"])
    ids = known.reindex(frame["source_key"]) if len(known) else pd.Series(pd.NA, index=frame["source_key"], dtype="Int64")
    is_new = ids.isna().to_numpy()
    differs = ~is_new & (ids != frame["row_hash"].to_numpy()).fillna(False).to_numpy(dtype=bool)
    held = frame["source_key"].isin(list(newer)).to_numpy(dtype=bool)
    is_changed = differs & ~held
    present = [*frame["source_key"].tolist(), *spared, *newer]
    closed = pd.Index(sorted(set(shut)), dtype="str").difference(frame["source_key"].tolist())
    gone = _rows(connection, table, source, known.index.difference(present) if snapshot else closed)
    before = _rows(connection, table, source, frame.loc[is_changed, "source_key"])
    if len(gone):
        refuse_referred(connection, table, gone)
    for keys in in_portions(gone["source_key"]):
        connection.execute(delete(table).where(table.c.source == source, table.c.source_key.in_(keys)))
    stamp = {"source": source, "load_run_id": run}
    new, changed = frame.loc[is_new], frame.loc[is_changed]
    with _indexed_after(connection, table, wanted=first and len(new) > _FEW):
        insert_rows(connection, table, new, stamp)
    _update(connection, table, changed, stamp)
    same = len(frame) - len(new) - len(changed)
    return Written(table, new, changed, before, gone, same, first, int((differs & held).sum()))


def as_stored(connection: Connection, table: Table, source: str, frame: pd.DataFrame, columns: Collection[str]) -> pd.DataFrame:
    """The rows with what the store knows in `columns`, of which they say nothing; rows that are new stay as they are."""
    if not columns or frame.empty:
        return frame
    known = _rows(connection, table, source, frame["source_key"].dropna().unique()).set_index("source_key")
    there = frame["source_key"].isin(known.index)
    for name in columns:
        cells = known[name].reindex(frame["source_key"]).set_axis(frame.index)
        frame = frame.assign(**{name: frame[name].mask(there, cells).astype(frame[name].dtype)})
    return frame


def own_columns(table: Table) -> list[str]:
    """The columns of a loaded table that say something, without those that say where it came from."""
    return [c.name for c in table.columns if c.name not in ("id", *ORIGIN)]


def row_hashes(frame: pd.DataFrame) -> "pd.Series[int]":
    """One number per row; the same for the same values in the same types."""
    return pd.util.hash_pandas_object(frame, index=False).astype("int64")


def insert_rows(connection: Connection, table: Table, frame: pd.DataFrame, constants: dict[str, Any] | None = None) -> None:
    """Insert a frame's columns, and `constants` in every row, by the driver's quickest way."""
    if frame.empty:
        return
    constants = constants or {}
    names = [c.name for c in table.columns if c.name in frame.columns or c.name in constants]
    cells = [repeat(constants[name], len(frame)) if name in constants else _cells(frame[name]) for name in names]
    rows = zip(*cells, strict=True)
    listed = ", ".join(f'"{name}"' for name in names)
    with _driver(connection, table) as cursor:
        if connection.dialect.name != "postgresql":
            placeholders = ", ".join("?" * len(names))
            cursor.executemany(f'INSERT INTO "{table.name}" ({listed}) VALUES ({placeholders})', rows)  # noqa: S608
            return
        with cursor.copy(f'COPY "{table.name}" ({listed}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)
        if len(frame) > _FEW:  # without statistics PostgreSQL plans the facts ten times too slow
            cursor.execute(f'ANALYZE "{table.name}"')


@contextmanager
def _indexed_after(connection: Connection, table: Table, *, wanted: bool) -> Iterator[None]:
    """Fill a table first and index it then, which is quicker; in SQLite readers do not notice, in PostgreSQL they would wait."""
    indexes = sorted(table.indexes, key=lambda index: str(index.name)) if wanted and connection.dialect.name == "sqlite" else []
    for index in indexes:
        index.drop(connection)
    yield
    for index in indexes:
        index.create(connection)


@contextmanager
def _driver(connection: Connection, table: Table) -> Iterator[Any]:
    """The driver's own cursor in the caller's transaction, which begins here where it has not; its refusals become sentences."""
    if not connection.in_transaction():
        connection.begin()
    cursor: Any = connection.connection.cursor()
    try:
        yield cursor
    except connection.dialect.loaded_dbapi.Error as error:
        if trouble := trouble_of(error):
            raise trouble from None
        raise StoreRefused(table.name, rows_refused(error), "Nothing of them was written.") from None
    finally:
        cursor.close()


def read_frame(connection: Connection, statement: Any) -> pd.DataFrame:
    """The rows of a select as a frame whose columns have the types that hashing and writing expect."""
    result = connection.execute(statement)
    columns = list(statement.selected_columns)
    rows = result.all()
    cells = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    return pd.DataFrame({c.name: _series(list(values), c) for c, values in zip(columns, cells, strict=True)})


def _series(cells: Sequence[Any], column: Column[Any]) -> "pd.Series[Any]":
    if isinstance(column.type, Instant):
        return pd.Series(pd.to_datetime(cells, utc=True)).astype("datetime64[us, UTC]")
    if isinstance(column.type, Date):
        return pd.Series(pd.to_datetime(pd.Series(cells, dtype="object"))).astype("datetime64[us]")
    if isinstance(column.type, Boolean):
        return pd.Series(cells, dtype="boolean")
    if isinstance(column.type, Integer):
        return pd.Series(cells, dtype="Int64")
    return pd.Series(cells, dtype="float64" if isinstance(column.type, Float) else "str")


def _cells(series: "pd.Series[Any]") -> Iterable[object]:
    if series.dtype.kind == "M":
        return _times(series)
    if series.dtype == "float64" and not series.hasnans:
        return series.tolist()
    if series.dtype == "str" and not series.hasnans:
        return series.to_numpy(dtype=object).tolist()
    return [None if missing else cell for cell, missing in zip(series.tolist(), series.isna(), strict=True)]


def _times(series: "pd.Series[Any]") -> Iterator[str | None]:
    aware = isinstance(series.dtype, pd.DatetimeTZDtype)
    naive = series.dt.tz_convert("UTC").dt.tz_localize(None) if aware else series
    codes, once = pd.factorize(naive.to_numpy(dtype="datetime64[us]"))
    text = np.datetime_as_string(once, unit="us" if aware else "D")
    shown: list[str | None] = [str(value).replace("T", " ") for value in text]
    shown.append(None)
    return (shown[code] for code in codes.tolist())


def _known(connection: Connection, table: Table, source: str, keys: "pd.Series[Any] | None") -> "pd.Series[int]":
    chosen = select(table.c.source_key, table.c.row_hash).where(table.c.source == source)
    if keys is None:
        rows = list(connection.execute(chosen))
    else:
        rows = [row for some in in_portions(keys) for row in connection.execute(chosen.where(table.c.source_key.in_(some)))]
    return pd.Series([row[1] for row in rows], index=pd.Index([row[0] for row in rows], dtype="str"), dtype="Int64")


def _rows(connection: Connection, table: Table, source: str, keys: Iterable[str]) -> pd.DataFrame:
    chosen = select(table).where(table.c.source == source)
    parts = [read_frame(connection, chosen.where(table.c.source_key.in_(some))) for some in in_portions(keys)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[c.name for c in table.columns])


def _update(connection: Connection, table: Table, frame: pd.DataFrame, stamp: dict[str, Any]) -> None:
    if frame.empty:
        return
    names = [name for name in frame.columns if name != "source_key"]
    order = [frame[name] for name in names]
    cells = [
        *(_cells(part) for part in order),
        repeat(stamp["load_run_id"]),
        repeat(stamp["source"]),
        _cells(frame["source_key"]),
    ]
    mark = "%s" if connection.dialect.name == "postgresql" else "?"
    settings = ", ".join(f'"{name}" = {mark}' for name in (*names, "load_run_id"))
    statement = f'UPDATE "{table.name}" SET {settings} WHERE source = {mark} AND source_key = {mark}'  # noqa: S608
    with _driver(connection, table) as cursor:
        cursor.executemany(statement, list(zip(*cells, strict=False)))
