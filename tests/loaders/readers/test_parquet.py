"""Parquet."""

import io
from pathlib import Path

import pandas as pd
import pytest

from wallboard.errors import FileRefused
from wallboard.loaders.readers.parquet import read
from wallboard.loaders.sources import Source

SOURCE = Source(name="t", feed="voice", file="t.parquet", key=("id",))


def parquet() -> bytes:
    written = io.BytesIO()
    pd.DataFrame({"id": [1, 2], "other": ["a", "b"]}).to_parquet(written)
    return written.getvalue()


def test_only_named_columns_are_read_and_all_are_known() -> None:
    raw = read(Path("t.parquet"), parquet(), SOURCE)
    assert list(raw.frame.columns) == ["id"]
    assert raw.columns == ("id", "other")
    assert list(raw.frame.index) == [1, 2]


def test_a_half_written_file_is_refused_whole() -> None:
    with pytest.raises(FileRefused, match="is not a complete Parquet file"):
        read(Path("t.parquet"), parquet()[:-20], SOURCE)
