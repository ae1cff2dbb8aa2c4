"""Months: by their first day, and by their number since January 1970."""

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
