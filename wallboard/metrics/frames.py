"""A tidy frame has exactly the columns that its measure's docstring names: the docstring is the definition."""

import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

MEASURED, NO_CASES, TOO_FEW, NOT_MEASURED = "measured", "no cases", "too few", "not measured"
IN_PART = "in part"
"""Some of what is summed is known and some is not."""
NOT_JUDGED = "not judged"
"""There are numbers, and the feed they come from forbids a verdict (feed_health)."""

COMPLETE, INCOMPLETE, LEFT_CENSORED = "complete", "incomplete", "left-censored"


@dataclass(frozen=True)
class Documented:
    """What a measure's docstring promises."""

    summary: str
    grain: str
    columns: tuple[str, ...]


@cache
def documented(function: Callable[..., Any]) -> Documented:
    """Read `Grain:` and `Columns:` of a measure's docstring; ValueError where one is missing."""
    text = inspect.getdoc(function) or ""
    summary = re.split(r"(?<=[.!?])\s", text.split("\n\n")[0].replace("\n", " "), maxsplit=1)[0]
    columns = tuple(name.strip() for name in _section(text, "Columns", function).split(","))
    return Documented(summary, _section(text, "Grain", function).rstrip("."), columns)


def _section(text: str, title: str, function: Callable[..., Any]) -> str:
    found = re.search(rf"^{title}: (.+?)(?=\n\n|\n[A-Z][a-z]+: |\Z)", text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise ValueError(f"the docstring of {function.__module__}.{function.__name__} has no '{title}:' line")
    return " ".join(found[1].split()).rstrip(".")


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
