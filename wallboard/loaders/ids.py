"""Ids that a spreadsheet has damaged: shortened to 8.9E+15, cut to fifteen digits, or without their leading zeros."""

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd
from sqlalchemy import Column, Connection, select

from wallboard.loaders.feed import Feed
from wallboard.loaders.refusals import Refusals, shown
from wallboard.loaders.sources import Source
from wallboard.store.schema import customer

Cells = Any
"""One column: a Series of whatever type it has."""

DIGITS = 15
"""So many digits of a number a spreadsheet keeps."""

_SHORTENED = r"^\d(?:[.,]\d+)?[eE]\+\d{2,}$"


def damaged(cells: Cells) -> Cells:
    """The cells of a column of ids that were a number once and have lost digits."""
    if cells.dtype.kind == "f":
        return cells[cells.abs() >= 10**DIGITS]
    if cells.dtype == "str":
        return cells[cells.str.strip().str.match(_SHORTENED, na=False)]
    if cells.dtype != object:
        return cells.iloc[:0]
    return cells[pd.Series([_lost(cell) for cell in cells], index=cells.index, dtype="bool")]


def _lost(cell: object) -> bool:
    if isinstance(cell, float):
        return bool(abs(cell) >= 10**DIGITS)
    return isinstance(cell, str) and re.match(_SHORTENED, cell.strip()) is not None


def refuse_damaged(cells: Cells, column: str, refusals: Refusals) -> None:
    """Refuse the rows whose id has lost digits."""
    what = "is an id that a spreadsheet has shortened: its last digits are lost."
    remedy = "Export it again and load it without opening it in a spreadsheet, or with that column formatted as text."
    refusals.add_values(damaged(cells), column, what, remedy)


def refuse_without_zeros(connection: Connection, frame: pd.DataFrame, source: Source, feed: Feed, refusals: Refusals) -> None:
    """Refuse rows whose key is known with leading zeros: they would be other rows."""
    keys = feed.table.c.source_key
    lost = _without_zeros(connection, frame["source_key"], keys, feed.table.c.source == source.name)
    reasons = (f"{shown(key)} is known as '{known}': its leading zeros are lost." for key, known in lost.itertuples(index=False))
    remedy = f"Export that column as text. If the ids really changed, give [{source.name}] another name."
    refusals.add(lost.index, ", ".join(source.key_columns) or feed.key, reasons, remedy)


def customers_without_zeros(connection: Connection, frame: pd.DataFrame, feed: Feed) -> Iterator[str]:
    """A sentence where rows name customers by ids without the leading zeros under which they are known."""
    if feed.table is customer or "customer" not in feed.columns or frame.empty:
        return
    lost = _without_zeros(connection, frame["customer"], customer.c.customer)
    if len(lost):
        written, known = lost.iloc[0]
        rows = f"{len(lost):,} row{'s' if len(lost) > 1 else ''}"
        zeros = f"without their leading zeros ('{written}' is known as '{known}')"
        yield f"{rows} name customers {zeros}: export that column as text."


def _without_zeros(connection: Connection, cells: Cells, column: Column[Any], *where: Any) -> pd.DataFrame:
    """The cells that are known only with zeros before them, and what they are known as."""
    plain = cells[cells.astype("str").str.match(r"^[1-9]\d*$", na=False)]
    zeros = connection.scalars(select(column).where(column.like("0%"), *where)).all() if len(plain) else []
    known = {code.lstrip("0"): code for code in zeros if code.isdigit()}
    matches = plain[plain.isin(list(known))]
    if len(matches):
        there = set()
        values = matches.unique().tolist()
        for some in (values[n : n + 500] for n in range(0, len(values), 500)):
            there |= set(connection.scalars(select(column).where(column.in_(some), *where)))
        matches = matches[~matches.isin(list(there))]
    return pd.DataFrame({"written": matches, "known": matches.map(known)})
