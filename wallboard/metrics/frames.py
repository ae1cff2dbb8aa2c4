"""The pandas frame of a metric, for `wallboard measure` and notebooks; nothing else of a wall knows pandas."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from wallboard.metrics.rows import Row, cells, documented


def frame(rows: Sequence[Row], metric: Callable[..., Any]) -> pd.DataFrame:
    """What a metric returned, as a frame of plain Python values (missing is None), a column a field of its row."""
    return pd.DataFrame([cells(row) for row in rows], columns=[*documented(metric).columns], dtype=object)
