"""Columns of an export become the columns of its feed; what cannot be read is refused cell by cell."""

import re
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Boolean, Column, Date, Float, Integer, Text

from wallboard import codes
from wallboard.errors import FileRefused, nearest
from wallboard.loaders.amounts import other_money, plain
from wallboard.loaders.cells import alike, booleans, coded, numbers, spelt, swallowed, texts, valued, written_otherwise
from wallboard.loaders.date_names import named
from wallboard.loaders.feed import Feed, dtype_of
from wallboard.loaders.ids import refuse_damaged
from wallboard.loaders.keys import keys_of
from wallboard.loaders.refusals import Refusals, shown
from wallboard.loaders.sources import Source
from wallboard.loaders.table import RawTable
from wallboard.loaders.times import When, days, instants, likely, second_reading, without_never
from wallboard.settings import Room
from wallboard.store.types import Instant
from wallboard.unicode import lookup, tidied

Cells = Any
"""One column of an export: a Series of whatever type the file gave it."""


_REPEATED = re.compile(r" \(\d+\)$")
_CODES = {
    "currency": ("currency of ISO 4217", codes.currency, codes.nearest_currency),
    "language": ("language tag", codes.language, codes.nearest_language),
}
"""Columns that hold codes of a closed list: what they are, how each is spelt, and the hint for what is none."""


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
        self._all_there(raw, file)
        rows = raw.frame.assign(**{name: raw.frame[there] for name, there in self._there_as(raw) if name != there})
        self._leave_out(rows, refusals)
        rows = refusals.through(rows)
        rows = self._known(rows.reindex(columns=rows.columns.union(sorted(self.source.named), sort=False)))
        found = {name: self._column(rows, column, refusals) for name, column in self.feed.columns.items()}
        self._second_hours(rows, found)
        if "wording" in found and raw.wording and "wording" not in self.source.columns | self.source.constants:
            found["wording"] = self._wording(rows, raw)
        frame = self._with_defaults(pd.DataFrame(found, index=rows.index))
        refusals.keys = keys_of(rows, frame, self.source, self.feed, file, refusals)
        return refusals.through(frame.assign(source_key=refusals.keys))

    def absent(self, raw: RawTable) -> list[str]:
        """The columns of the feed that this file says nothing of, for their columns of the export are not in it."""
        return [] if raw.sparse else [name for name, there in self.source.columns.items() if raw.called(there) is None]

    def _there_as(self, raw: RawTable) -> list[tuple[str, str]]:
        return [(name, there) for name in sorted(self.source.named) if (there := raw.called(name)) is not None]

    def _all_there(self, raw: RawTable, file: str) -> None:
        for column in sorted(self.source.named):
            if column in raw.twice:
                what = f"the column '{column}' stands there more than once."
                remedy = f"Map '{column} (1)' for the first, '{column} (2)' for the second, under [{self.source.name}.columns]."
                raise FileRefused(file, what, remedy)
            if raw.called(column) is None and not self._may_be_absent(column, raw):
                hint = nearest(column, raw.columns)
                if len(raw.columns) == 1:
                    hint += " There is only one column: is the `delimiter` another?"
                if column not in self.source.needed:
                    hint += f' If it may be absent, write optional = ["{column}"] under [{self.source.name}].'
                raise FileRefused(file, f"there is no column '{column}'.", f"{hint} Correct data/sources.toml or the export.")

    def _may_be_absent(self, column: str, raw: RawTable) -> bool:
        """A column that the feed does not need: where the records leave out what is empty, where it is declared, where it
        is one of several of a name, or where earlier files had it."""
        if column in self.source.needed:
            return raw.sparse and raw.read == 0
        several = _REPEATED.sub("", column)
        return raw.sparse or self.seen or column in self.source.optional or (several != column and several in raw.columns)

    def _leave_out(self, rows: pd.DataFrame, refusals: Refusals) -> None:
        for column, allowed in self.source.where.items():
            said = alike(texts(rows[column]).fillna(""), allowed)
            refusals.leave_out(said.index[~said.isin(allowed)])

    def _known(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows, every cell empty that says one of the words by which the export means nothing."""
        if not self.source.null:
            return rows
        named = sorted(self.source.named)
        nothing = [tidied(word) for word in self.source.null]
        empty = {name: coded(rows[name]).isin(nothing) for name in named}
        return rows.assign(**{name: rows[name].where(~empty[name]) for name in named})

    def _column(self, rows: pd.DataFrame, column: Column[Any], refusals: Refusals) -> Cells:
        name = column.name
        if name in self.source.constants:
            cells: Cells = pd.Series(self.source.constants[name], index=rows.index)
        elif name in self.source.columns:
            cells = rows[self.source.columns[name]]
        else:
            return pd.Series(index=rows.index, dtype=dtype_of(column))
        if name in self.source.values:
            refusals.remarks += self._swallowed(name, cells)
            cells = valued(cells, self.source.values[name])
        return self._typed(rows, cells, column, refusals)

    def _swallowed(self, name: str, cells: Cells) -> list[str]:
        values = self.source.values[name]
        found = ", ".join(f"'{word}' ({times:,})" for word, times in swallowed(cells, values).items())
        where = f"[{self.source.name}.values.{name}]"
        return [f'"*" under {where} makes {values["*"]!r} of {found}: name it under `null` if it says nothing.'] if found else []

    def _typed(self, rows: pd.DataFrame, cells: Cells, column: Column[Any], refusals: Refusals) -> Cells:
        kind = column.type
        if isinstance(kind, Instant | Date):
            return self._when(cells, column, refusals)
        if isinstance(kind, Boolean):
            found: Cells = booleans(cells)
            what = "is neither yes nor no; expected yes/no, true/false or 1/0."
            remedy = f"Map it under [{self.source.name}.values.{column.name}]."
            refusals.add_values(_unread(cells, found), self._there(column), what, remedy)
            return found
        if isinstance(kind, Float | Integer):
            return self._number(rows, cells, column, refusals)
        if isinstance(kind, Text):
            return texts(cells).astype("str")
        refuse_damaged(cells, self._there(column), refusals)
        return self._code(coded(cells), column, refusals)

    def _code(self, cells: Cells, column: Column[Any], refusals: Refusals) -> Cells:
        """Codes of a closed list in its own spelling; where the contract keeps the list, what is not in it is left to that."""
        words = self.feed.words.get(column.name)
        if words is not None:
            return spelt(cells, lookup(words, fold=True), keep=True)
        if column.name not in _CODES:
            return cells
        what, known, hint = _CODES[column.name]
        found = spelt(cells, known)
        strange = cells[found.isna() & cells.notna()]
        why = (f"{shown(text)} is no {what}. {hint(text)}" for text in strange)
        refusals.add(strange.index, self._there(column), why, f"Map it under [{self.source.name}.values.{column.name}].")
        return found

    def _there(self, column: Column[Any]) -> str:
        """What the export calls a column of the feed."""
        return self.source.columns.get(column.name, column.name)

    def _written(self, name: str) -> When:
        """How the export writes the times of a column."""
        room = self.room.settings
        language = self.source.date_language or room.locale
        return When(self.source.dates.get(name, "iso"), self.source.timezone or room.timezone, language)

    def _when(self, cells: Cells, column: Column[Any], refusals: Refusals) -> Cells:
        when = self._written(column.name)
        cells = without_never(cells) if column.nullable else cells
        found: Cells = instants(cells, when) if isinstance(column.type, Instant) else days(cells, when)
        unread, where = _unread(cells, found), f"[{self.source.name}.dates] {column.name}"
        if len(unread):
            guess = likely(unread)
            how = f'Write "{guess}" under {where}.' if guess else f"Write the format under {where}, or correct the cell."
            if named(when.how):
                how += f' Months are read in {when.language} and English: another one is date_language = "…".'
            refusals.add_values(unread, self._there(column), f"is no date that fits; expected {when.expected}.", how)
        last_day = column.name in self.feed.ends and self.source.end_dates == "last day in"
        return found + pd.Timedelta(days=1) if last_day else found

    def _second_hours(self, rows: pd.DataFrame, found: dict[str, Cells]) -> None:
        """An end before its beginning, in the hour that comes twice: the later of its two readings is meant, if that fits."""
        for start, end in self.feed.spans:
            wrong = found[end].index[(found[end] < found[start]).fillna(False)]
            if end not in self.source.columns or wrong.empty:
                continue
            later = second_reading(rows.loc[wrong, self.source.columns[end]], self._written(end))
            fits = later[later >= found[start].loc[wrong]]
            found[end] = found[end].where(~found[end].index.isin(fits.index), fits.reindex(found[end].index))

    def _number(self, rows: pd.DataFrame, cells: Cells, column: Column[Any], refusals: Refusals) -> Cells:
        there, decimal = self._there(column), self.source.decimal
        declared = f"under [{self.source.name}] in data/sources.toml."
        if self.source.amounts == "accounting":
            cells, signs = plain(cells)
            self._same_money(rows, signs, there, refusals)
        read: Cells = numbers(cells, decimal)
        otherwise = cells[written_otherwise(cells, read, decimal)]
        found = read.where(~read.index.isin(otherwise.index))
        unread = _unread(cells, found)
        if len(unread):
            other = "," if decimal == "." else "."
            what = f"is no number with the decimal mark '{decimal}'; with '{other}' it is one."
            remedy = f'Write decimal = "{other}" {declared}'
            refusals.add_values(otherwise[read.loc[otherwise.index].isna()], there, what, remedy)
            what = f"stands in a column that is written with the decimal mark '{other}', not '{decimal}'."
            refusals.add_values(otherwise, there, what, remedy)
            accounted = unread[numbers(plain(unread).cells, decimal).notna()]
            what = "is an amount with a currency sign, brackets or a minus behind."
            refusals.add_values(accounted, there, what, f'Write amounts = "accounting" {declared}')
            refusals.add_values(unread, there, "is no number; expected one such as 1234.5.", "Correct the cell, or map it.")
        if isinstance(column.type, Float):
            return found
        whole: Cells = found.where((found % 1 == 0) & (found.abs() < 2**31))
        refusals.add_values(found[found.notna() & whole.isna()], there, "is no whole number.", "Correct the cell.")
        return whole.astype("Int64")

    def _same_money(self, rows: pd.DataFrame, signs: Cells, there: str, refusals: Refusals) -> None:
        """Refuse amounts whose sign is not one of their row's currency."""
        room = self.room.settings.currency
        said = self.feed.columns.get("currency")
        money = pd.Series(room, index=rows.index) if said is None else self._column(rows, said, refusals).fillna(room)
        strange = other_money(signs, money)
        why = (f"'{sign}' is no sign of {money[row]}, the currency of the row." for row, sign in strange.items())
        refusals.add(strange.index, there, why, f"Map the `currency` under [{self.source.name}.columns], or correct the cell.")

    def _wording(self, rows: pd.DataFrame, raw: RawTable) -> Cells:
        asked = raw.wording.get(self.source.columns.get("score", ""))
        return pd.Series(asked, index=rows.index, dtype="str")

    def _with_defaults(self, frame: pd.DataFrame) -> pd.DataFrame:
        for name in self.feed.default_columns(self.room):
            if frame[name].isna().any():
                value = self.feed.default(name, frame, self.source.name, self.room)
                filled: Cells = frame[name].fillna(value)
                frame[name] = filled.astype(dtype_of(self.feed.columns[name]))
        return frame


def _unread(cells: Cells, found: Cells) -> Cells:
    """The cells that say something which was not understood; a blank cell says nothing."""
    unread = cells[found.isna() & cells.notna()]
    return unread[texts(unread).str.strip().fillna("") != ""] if len(unread) else unread
