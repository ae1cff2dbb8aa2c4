"""Amounts as accountants write them: with a currency sign or code, in brackets, with the minus behind."""

import re
from typing import Any, NamedTuple

import pandas as pd

from wallboard.codes import signs_of

Cells = Any
"""One column: a Series of whatever type the file gave it."""

_SIGN = r"[^\d\s.,'’()+\-][^\d\s,'’()+\-]{0,5}"
_AMOUNT = re.compile(
    rf"(?P<minus>[+-])?\s*(?P<before>{_SIGN})?\s*(?P<inner>[+-])?\s*(?P<open>\()?\s*(?P<inside>{_SIGN})?\s*"
    rf"(?P<number>[.,]?\d[\d.,'’\s]*?)\s*(?P<close>\))?\s*(?P<after>{_SIGN})?\s*(?P<behind>[+-])?"
)


class Amounts(NamedTuple):
    """The cells as plain numbers, and the currency sign or code that stands beside each (missing where none does)."""

    cells: Cells
    signs: Cells


def plain(cells: Cells) -> Amounts:
    """Amounts without what accountants put around them; what is none stays as it is."""
    nothing = pd.Series(index=cells.index, dtype="str")
    if cells.dtype.kind in "iufbM":
        return Amounts(cells, nothing)
    read = [_plain(cell) if isinstance(cell, str) else (cell, None) for cell in cells.tolist()]
    kind = "str" if cells.dtype == "str" else "object"
    values = pd.Series([number for number, _ in read], index=cells.index, dtype=kind)
    return Amounts(values, pd.Series([sign for _, sign in read], index=cells.index, dtype="str"))


def other_money(signs: Cells, currencies: Cells) -> Cells:
    """The signs that do not belong to the currency of their row."""
    there = signs.dropna()
    fits = [sign.upper() in signs_of(code) for sign, code in zip(there, currencies.loc[there.index], strict=True)]
    return there[[not fit for fit in fits]]


def _plain(cell: str) -> tuple[str, str | None]:
    match = _AMOUNT.fullmatch(cell.strip().replace("\u2212", "-").replace("\u2013", "-"))
    if match is None:
        return cell, None
    minus_signs = [match[name] for name in ("minus", "inner", "behind") if match[name]]
    signs = [match[name] for name in ("before", "inside", "after") if match[name]]
    brackets = bool(match["open"])
    if brackets != bool(match["close"]) or len(minus_signs) + brackets > 1 or len(signs) > 1:
        return cell, None
    negative = brackets or minus_signs == ["-"]
    return ("-" if negative else "") + match["number"].strip(), signs[0] if signs else None
