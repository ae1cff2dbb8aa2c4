"""The pandas frame of a metric, for `wallboard measure` and notebooks."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from wallboard.metrics.rows import Row, cells, documented


def frame(rows: Sequence[Row], metric: Callable[..., Any]) -> pd.DataFrame:
    """What a metric returned, as a frame of plain Python values (missing is None), a column a field of its row."""
    return pd.DataFrame([cells(row) for row in rows], columns=_index(documented(metric).columns), dtype=object)


def tidy(rows: Iterable[Mapping[str, Any]], like: Callable[..., Any]) -> pd.DataFrame:
    """Rows as a frame of plain Python values (missing is None), with the columns that the docstring of `like` names."""
    columns = documented(like).columns
    wanted = frozenset(columns)
    listed = list(rows)
    cells = np.empty((len(columns), len(listed)), dtype=object)
    for n, row in enumerate(listed):
        if row.keys() != wanted:
            wrong = sorted(row.keys() ^ wanted)
            raise ValueError(f"{like.__name__}: a row and the docstring differ in {', '.join(wrong)}")
        cells[:, n] = [row[name] for name in columns]
    return pd.DataFrame(cells.T, columns=_index(columns), dtype=object)


@cache
def _index(columns: tuple[str, ...]) -> "pd.Index[str]":
    return pd.Index(columns)


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """A tidy frame's rows again, ten times as fast as pandas, which looks at every cell for a type to convert."""
    columns: list[str] = frame.columns.tolist()
    return [dict(zip(columns, row, strict=True)) for row in frame.to_numpy(dtype=object).tolist()]
