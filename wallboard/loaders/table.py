"""A table as it stands in a file, before anything is known of its meaning."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import pandas as pd

from wallboard.unicode import tidied

UNSTORABLE = "[\x00\ud800-\udfff]"
"""Characters that no store can keep: NUL, and halves of a character pair."""


@dataclass(frozen=True)
class Refused:
    """One row that could not be read: where it stands, what is wrong, what to do, and the row as it came."""

    row: int
    column: str | None
    reason: str
    remedy: str
    raw: str


@dataclass(frozen=True)
class RawTable:
    """The rows of one file; the index is the row's number as a person sees it in the file."""

    frame: pd.DataFrame
    refused: tuple[Refused, ...] = ()
    wording: Mapping[str, str] = field(default_factory=dict)
    twice: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    sparse: bool = False
    """Its records leave out what is empty, so that an absent column may only be empty everywhere."""
    remedy: str = ""
    """What to do instead of mapping, where these rows come from no source of sources.toml."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column of the file, also those that no source asked for."""
        return (*self.frame.columns, *self.unread)

    def called(self, name: str) -> str | None:
        """The column that a source means: "Labels (1)" is the first of those called "Labels"; None where it is not there."""
        first = name.removesuffix(" (1)")
        return name if name in self.columns else first if first in self.columns else None

    def first(self, rows: int) -> "RawTable":
        """The first rows only."""
        frame = self.frame.head(rows)
        last = frame.index[-1] if len(frame) == rows else None
        return replace(
            self, frame=frame, refused=tuple(refusal for refusal in self.refused if last is None or refusal.row <= last)
        )

    @property
    def read(self) -> int:
        """How many rows stand in the file."""
        return len(self.frame) + len(self.refused)


@dataclass(frozen=True)
class Header:
    """The columns of a file: the names as used, and those that stand there more than once."""

    names: tuple[str, ...]
    twice: frozenset[str]

    @property
    def known(self) -> tuple[str, ...]:
        """Every name under which a column can be asked for: "Labels (1)" is the first of several "Labels"."""
        return (*self.names, *(f"{name} (1)" for name in self.twice))


def header_of(cells: Iterable[object]) -> Header:
    """Name every column: blank ones by position, repeated ones with their count."""
    written = ["" if cell is None else tidied(str(cell)) for cell in cells]
    taken: Counter[str] = Counter()
    there = set(written)
    names = []
    for place, name in enumerate(written, start=1):
        name = name or f"column {place}"
        taken[name] += 1
        while taken[name] > 1 and f"{name} ({taken[name]})" in there:
            taken[name] += 1
        names.append(name if taken[name] == 1 else f"{name} ({taken[name]})")
    return Header(tuple(names), frozenset(name for name, times in taken.items() if times > 1))


def frame_of(header: Header, rows: Sequence[Sequence[object]], numbers: Sequence[int]) -> pd.DataFrame:
    """Rows of equal length as a frame, each column in the plainest type that holds all of it."""
    columns = zip(*rows, strict=True) if rows else ([] for _ in header.names)
    index = pd.Index(list(numbers), dtype="int64")
    return pd.DataFrame(
        {name: column_of(list(cells), index) for name, cells in zip(header.names, columns, strict=True)}, index=index
    )


def column_of(cells: list[Any], index: "pd.Index[int]") -> "pd.Series[Any]":
    """One column; text as text, numbers as numbers, anything mixed as it came."""
    kinds = {type(cell) for cell in cells} - {type(None)}
    if kinds <= {str}:
        return pd.Series(cells, index=index, dtype="str")
    if kinds == {float}:
        return pd.Series(cells, index=index, dtype="float64")
    if kinds == {int} and all(cell is None or -(2**63) <= cell < 2**63 for cell in cells):
        return pd.Series(cells, index=index, dtype="Int64")
    return pd.Series(cells, index=index, dtype="object")


def text_of(cell: object) -> str | None:
    """A cell as a person would write it: 12.0 is 12, a date is ISO, nothing is None."""
    if cell is None or cell is pd.NaT or cell is pd.NA:
        return None
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        if cell != cell:
            return None
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**63 else repr(cell)
    if isinstance(cell, (date, datetime)):
        return cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()
    return str(cell)
