"""How much one file may come to: what was packed to burst a program ends that file with a sentence, in bounded memory."""

from typing import Protocol

from wallboard.errors import FileRefused

MOST_BYTES = 2**30
"""Of what an archive unpacks to."""

MOST_COLUMNS = 16_384
"""As many as a spreadsheet has."""

MOST_CELLS = 30_000_000
"""Of one table, empty ones included, where they need not be written to be there."""

LONGEST_INTEGER = 40
"""Digits; a longer row of digits is text."""

DEEPEST = 32
"""Levels of a record within a record."""

_CHUNK = 2**20
_ANY = 64 * 2**20
_RATIO = 200
"""Tables pack to a tenth, the plainest to a fiftieth."""


class Readable(Protocol):
    """What gives its bytes piece by piece."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, none at the end."""


def unpacked(stream: Readable, packed: int, file: str) -> bytes:
    """What a compressed stream of `packed` bytes holds, read no further than it may be; raises FileRefused."""
    most = min(MOST_BYTES, max(_ANY, packed * _RATIO))
    parts: list[bytes] = []
    size = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > most:
            what = f"unpacks to more than {most // 2**20:,} MB from {max(1, packed // 2**10):,} kB: it is not an export."
            raise FileRefused(file, what, "Export it again; a larger one in parts, or from the database.")
        parts.append(chunk)
    return b"".join(parts)


def refuse_wide(columns: int, file: str, place: str = "") -> None:
    """Refuse a table with more columns than any has."""
    if columns > MOST_COLUMNS:
        what = f"{place}has {columns:,} columns; a table has at most {MOST_COLUMNS:,}."
        raise FileRefused(file, what, "Is the `delimiter` another, or do rows stand as columns?")


def refuse_large(rows: int, columns: int, there: int, file: str) -> None:
    """Refuse a table whose cells are nearly all empty and too many to hold; `there` says how many are written."""
    if rows * columns > max(MOST_CELLS, 20 * there):
        what = f"comes to {rows:,} rows of {columns:,} columns, nearly all of them empty."
        raise FileRefused(file, what, "Export the columns that are needed only.")
