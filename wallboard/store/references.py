"""Who still refers to rows that are to go."""

from collections.abc import Iterable, Iterator
from itertools import groupby

import pandas as pd
from sqlalchemy import Column, Connection, Table, select

from wallboard.errors import StillReferred
from wallboard.store.portions import in_portions
from wallboard.store.schema import metadata

_NAMED = 3


def refuse_referred(connection: Connection, table: Table, gone: pd.DataFrame) -> None:
    """Refuse to let rows go that others refer to; raises StillReferred with the row and who refers to it."""
    sentences = [words for column, there in _referring(table) for words in _words(connection, table, column, there, gone)]
    if sentences:
        more = f" (and {len(sentences) - _NAMED} more)" if len(sentences) > _NAMED else ""
        remedy = "Keep it, or take it out there as well and load that first."
        raise StillReferred(table.name.replace("_", " "), f"{'; '.join(sentences[:_NAMED])}{more}.", remedy)


def _referring(table: Table) -> Iterator[tuple[Column[object], Column[object]]]:
    """The columns of a table to which others refer, each with the column that does."""
    for other in metadata.sorted_tables:
        for key in sorted(other.foreign_keys, key=lambda foreign_key: foreign_key.parent.name):
            if key.column.table is table and key.ondelete is None:
                yield key.column, key.parent


def _words(
    connection: Connection, table: Table, column: Column[object], there: Column[object], gone: pd.DataFrame
) -> Iterator[str]:
    name: Column[object] = there.table.c.source_key if "source_key" in there.table.c else next(iter(there.table.c))
    values = gone[column.name].dropna().drop_duplicates().tolist()
    rows: list[tuple[object, object]] = []
    for some in in_portions(values):
        statement = select(there, name).where(there.in_(some)).order_by(there, name)
        rows += [(value, other) for value, other in connection.execute(statement) if not _goes_too(there, table, other, gone)]
    for value, its in groupby(rows, key=lambda row: row[0]):
        yield f"'{value}' is no longer in the file, and {_referrers(there, [other for _, other in its])}"


def _goes_too(there: Column[object], table: Table, key: object, gone: pd.DataFrame) -> bool:
    """A row of the same table that goes with it."""
    return there.table is table and key in set(gone["source_key"])


def _referrers(there: Column[object], keys: Iterable[object]) -> str:
    listed = list(keys)
    what = there.table.name.replace("_", " ")
    named = ", ".join(f"'{key}'" for key in listed[:_NAMED])
    if len(listed) == 1:
        return f"the {what} {named} still refers to it ({there.name})"
    return f"{len(listed):,} rows of {what} still refer to it ({there.name}): {named}{', …' if len(listed) > _NAMED else ''}"
