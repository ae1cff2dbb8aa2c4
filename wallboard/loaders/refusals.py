"""The rows of one file that stay behind, each with its first reason."""

import json
import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

from wallboard.loaders.table import RawTable, text_of

_SHOWN = 60
_MAPPED = re.compile(r"`values`|\[[^]]*\.(?:values|dates)\b|\bmap it\b", re.IGNORECASE)
"""A remedy that leads to data/sources.toml."""


class Refusals:
    """Remembers why a row is not loaded, and lets the others through."""

    def __init__(self, raw: RawTable) -> None:
        self.raw = raw
        self.keys: pd.Series[Any] = pd.Series([], dtype="str")
        self._why: dict[int, tuple[str | None, str, str]] = {}

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

    def spared(self) -> list[str]:
        """The keys of refused rows: what they said before stays, for they are not absent."""
        return self.keys[self.keys.index.isin(list(self._why))].dropna().tolist() if self._why else []

    def through(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows that nothing speaks against."""
        return frame.loc[~frame.index.isin(list(self._why))] if self._why else frame

    def frame(self) -> pd.DataFrame:
        """Every refused row as the store keeps it."""
        rows = [(one.row, one.column, one.reason, one.remedy, one.raw) for one in self.raw.refused]
        written = self._written(list(self._why))
        rows += [(row, *why, written[row]) for row, why in self._why.items()]
        found = pd.DataFrame(rows, columns=["row_no", "column_name", "reason", "remedy", "raw"])
        return found.sort_values("row_no", kind="stable", ignore_index=True)

    def _written(self, rows: list[int]) -> dict[int, str]:
        part = self.raw.frame.loc[rows]
        names = list(part.columns)
        cells = zip(*([text_of(cell) for cell in part[name].tolist()] for name in names), strict=True)
        return {
            row: json.dumps(dict(zip(names, one, strict=True)), ensure_ascii=False) for row, one in zip(rows, cells, strict=True)
        }


def shown(value: Any) -> str:
    """A value in a sentence: quoted, and not longer than a reader needs."""
    text = text_of(value)
    if text is None:
        return "an empty cell"
    return f"'{text}'" if len(text) <= _SHOWN else f"'{text[:_SHOWN]}…'"
