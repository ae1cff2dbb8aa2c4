"""Whether the columns that a source names stand in a file, and which of them may be absent."""

import re

from wallboard.errors import FileRefused, nearest
from wallboard.loaders.sources import Source
from wallboard.loaders.table import RawTable

_REPEATED = re.compile(r" \(\d+\)$")


def absent(raw: RawTable, source: Source) -> list[str]:
    """The columns of the feed that this file says nothing of, for their columns of the export are not in it."""
    return [] if raw.sparse else [name for name, there in source.columns.items() if raw.called(there) is None]


def all_there(raw: RawTable, source: Source, file: str, *, seen: bool) -> None:
    """Refuse a file without a column that it must have, or with one that could be any of several.

    `seen`: files were loaded by this mapping before, so that a column which is absent now was there.
    """
    for column in sorted(source.named):
        if column in raw.twice:
            what = f"the column '{column}' stands there more than once."
            remedy = f"Map '{column} (1)' for the first, '{column} (2)' for the second, under [{source.name}.columns]."
            raise FileRefused(file, what, remedy)
        if raw.called(column) is None and not _may_be_absent(column, raw, source, seen):
            hint = nearest(column, raw.columns)
            if len(raw.columns) == 1:
                hint += " There is only one column: is the `delimiter` another?"
            if column not in source.needed:
                hint += f' If it may be absent, write optional = ["{column}"] under [{source.name}].'
            raise FileRefused(file, f"there is no column '{column}'.", f"{hint} Correct data/sources.toml or the export.")


def _may_be_absent(column: str, raw: RawTable, source: Source, seen: bool) -> bool:
    """A column that the feed does not need: where the records leave out what is empty, where it is declared, where it is
    one of several of a name, or where earlier files had it."""
    if column in source.needed:
        return raw.sparse and raw.read == 0
    several = _REPEATED.sub("", column)
    return raw.sparse or seen or column in source.optional or (several != column and several in raw.columns)
