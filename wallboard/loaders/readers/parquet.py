"""Parquet."""

import io
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from wallboard.errors import FileRefused
from wallboard.loaders.limits import refuse_large
from wallboard.loaders.sources import Source
from wallboard.loaders.table import RawTable


def read(path: Path, content: bytes, source: Source) -> RawTable:
    """Read the columns that the source names; rows count from 1."""
    try:
        there = pq.read_schema(io.BytesIO(content)).names
        wanted = [name for name in there if name in source.named]
        parts = pq.read_metadata(io.BytesIO(content))
        refuse_large(parts.num_rows, max(1, len(wanted)), len(content), str(path))
        frame = pd.read_parquet(io.BytesIO(content), columns=wanted)
    except (pa.ArrowException, OSError, ValueError) as error:
        what = f"is not a complete Parquet file ({str(error).splitlines()[0]})."
        raise FileRefused(str(path), what, "It may be half-written: export it again.") from None
    unread = tuple(name for name in there if name not in wanted)
    return RawTable(frame.set_axis(pd.RangeIndex(1, len(frame) + 1)), unread=unread)
