"""Columns of an export become the columns of its feed; what cannot be read is refused cell by cell."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from wallboard.loaders.cells import alike, coded, texts
from wallboard.loaders.columns import Columns
from wallboard.loaders.feed import Feed, dtype_of
from wallboard.loaders.keys import keys_of
from wallboard.loaders.presence import all_there
from wallboard.loaders.refusals import Refusals
from wallboard.loaders.sources import Source
from wallboard.loaders.table import RawTable
from wallboard.settings import Room
from wallboard.unicode import tidied

Cells = Any
"""One column of an export: a Series of whatever type the file gave it."""


@dataclass(frozen=True)
class Mapping:
    """How one source's columns become those of its feed in this room."""

    source: Source
    feed: Feed
    room: Room
    seen: bool = False
    """Files of the source were loaded by this mapping before, so that a column which is absent now was there."""

    def frame(self, raw: RawTable, file: str, refusals: Refusals) -> pd.DataFrame:
        """The rows of a file in the columns of its feed, with their source_key; defaults stand where a row says nothing."""
        all_there(raw, self.source, file, seen=self.seen)
        called = {name: raw.called(name) for name in sorted(self.source.named)}
        rows = raw.frame.assign(**{name: raw.frame[there] for name, there in called.items() if there not in (None, name)})
        self._leave_out(rows, refusals)
        rows = refusals.through(rows)
        rows = self._known(rows.reindex(columns=rows.columns.union(sorted(self.source.named), sort=False)))
        columns = Columns(self.source, self.feed, self.room, rows, refusals).all()
        if "wording" in columns and raw.wording and "wording" not in self.source.columns | self.source.constants:
            columns["wording"] = self._wording(rows, raw)
        frame = self._with_defaults(pd.DataFrame(columns, index=rows.index))
        refusals.keys = keys_of(rows, frame, self.source, self.feed, file, refusals)
        return refusals.through(frame.assign(source_key=refusals.keys))

    def _leave_out(self, rows: pd.DataFrame, refusals: Refusals) -> None:
        for column, allowed in self.source.where.items():
            values = alike(texts(rows[column]).fillna(""), allowed)
            refusals.leave_out(values.index[~values.isin(allowed)])

    def _known(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows, every cell empty that says one of the words by which the export means nothing."""
        if not self.source.null:
            return rows
        named = sorted(self.source.named)
        nothing = [tidied(word) for word in self.source.null]
        empty = {name: coded(rows[name]).isin(nothing) for name in named}
        return rows.assign(**{name: rows[name].where(~empty[name]) for name in named})

    def _wording(self, rows: pd.DataFrame, raw: RawTable) -> Cells:
        question = raw.wording.get(self.source.columns.get("score", ""))
        return pd.Series(question, index=rows.index, dtype="str")

    def _with_defaults(self, frame: pd.DataFrame) -> pd.DataFrame:
        for name in self.feed.default_columns(self.room):
            if frame[name].isna().any():
                value = self.feed.default(name, frame, self.source.name, self.room)
                filled: Cells = frame[name].fillna(value)
                frame[name] = filled.astype(dtype_of(self.feed.columns[name]))
        return frame
