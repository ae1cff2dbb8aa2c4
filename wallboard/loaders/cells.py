"""Cells of an export to the canonical types: text, codes, numbers, yes and no."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from wallboard.loaders.table import text_of
from wallboard.unicode import lookup, nfc, tidied

Cells = Any
"""One column: a Series of whatever type the file gave it."""

YES = frozenset(("yes", "y", "true", "t", "1", "ja", "j", "wahr", "oui", "si", "sí", "sim", "x"))
NO = frozenset(("no", "n", "false", "f", "0", "nein", "falsch", "non", "não", "nao"))

_POINT = r"^[+-]?(?:(?:\d+|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$"
_COMMA = r"^[+-]?(?:(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+)(?:,\d*)?|,\d+)(?:[eE][+-]?\d+)?$"
_ODD_SPACE = "  |[\t-\r\x1c-\x1f]"
"""In a text of ASCII: two spaces, or one that is none. Arrow looks for it; of \\s pandas asks Python, cell by cell."""

_SPACED = "(?<=[0-9])[ \u00a0\u202f'’](?=[0-9]{3}(?![0-9]))"


def texts(cells: Cells) -> Cells:
    """Every cell as text, as written but with composed accents (NFC); an empty one is missing."""
    if cells.dtype == "str":
        text = cells
    elif cells.dtype.kind in "iu":
        text = cells.astype("str")
    elif cells.dtype.kind == "f" and _whole(cells):
        text = cells.astype("Int64").astype("str")
    else:
        text = pd.Series([text_of(cell) for cell in cells.tolist()], index=cells.index, dtype="str")
    text = _each(text, text.notna() & ~text.str.isascii(), nfc)
    return text.where(text != "")


def _each(cells: Cells, chosen: Cells, change: Callable[[str], str]) -> Cells:
    """The cells, the `chosen` ones changed; each text is looked at once."""
    mask = chosen.to_numpy(dtype=bool)
    if not mask.any():
        return cells
    once = {text: change(text) for text in cells[mask].unique()}
    return cells.where(~mask, cells.map(once)).astype("str")


def _whole(cells: Cells) -> bool:
    there = cells.dropna()
    return bool(np.isfinite(there).all() and (there % 1 == 0).all() and (there.abs() < 2**63).all())


def coded(cells: Cells) -> Cells:
    """Every cell as a code or name: tidied, so that what looks the same is the same; an empty one is missing."""
    codes = texts(cells)
    if cells.dtype.kind in "iuf":
        return codes.astype("str")
    tidy = codes.str.strip()
    odd = tidy.notna() & ~tidy.str.isascii() | tidy.str.contains(_ODD_SPACE, regex=True, na=False)
    tidy = _each(tidy, odd, tidied)
    return tidy.where(tidy != "").astype("str")


def numbers(cells: Cells, decimal: str) -> Cells:
    """Every cell as a number; missing where it cannot be read under this decimal mark."""
    if cells.dtype.kind in "iuf":
        parsed = cells.astype("float64")
        return parsed.where(np.isfinite(parsed))
    if cells.dtype != object:
        return _written(texts(cells), decimal)
    real = pd.Series([isinstance(c, int | float) and not isinstance(c, bool) for c in cells], index=cells.index, dtype="bool")
    parsed = pd.Series(np.nan, index=cells.index, dtype="float64")
    parsed[real] = cells[real].astype("float64")
    parsed[~real] = _written(texts(cells[~real]), decimal)
    return parsed.where(np.isfinite(parsed))


def _written(cells: Cells, decimal: str) -> Cells:
    tidy = cells.str.strip().str.replace("\u2212", "-", regex=False).str.replace(_SPACED, "", regex=True)
    tidy = tidy.where(tidy.str.match(_POINT if decimal == "." else _COMMA, na=False))
    tidy = tidy.str.replace("," if decimal == "." else ".", "", regex=False).str.replace(",", ".", regex=False)
    parsed = pd.to_numeric(tidy, errors="coerce").astype("float64")
    return parsed.where(np.isfinite(parsed))


def written_otherwise(cells: Cells, mine: Cells, decimal: str) -> Cells:
    """Which cells are not to be read with this decimal mark, because they, or others of the column, are written with the other.

    `mine`: the numbers that they are with this mark. A cell that is a number with the other mark only proves that one; where
    at least as many prove it as the declared one, what could be read either way is not what it seems.
    """
    other = "," if decimal == "." else "."
    foreign = mine.isna() & cells.notna()
    foreign[foreign] = numbers(cells[foreign], other).notna()
    if not foreign.any():
        return foreign
    theirs = numbers(cells, other)
    written = cells.map(lambda cell: isinstance(cell, str)).astype(bool)
    own = (written & mine.notna() & theirs.isna()).sum()
    either = written & mine.notna() & theirs.notna() & (mine != theirs)
    return foreign | either if foreign.sum() >= own else foreign


def booleans(cells: Cells) -> Cells:
    """Every cell as yes or no; missing where it is neither."""
    if cells.dtype.kind == "b":
        return cells.astype("boolean")
    words = texts(cells).str.strip().str.lower()
    flags = pd.Series(pd.NA, index=cells.index, dtype="boolean")
    flags[words.isin(YES)] = True
    flags[words.isin(NO)] = False
    return flags


NOTHING = frozenset(
    ("null", "(null)", "none", "nil", "n/a", "na", "#n/a", "nan", "-", "--", "?", "unknown", "undefined", "k. a.")
)
"""Words by which exports say that they know nothing."""


def swallowed(cells: Cells, values: Mapping[str, object]) -> dict[str, int]:
    """Words for nothing that are mapped by "*" as if they said something, and how often each stands there."""
    if "*" not in values:
        return {}
    words = coded(cells).dropna()
    blanks = words[words.str.lower().isin(NOTHING) & ~words.isin(list(values))]
    return {str(word): int(times) for word, times in blanks.value_counts().items()}


def valued(cells: Cells, values: Mapping[str, object]) -> Cells:
    """Every cell as its canonical value: "*" stands for every other one, "" for an empty cell."""
    plain = {key: str(text_of(value)) for key, value in values.items()}
    named = {key: value for key, value in plain.items() if key not in ("", "*")}
    words = alike(texts(cells), named)
    mapped = words.map(named).astype("str")
    other = words.where(words.isna(), plain["*"]) if "*" in plain else words
    mapped = mapped.where(words.isin(list(named)), other)
    return mapped.fillna(plain[""]) if "" in plain else mapped


def alike(cells: Cells, known: Iterable[str]) -> Cells:
    """The cells, those that only look like a known word replaced by it."""
    words = list(known)
    strange = cells.notna() & ~cells.isin(words)
    if not words or not strange.any():
        return cells
    find = lookup(words)
    return _each(cells, strange, lambda text: find(text) or text)


def spelt(cells: Cells, known: Callable[[str], str | None], *, keep: bool = False) -> Cells:
    """The cells as a closed list spells them; missing, or as they are, where it does not know them."""
    once = {text: known(text) or (text if keep else None) for text in cells.dropna().unique()}
    return cells.map(once).astype("str") if once else cells
