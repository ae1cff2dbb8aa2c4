"""Where the column names of a table stand: in its first row, in the one that a source declares, or where they are found."""

from collections.abc import Sequence
from itertools import islice

from wallboard.errors import FileRefused
from wallboard.loaders.sources import Source
from wallboard.loaders.table import header_of

FIND = "find"
_LOOKED_AT = 100
"""Rows among which the column names are looked for."""


def header_place(rows: Sequence[tuple[int, Sequence[object]]], source: Source, file: str) -> int:
    """Which of `rows` (row number and cells) holds the column names; FileRefused where none does, with the key to write."""
    if source.header_row == FIND:
        located = _place_of_names(rows, source)
        if located is None:
            names = ", ".join(f"'{name}'" for name in sorted(source.needed))
            what = f"none of the first {_LOOKED_AT} rows holds the columns {names}."
            raise FileRefused(file, what, "Correct data/sources.toml or the export.")
        return located
    if source.header_row is not None:
        place = next((place for place, (number, _) in enumerate(rows) if number == source.header_row), None)
        if place is None:
            what = f"there is nothing in row {source.header_row}, where the column names should stand."
            raise FileRefused(file, what, f'Correct header_row under [{source.name}], or write header_row = "{FIND}".')
        return place
    located = _place_of_names(rows, source)
    if located:
        what = f"the column names stand in row {rows[located][0]}, not in the first."
        where = f"under [{source.name}] in data/sources.toml"
        remedy = f'Write header_row = {rows[located][0]} {where}, or header_row = "{FIND}" where that changes.'
        raise FileRefused(file, what, remedy)
    return 0


def _place_of_names(rows: Sequence[tuple[int, Sequence[object]]], source: Source) -> int | None:
    """The first row that holds every column which the source cannot do without."""
    for place, (_, cells) in enumerate(islice(rows, _LOOKED_AT)):
        if source.needed <= set(header_of(cells).known):
            return place
    return None
