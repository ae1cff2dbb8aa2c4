"""Dates and times of an export to instants and days.

A naive time belongs to the source's zone; the hour that comes twice in autumn is taken as the first where nothing else of its
row decides, and the hour that is left out in spring as the first moment after it.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from wallboard.loaders.date_names import in_english, named

_ISO = r"^\s*\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?\s*(?:Z|[+-]\d{2}(?::?\d{2})?)?)?\s*$"
_OFFSET = r"\d{2}:\d{2}.*(?:Z|[+-]\d{2}(?::?\d{2})?)\s*$"
Cells = Any
"""One column: a Series of whatever type it has."""

_FIRST, _LAST = pd.Timestamp("1000-01-01", tz="UTC"), pd.Timestamp("9999-12-30", tz="UTC")
_FIRST_DAY, _LAST_DAY, _MS_A_DAY = 61, 2_958_465, 86_400_000
_ZONED = re.compile("%[zZ]")
_NEVER = r"^\s*(?:9999-?12-?31|31[./-]12[./-]9999|12/31/9999)"
"""How systems write that something has no end."""

_UNIX = {"unix": "s", "unix-ms": "ms"}
_DAY_NUMBERS = {"excel": pd.Timestamp("1899-12-30"), "excel-1904": pd.Timestamp("1904-01-01")}
"""The day 0 of spreadsheets; "excel" from 1 March 1900 on, before which the program counts a day that never was."""


@dataclass(frozen=True)
class When:
    """How a source writes a time, the zone of times that name none, and the language of months."""

    date_format: str
    zone: str
    language: str = "en"

    @property
    def expected(self) -> str:
        """What a reader should have written."""
        return {
            "iso": "a date such as 2026-06-30 or 2026-06-30T09:00:00",
            "unix": "seconds since 1970",
            "unix-ms": "milliseconds since 1970",
            "excel": "a day number of a spreadsheet such as 45719.375",
            "excel-1904": "a day number of a spreadsheet that counts from 1904",
        }.get(self.date_format, f"the format {self.date_format}")


def instants(cells: Cells, when: When) -> Cells:
    """Every cell as an instant in UTC; missing where it cannot be read."""
    if isinstance(cells.dtype, pd.DatetimeTZDtype):
        return cells.dt.tz_convert("UTC").astype("datetime64[us, UTC]")
    if cells.dtype.kind == "M":
        return from_local(cells.astype("datetime64[us]"), when.zone)
    if cells.dtype == object:
        return _mixed(cells, when)
    codes, texts = pd.factorize(cells.astype("str"))
    once = _parse(pd.Series(texts, dtype="str"), when)
    times = once.where(once.between(_FIRST, _LAST))
    return pd.Series(times.array.take(codes, allow_fill=True), index=cells.index)


def _mixed(cells: Cells, when: When) -> Cells:
    """Cells that are dates already, as in a workbook, are taken as such; the others are read as text."""
    real = pd.Series([isinstance(cell, date) for cell in cells], index=cells.index, dtype="bool")
    times = instants(_texts(cells[~real]), when)
    return pd.concat([instants(_texts(cells[real]), When("iso", when.zone)), times]).reindex(cells.index)


def likely(cells: Cells) -> str | None:
    """What numbers that were not understood as dates may be: "excel", "unix" or "unix-ms"; None where they are something else."""
    numbers: Cells = pd.to_numeric(_texts(cells).str.strip().str.replace(",", ".", regex=False), errors="coerce")
    ranges = {"excel": (20_000, 80_000), "unix": (5e8, 5e9), "unix-ms": (5e11, 5e12)}
    fits = (how for how, (least, most) in ranges.items() if numbers.between(least, most).any())
    return next(fits, None)


def days(cells: Cells, when: When) -> Cells:
    """Every cell as a day of the source's calendar; missing where it cannot be read.

    A column whose times all are midnight UTC holds days that a program wrote as times: they stay what they are, also in a zone
    in which that moment belongs to the day before.
    """
    if cells.dtype.kind == "M" and not isinstance(cells.dtype, pd.DatetimeTZDtype):
        return cells.astype("datetime64[us]").dt.normalize()
    times = instants(cells, when)
    own = times.dt.tz_convert(when.zone).dt.tz_localize(None)
    written = midnights(cells, when, times)
    own = own.where(~own.index.isin(written.index), times.dt.tz_localize(None))
    return own.dt.normalize().astype("datetime64[us]")


def midnights(cells: Cells, when: When, times: Cells) -> Cells:
    """The instants of a column that say their own zone, where all of them are midnight UTC; else none."""
    fixed = times.where(_absolute(cells, when)).dropna()
    return fixed if (fixed == fixed.dt.normalize()).all() else fixed.iloc[:0]


def second_reading(cells: Cells, when: When) -> Cells:
    """Every cell that falls into the hour which comes twice as the later of its two instants; missing for all others."""
    first = instants(cells, when)
    naive = first.dt.tz_convert(when.zone).dt.tz_localize(None)
    again = _localized(naive, when.zone, first=False)
    return again.where((again != first) & ~_absolute(cells, when))


def _absolute(cells: Cells, when: When) -> Cells:
    """True of cells that say their own zone."""
    if isinstance(cells.dtype, pd.DatetimeTZDtype) or when.date_format in _UNIX:
        return cells.notna()
    if when.date_format in _DAY_NUMBERS or cells.dtype.kind == "M":
        return pd.Series(False, index=cells.index)
    if when.date_format != "iso":
        return cells.notna() & bool(_ZONED.search(when.date_format))
    return _texts(cells).str.contains(_OFFSET, regex=True, na=False).astype(bool)


def without_never(cells: Cells) -> Cells:
    """The cells, those that say 31 December 9999 missing: it means that no end is known."""
    if cells.dtype.kind == "M":
        return cells.where(cells.dt.year != _LAST.year)
    return cells.where(~cells.astype("str").str.match(_NEVER, na=False))


def local_day(at: Cells, zone: str) -> Cells:
    """The day on which an instant falls in a zone."""
    return at.dt.tz_convert(zone).dt.tz_localize(None).dt.normalize().astype("datetime64[us]")


def _texts(cells: Cells) -> Cells:
    return pd.Series([None if cell is None else str(cell) for cell in cells], index=cells.index, dtype="str")


def from_local(cells: Cells, zone: str) -> Cells:
    """Naive times of a zone as instants in UTC."""
    return _localized(cells, zone, first=True)


def _localized(cells: Cells, zone: str, *, first: bool) -> Cells:
    there = cells.dt.tz_localize(zone, ambiguous=np.full(len(cells), first), nonexistent="shift_forward")
    return there.dt.tz_convert("UTC").astype("datetime64[us, UTC]")


def _parse(texts: Cells, when: When) -> Cells:
    if when.date_format in _UNIX:
        return _since_1970(texts, _UNIX[when.date_format])
    if when.date_format not in ("iso", *_DAY_NUMBERS):
        return _written(texts, when)
    times = _iso(texts.where(texts.str.match(_ISO)), when.zone)
    return times if when.date_format == "iso" else times.fillna(_day_numbers(texts, when))


def _day_numbers(texts: Cells, when: When) -> Cells:
    numbers: Cells = pd.to_numeric(texts.str.strip().str.replace(",", ".", regex=False), errors="coerce").astype("float64")
    whole = (numbers.where(numbers.between(_FIRST_DAY, _LAST_DAY)) * _MS_A_DAY).round().astype("Int64")
    naive = _DAY_NUMBERS[when.date_format] + pd.to_timedelta(whole, unit="ms")
    return from_local(naive.astype("datetime64[us]"), when.zone)


def _since_1970(texts: Cells, unit: str) -> Cells:
    per = {"s": 1_000_000, "ms": 1_000}[unit]
    numbers: Cells = pd.to_numeric(texts, errors="coerce")
    numbers = numbers.astype("float64") * per
    sane = numbers.between(_FIRST.timestamp() * 1e6, _LAST.timestamp() * 1e6)
    whole = numbers.where(sane).round().astype("Int64")
    return pd.to_datetime(whole, unit="us", utc=True).astype("datetime64[us, UTC]")


def _iso(texts: Cells, zone: str) -> Cells:
    offset = texts.str.contains(_OFFSET, regex=True, na=False)
    tidy = texts.str.strip().str.replace(",", ".", regex=False)
    aware = pd.to_datetime(tidy.where(offset), format="ISO8601", utc=True, errors="coerce").astype("datetime64[us, UTC]")
    naive = pd.to_datetime(tidy.where(~offset), format="ISO8601", errors="coerce").astype("datetime64[us]")
    return aware.fillna(from_local(naive, zone))


def _written(texts: Cells, when: When) -> Cells:
    if named(when.date_format):
        texts = texts.map(lambda text: in_english(text, when.date_format, when.language), na_action="ignore").astype("str")
    if _ZONED.search(when.date_format):
        return pd.to_datetime(texts.str.strip(), format=when.date_format, utc=True, errors="coerce").astype("datetime64[us, UTC]")
    naive = pd.to_datetime(texts.str.strip(), format=when.date_format, errors="coerce").astype("datetime64[us]")
    return from_local(naive, when.zone)
