"""What identifies a row: the thing it names, the columns a source declares, or its place in its file."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from wallboard.loaders.cells import coded
from wallboard.loaders.feed import Feed
from wallboard.loaders.ids import refuse_damaged
from wallboard.loaders.refusals import Refusals, shown
from wallboard.loaders.sources import Source
from wallboard.unicode import tidied

LONGEST = 400
"""What the store keeps of a key."""


def keys_of(rows: pd.DataFrame, frame: pd.DataFrame, source: Source, feed: Feed, file: str, refusals: Refusals) -> Any:
    """The source_key of every row; rows whose key is empty or too long are refused."""
    if feed.key is not None:
        return frame[feed.key]
    if source.key == "row":
        return f"{tidied(file)}:" + pd.Series(rows.index.astype("str"), index=rows.index, dtype="str")
    parts = list(_parts(rows, source, refusals))
    keys = parts[0]
    for part in parts[1:]:
        keys = keys + "|" + part
    long = keys[keys.str.len() > LONGEST]
    what = f"is longer than a key may be ({LONGEST} characters)."
    refusals.add_values(long, ", ".join(source.key_columns), what, "Choose other columns as `key`.")
    return keys


def _parts(rows: pd.DataFrame, source: Source, refusals: Refusals) -> Iterator[Any]:
    several = len(source.key_columns) > 1
    for column in source.key_columns:
        refuse_damaged(rows[column], column, refusals)
        part = coded(rows[column])
        empty = part.index[part.isna()]
        reasons = ("the key is empty; expected what identifies the row." for _ in empty)
        refusals.add(empty, column, reasons, "Fill it in the export.")
        damaged = part[part.str.contains("\ufffd", regex=False, na=False)]
        refusals.add_values(damaged, column, "is a key with a damaged character.", "Correct it in the export.")
        if several and rows[column].dtype.kind not in "iuf" and part.str.contains(r"[|\\]", regex=True, na=False).any():
            part = part.str.replace("\\", "\\\\", regex=False).str.replace("|", "\\|", regex=False)
        yield part


def once(frame: pd.DataFrame, source: Source, feed: Feed, refusals: Refusals) -> tuple[pd.DataFrame, int]:
    """One row per key: a row said twice counts as the same, a row that contradicts the first of its key is refused."""
    again = frame["source_key"].duplicated()
    if not again.any():
        return frame, 0
    first = frame.loc[~again].reset_index(names="first_row").set_index("source_key")
    later = frame.loc[again]
    before = first.loc[later["source_key"]].set_axis(later.index)
    own = [name for name in frame.columns if name != "source_key"]
    alike = ((later[own] == before[own]) | (later[own].isna() & before[own].isna())).fillna(False).all(axis=1)
    other = later[~alike]
    rows = before.loc[other.index, "first_row"]
    reasons = [
        f"the key {shown(key)} already stands in row {row} with other values."
        for key, row in zip(other["source_key"], rows, strict=True)
    ]
    where = source.columns.get(feed.key, feed.key) if feed.key else ", ".join(source.key_columns)
    refusals.add(other.index, where, reasons, "Keep one of the two, or choose a `key` that tells them apart.")
    return frame.loc[~again], int(alike.sum())
