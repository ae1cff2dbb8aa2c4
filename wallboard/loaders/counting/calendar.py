"""Months: by their first day, and by their number since January 1970."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

FAR = 1_000_000
"""The month in which what has no day happens: never."""

Numbers = NDArray[np.int64]


def month_of(days: "pd.Series[Any]") -> Any:
    """The first day of each day's month."""
    return days.to_numpy(dtype="datetime64[M]").astype("datetime64[us]")


def months_of(days: "pd.Series[Any]") -> Numbers:
    """The number of each day's month; FAR for a missing day."""
    months = days.to_numpy(dtype="datetime64[M]")
    return np.where(np.isnat(months), FAR, months.astype("int64"))


def firsts_of(months: Any) -> Any:
    """The first days of months by number, as an array."""
    return np.asarray(months, dtype="int64").astype("datetime64[M]").astype("datetime64[us]")


def number_of(day: date) -> int:
    """The number of a day's month."""
    return (day.year - 1970) * 12 + day.month - 1


def first_of(month: int) -> date:
    """The first day of a month by number."""
    return date(1970 + month // 12, month % 12 + 1, 1)


def months_on(day: date, n: int) -> date:
    """The first day of the month that lies `n` months after (before, below 0) that of a day."""
    return first_of(number_of(day) + n)


def last_day(day: date) -> date:
    """The last day of a day's month."""
    return months_on(day, 1) - timedelta(days=1)
