"""When the terms of contracts end, and which contract continues another: pure functions of frames, days as whole days.

A contract has one term (`term_ends_on`), or a term ends every `term_months` months from its start on.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

BEFORE, AFTER = 90, 30
"""A contract continues another that starts from so many days before to so many days after that one's term, or it, ends."""

AHEAD = 13
"""How many months beyond the newest known day terms are listed."""

_AT_ONCE = 2_000_000
_WHO = ["customer", "perimeter"]
_PAIR = ["row", "contract", "started_on", "ended_on", "due"]

Array = np.ndarray[Any, Any]


def run_past(contracts: pd.DataFrame, newest: Any) -> Iterator[pd.DataFrame]:
    """Terms past whose end the contract itself runs: `row` of the contract, `due` day, and whether that day is `ahead`.

    They come in parts, for there are as many as months in the lives of all contracts.
    """
    horizon = _day(newest).astype("datetime64[M]") + AHEAD
    start, end = _days(contracts["started_on"]), _days(contracts["ended_on"])
    months, fixed = contracts["term_months"].fillna(0).to_numpy(dtype="int64"), _days(contracts["term_ends_on"])
    last = np.minimum(np.where(np.isnat(end), horizon + 1, end.astype("datetime64[M]")), horizon)
    lived = (last - start.astype("datetime64[M]")).astype("int64")
    fixed_term = ~np.isnat(fixed)
    terms = np.where(fixed_term, 1, np.where(months > 0, lived // np.maximum(months, 1), 0)).clip(0)
    parts = np.cumsum(terms) // _AT_ONCE
    for part in np.unique(parts) if len(parts) else ():
        rows = np.flatnonzero(parts == part)
        row = np.repeat(rows, terms[rows])
        number = np.arange(len(row)) - np.repeat(np.cumsum(terms[rows]) - terms[rows], terms[rows]) + 1
        due = np.where(fixed_term[row], fixed[row], months_on(start[row], number * months[row]))
        past = (np.isnat(end[row]) | (due < end[row])) & (due.astype("datetime64[M]") <= horizon)
        ahead = due > _day(newest)
        yield pd.DataFrame({"row": row[past], "due": due[past].astype("datetime64[us]"), "ahead": ahead[past]})


def last_terms(contracts: pd.DataFrame) -> pd.DataFrame:
    """The terms at or before whose end contracts ended (contracts' columns, `row`, `due`)."""
    ended = contracts[contracts["ended_on"].notna()].copy()
    start, end = _days(ended["started_on"]), _days(ended["ended_on"])
    months, fixed = ended["term_months"].fillna(0).to_numpy(dtype="int64"), _days(ended["term_ends_on"])
    length = np.maximum(months, 1)
    number = np.maximum((end.astype("datetime64[M]") - start.astype("datetime64[M]")).astype("int64") // length, 1)
    due = months_on(start, number * length)
    due = np.where(due < end, months_on(start, (number + 1) * length), due)
    due = np.where(np.isnat(fixed), due, fixed)
    chosen = (due >= end) & (~np.isnat(fixed) | (months > 0))
    return ended.assign(row=ended.index, due=due.astype("datetime64[us]"))[chosen]


def continued(ended: pd.DataFrame, contracts: pd.DataFrame) -> pd.DataFrame:
    """Which contract continues each ended one: `row` of the ended, `by` (the other's row), `began` and `after` (its value).

    It is of the same customer and perimeter, runs longer, and names the other or starts around its end; who is named comes
    first, then who starts first.
    """
    others = contracts[contracts["customer"].isin(ended["customer"])]
    others = others.assign(by=others.index)[[*_WHO, "by", "started_on", "ended_on", "renewed_from", "value"]]
    pairs = ended[[*_WHO, *_PAIR]].merge(others, on=_WHO, suffixes=("", "_other"))
    longer = pairs["ended_on_other"].isna() | (pairs["ended_on_other"] > pairs["ended_on"])
    pairs = pairs[longer & (pairs["by"] != pairs["row"])]
    named = (pairs["renewed_from"] == pairs["contract"]) & pairs["contract"].notna()
    began = pairs["started_on_other"]
    around = _around(began, pairs["due"]) | _around(began, pairs["ended_on"])
    successors = pairs.assign(named=named, began=began)[named | (around & (began > pairs["started_on"]))]
    successors = successors.sort_values(["row", "named", "began", "by"], ascending=[True, False, True, True])
    return successors.drop_duplicates("row")[["row", "by", "began", "value"]].rename(columns={"value": "after"})


def months_on(start: Array, months: Array) -> Array:
    """The day so many months later; the last of the month where that month is too short."""
    month = start.astype("datetime64[M]")
    into = (start - month.astype("datetime64[D]")).astype("int64")
    there = month + months
    longest = ((there + 1).astype("datetime64[D]") - there.astype("datetime64[D]")).astype("int64") - 1
    dates: Array = there.astype("datetime64[D]") + np.minimum(into, longest)
    return dates


def _around(days: "pd.Series[Any]", end: "pd.Series[Any]") -> "pd.Series[bool]":
    return (days >= end - pd.Timedelta(days=BEFORE)) & (days <= end + pd.Timedelta(days=AFTER))


def _days(column: "pd.Series[Any]") -> Array:
    dates: Array = column.to_numpy(dtype="datetime64[D]")
    return dates


def _day(day: Any) -> Any:
    return np.datetime64(day, "D")
