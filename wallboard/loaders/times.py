"""Dates and times of an export to instants and days.

A naive time belongs to the source's zone; the hour that comes twice in autumn is taken as the first, and the hour that is
left out in spring as the first moment after it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

_ISO = r"^\s*\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?\s*(?:Z|[+-]\d{2}(?::?\d{2})?)?)?\s*$"
_OFFSET = r"\d{2}:\d{2}.*(?:Z|[+-]\d{2}(?::?\d{2})?)\s*$"
Cells = Any
"""One column: a Series of whatever type it has."""

_FIRST, _LAST = pd.Timestamp("1000-01-01", tz="UTC"), pd.Timestamp("9999-12-30", tz="UTC")
_NEVER = r"^\s*(?:9999-?12-?31|31[./-]12[./-]9999|12/31/9999)"
"""How systems write that something has no end."""

_UNIX = {"unix": "s", "unix-ms": "ms"}


@dataclass(frozen=True)
class When:
    """How a source writes a time, and the zone of times that name none."""

    how: str
    zone: str

    @property
    def expected(self) -> str:
        """What a reader should have written."""
        return {
            "iso": "a date such as 2026-06-30 or 2026-06-30T09:00:00",
            "unix": "seconds since 1970",
            "unix-ms": "milliseconds since 1970",
        }.get(self.how, f"the format {self.how}")


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
    found = once.where(once.between(_FIRST, _LAST))
    return pd.Series(found.array.take(codes, allow_fill=True), index=cells.index)


def _mixed(cells: Cells, when: When) -> Cells:
    """Cells that are dates already, as in a workbook, are taken as such; the others are read as text."""
    real = pd.Series([isinstance(cell, date) for cell in cells], index=cells.index, dtype="bool")
    found = instants(_texts(cells[~real]), when)
    return pd.concat([instants(_texts(cells[real]), When("iso", when.zone)), found]).reindex(cells.index)


def days(cells: Cells, when: When) -> Cells:
    """Every cell as a day of the source's calendar; missing where it cannot be read."""
    if cells.dtype.kind == "M" and not isinstance(cells.dtype, pd.DatetimeTZDtype):
        return cells.astype("datetime64[us]").dt.normalize()
    return instants(cells, when).dt.tz_convert(when.zone).dt.tz_localize(None).dt.normalize().astype("datetime64[us]")


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
    first = np.ones(len(cells), dtype=bool)
    there = cells.dt.tz_localize(zone, ambiguous=first, nonexistent="shift_forward")
    return there.dt.tz_convert("UTC").astype("datetime64[us, UTC]")


def _parse(texts: Cells, when: When) -> Cells:
    if when.how in _UNIX:
        return _since_1970(texts, _UNIX[when.how])
    if when.how != "iso":
        return _written(texts, when)
    return _iso(texts.where(texts.str.match(_ISO)), when.zone)


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
    if "%z" in when.how or "%Z" in when.how:
        return pd.to_datetime(texts.str.strip(), format=when.how, utc=True, errors="coerce").astype("datetime64[us, UTC]")
    naive = pd.to_datetime(texts.str.strip(), format=when.how, errors="coerce").astype("datetime64[us]")
    return from_local(naive, when.zone)
