"""The rows of one file that stay behind, each with its first reason."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

import pandas as pd

from wallboard.loaders.table import RawTable, text_of

_SHOWN = 60
_MAPPED = re.compile(r"`values`|\[[^]]*\.(?:values|dates)\b|\bmap it\b", re.IGNORECASE)
"""A remedy that leads to data/sources.toml."""

_NAMED = re.compile(r"'(?:[^']|'(?!\W|$))*'|\d[\d.,]*")
"""What differs from row to row within a reason: the values that it quotes, and numbers."""

MOST_REASONS = 3
"""Reasons told at a load."""


class RefusedRow(Protocol):
    """As much of a refused row as its reason takes."""

    @property
    def row_no(self) -> int:
        """Its number in the file."""

    @property
    def column_name(self) -> str | None:
        """The column at fault."""

    @property
    def reason(self) -> str:
        """What is wrong."""

    @property
    def remedy(self) -> str:
        """What to do."""


@dataclass(frozen=True)
class Reason:
    """One reason for which rows of a file were refused: how many, and the first of them."""

    rows: int
    row: int
    column: str | None
    reason: str
    remedy: str

    def __str__(self) -> str:
        column = f"{self.column}: " if self.column else ""
        return f"{self.rows:,} × {column}{self.reason} {self.remedy} (row {self.row:,})"


def commonest(refused: Iterable[RefusedRow], most: int = MOST_REASONS) -> tuple[Reason, ...]:
    """The commonest reasons, rows counted that differ in nothing but the values they name; each with its first row."""
    counted: Counter[tuple[str | None, str]] = Counter()
    first: dict[tuple[str | None, str], RefusedRow] = {}
    for row in refused:
        kind = (row.column_name, _NAMED.sub("…", row.reason).split(". ")[0])
        counted[kind] += 1
        first.setdefault(kind, row)
    reasons = ((rows, first[kind]) for kind, rows in counted.most_common(most))
    return tuple(Reason(rows, row.row_no, row.column_name, row.reason, row.remedy) for rows, row in reasons)


class Refusals:
    """Remembers why a row is not loaded, and lets the others through."""

    def __init__(self, raw: RawTable) -> None:
        self.raw = raw
        self.keys: pd.Series[Any] = pd.Series([], dtype="str")
        self._why: dict[int, tuple[str | None, str, str]] = {}
        self._left_out: set[int] = set()
        self.remarks: list[str] = []
        """What has to be said of rows that were not refused."""

    def __len__(self) -> int:
        return len(self._why) + len(self.raw.refused)

    def add(self, rows: Iterable[int], column: str | None, reasons: Iterable[str], remedy: str) -> None:
        """Refuse `rows`, each with its reason; a row keeps the first reason it was given."""
        if self.raw.remedy and _MAPPED.search(remedy):
            remedy = self.raw.remedy
        for row, reason in zip(rows, reasons, strict=True):
            self._why.setdefault(int(row), (column, reason, remedy))

    def add_values(self, values: "pd.Series[Any]", column: str | None, what: str, remedy: str) -> None:
        """Refuse the rows of `values`, naming each value."""
        self.add(values.index, column, (f"{shown(value)} {what}" for value in values), remedy)

    @property
    def left_out(self) -> int:
        """How many rows the source does not want."""
        return len(self._left_out)

    def leave_out(self, rows: Iterable[int]) -> None:
        """Let rows stay behind that the source does not want: they are counted, and not kept."""
        self._left_out.update(int(row) for row in rows)

    def spared(self) -> list[str]:
        """The keys of refused rows: what they said before stays, for they are not absent."""
        return self.keys[self.keys.index.isin(list(self._why))].dropna().tolist() if self._why else []

    def through(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows that nothing speaks against."""
        behind = [*self._why, *self._left_out]
        return frame.loc[~frame.index.isin(behind)] if behind else frame

    def frame(self) -> pd.DataFrame:
        """Every refused row as the store keeps it."""
        rows = [(refusal.row, refusal.column, refusal.reason, refusal.remedy, refusal.raw) for refusal in self.raw.refused]
        written = self._written(list(self._why))
        rows += [(row, *why, written[row]) for row, why in self._why.items()]
        refused = pd.DataFrame(rows, columns=["row_no", "column_name", "reason", "remedy", "raw"])
        return refused.sort_values("row_no", kind="stable", ignore_index=True)

    def _written(self, rows: list[int]) -> dict[int, str]:
        part = self.raw.frame.loc[rows]
        names = list(part.columns)
        cells = zip(*([text_of(cell) for cell in part[name].tolist()] for name in names), strict=True)
        return {
            row: json.dumps(dict(zip(names, values, strict=True)), ensure_ascii=False)
            for row, values in zip(rows, cells, strict=True)
        }


def shown(value: Any) -> str:
    """A value in a sentence: quoted, and not longer than a reader needs."""
    text = text_of(value)
    if text is None:
        return "an empty cell"
    return f"'{text}'" if len(text) <= _SHOWN else f"'{text[:_SHOWN]}…'"
