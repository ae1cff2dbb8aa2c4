"""The columns of a feed out of the rows of one export, each in its type; what cannot be read is refused cell by cell."""

from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from sqlalchemy import Boolean, Column, Date, Float, Integer, Text

from wallboard import codes
from wallboard.loaders.amounts import other_money, plain
from wallboard.loaders.cells import booleans, coded, numbers, spelt, swallowed, texts, valued, written_otherwise
from wallboard.loaders.date_names import named
from wallboard.loaders.feed import Feed, dtype_of
from wallboard.loaders.ids import refuse_damaged
from wallboard.loaders.refusals import Refusals, shown
from wallboard.loaders.sources import Source
from wallboard.loaders.times import When, days, instants, likely, local_day, midnights, second_reading, without_never
from wallboard.settings import Room
from wallboard.store.types import Instant
from wallboard.unicode import lookup

Cells = Any
"""One column of an export: a Series of whatever type the file gave it."""

_CODES = {
    "currency": ("currency of ISO 4217", codes.currency, codes.nearest_currency),
    "language": ("language tag", codes.language, codes.nearest_language),
}
"""Columns that hold codes of a closed list: what they are, how each is spelt, and the hint for what is none."""


_SEVERAL = 2
"""Different times of a column from which on one asks whether they are days."""

_HINTED = 50
"""Different values of a column for which the nearest code is looked for."""


@dataclass
class Columns:
    """The rows of one file, and how their columns become those of a feed."""

    source: Source
    feed: Feed
    room: Room
    rows: pd.DataFrame
    refusals: Refusals
    _read: dict[str, Cells] = field(default_factory=dict)

    def all(self) -> dict[str, Cells]:
        """Every column of the feed; where one cell of a row decides about another, that is settled."""
        cells = {name: self.read(name) for name in self.feed.columns}
        self._second_hours(cells)
        return cells

    def read(self, name: str) -> Cells:
        """One column of the feed in its type; missing where a cell cannot be read, and its row refused."""
        if name not in self._read:
            self._read[name] = self._column(self.feed.columns[name])
        return self._read[name]

    def _column(self, column: Column[Any]) -> Cells:
        name = column.name
        if name in self.source.constants:
            cells: Cells = pd.Series(self.source.constants[name], index=self.rows.index)
        elif name in self.source.columns:
            cells = self.rows[self.source.columns[name]]
        else:
            return pd.Series(index=self.rows.index, dtype=dtype_of(column))
        if name in self.source.values:
            self.refusals.remarks += self._swallowed(name, cells)
            cells = valued(cells, self.source.values[name])
        return self._typed(cells, column)

    def _swallowed(self, name: str, cells: Cells) -> list[str]:
        values = self.source.values[name]
        listing = ", ".join(f"'{word}' ({times:,})" for word, times in swallowed(cells, values).items())
        where = f"[{self.source.name}.values.{name}]"
        return (
            [f'"*" under {where} makes {values["*"]!r} of {listing}: name it under `null` if it says nothing.'] if listing else []
        )

    def _typed(self, cells: Cells, column: Column[Any]) -> Cells:
        kind = column.type
        if isinstance(kind, Instant | Date):
            return self._when(cells, column)
        if isinstance(kind, Boolean):
            flags: Cells = booleans(cells)
            what = "is neither yes nor no; expected yes/no, true/false or 1/0."
            remedy = f"Map it under [{self.source.name}.values.{column.name}]."
            self.refusals.add_values(_unread(cells, flags), self._there(column), what, remedy)
            return flags
        if isinstance(kind, Float | Integer):
            return self._number(cells, column)
        if isinstance(kind, Text):
            return texts(cells).astype("str")
        refuse_damaged(cells, self._there(column), self.refusals)
        return self._code(coded(cells), column)

    def _code(self, cells: Cells, column: Column[Any]) -> Cells:
        """Codes of a closed list in its own spelling; where the contract keeps the list, what is not in it is left to that."""
        words = self.feed.words.get(column.name)
        if words is not None:
            return spelt(cells, lookup(words, fold=True), keep=True)
        if column.name not in _CODES:
            return cells
        what, known, hint = _CODES[column.name]
        spelt_codes = spelt(cells, known)
        strange = cells[spelt_codes.isna() & cells.notna()]
        hints = {text: hint(text) for text in strange.unique()[:_HINTED]}
        why = (f"{shown(text)} is not a {what}. {hints.get(text, '')}".rstrip() for text in strange)
        self.refusals.add(strange.index, self._there(column), why, f"Map it under [{self.source.name}.values.{column.name}].")
        return spelt_codes

    def _there(self, column: Column[Any]) -> str:
        """What the export calls a column of the feed."""
        return self.source.columns.get(column.name, column.name)

    def _written(self, name: str) -> When:
        """How the export writes the times of a column."""
        room = self.room.settings
        language = self.source.date_language or room.locale
        return When(self.source.dates.get(name, "iso"), self.source.timezone or room.timezone, language)

    def _when(self, cells: Cells, column: Column[Any]) -> Cells:
        when = self._written(column.name)
        cells = without_never(cells) if column.nullable else cells
        times: Cells = instants(cells, when) if isinstance(column.type, Instant) else days(cells, when)
        if isinstance(column.type, Instant):
            self.refusals.remarks += self._midnights(cells, column, when, times)
        unread, where = _unread(cells, times), f"[{self.source.name}.dates] {column.name}"
        if len(unread):
            guess = likely(unread)
            how = f'Write "{guess}" under {where}.' if guess else f"Write the format under {where}, or correct the cell."
            if named(when.date_format):
                how += f' Months are read in {when.language} and English: another one is date_language = "…".'
            self.refusals.add_values(unread, self._there(column), f"is not a valid date; expected {when.expected}.", how)
        last_day = column.name in self.feed.ends and self.source.end_dates == "last day in"
        return times + pd.Timedelta(days=1) if last_day else times

    def _midnights(self, cells: Cells, column: Column[Any], when: When, times: Cells) -> list[str]:
        """A sentence where times may be days, written as midnight UTC, that fall on the day before in the source's zone."""
        written = midnights(cells, when, times)
        if written.nunique() < _SEVERAL or (local_day(written, when.zone) == written.dt.tz_localize(None)).all():
            return []
        cell, there = str(cells[written.index[0]]), self._there(column)
        example = (
            f'{column.name} = "%Y-%m-%d{cell[10:]}"'
            if when.date_format == "iso" and isinstance(cells[written.index[0]], str)
            else ""
        )
        remedy = f" If they are days, write {example} under [{self.source.name}.dates]." if example else ""
        return [f"every time in '{there}' is midnight UTC, which is the day before in {when.zone}.{remedy}"]

    def _second_hours(self, columns: dict[str, Cells]) -> None:
        """An end before its beginning, in the hour that comes twice: the later of its two readings is meant, if that fits."""
        for start, end in self.feed.spans:
            wrong = columns[end].index[(columns[end] < columns[start]).fillna(False)]
            if end not in self.source.columns or wrong.empty:
                continue
            later = second_reading(self.rows.loc[wrong, self.source.columns[end]], self._written(end))
            fits = later[later >= columns[start].loc[wrong]]
            columns[end] = columns[end].where(~columns[end].index.isin(fits.index), fits.reindex(columns[end].index))

    def _number(self, cells: Cells, column: Column[Any]) -> Cells:
        there, decimal = self._there(column), self.source.decimal
        declared = f"under [{self.source.name}] in data/sources.toml."
        if self.source.amounts == "accounting":
            cells, signs = plain(cells)
            self._same_money(signs, there)
        read: Cells = numbers(cells, decimal)
        otherwise = cells[written_otherwise(cells, read, decimal)]
        values = read.where(~read.index.isin(otherwise.index))
        unread = _unread(cells, values)
        if len(unread):
            other = "," if decimal == "." else "."
            what = f"is not a number with the decimal mark '{decimal}'; with '{other}' it is one."
            remedy = f'Write decimal = "{other}" {declared}'
            self.refusals.add_values(otherwise[read.loc[otherwise.index].isna()], there, what, remedy)
            what = f"stands in a column that is written with the decimal mark '{other}', not '{decimal}'."
            self.refusals.add_values(otherwise, there, what, remedy)
            accounted = unread[numbers(plain(unread).cells, decimal).notna()]
            what = "is an amount with a currency sign, brackets or a minus behind."
            self.refusals.add_values(accounted, there, what, f'Write amounts = "accounting" {declared}')
            self.refusals.add_values(
                unread, there, "is not a number; expected one such as 1234.5.", "Correct the cell, or map it."
            )
        if isinstance(column.type, Float):
            return values
        whole: Cells = values.where((values % 1 == 0) & (values.abs() < 2**31))
        self.refusals.add_values(values[values.notna() & whole.isna()], there, "is not a whole number.", "Correct the cell.")
        return whole.astype("Int64")

    def _same_money(self, signs: Cells, there: str) -> None:
        """Refuse amounts whose sign is not one of their row's currency."""
        room = self.room.settings.currency
        given = "currency" in self.feed.columns
        money = self.read("currency").fillna(room) if given else pd.Series(room, index=self.rows.index)
        strange = other_money(signs, money)
        why = (f"'{sign}' is not a sign of {money[row]}, the currency of the row." for row, sign in strange.items())
        self.refusals.add(
            strange.index, there, why, f"Map the `currency` under [{self.source.name}.columns], or correct the cell."
        )


def _unread(cells: Cells, parsed: Cells) -> Cells:
    """The cells that say something which was not understood; a blank cell says nothing."""
    unread = cells[parsed.isna() & cells.notna()]
    return unread[texts(unread).str.strip().fillna("") != ""] if len(unread) else unread
