"""A query to another database, read and never written."""

import os
import re
from decimal import Decimal
from typing import Any

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from wallboard.errors import FileRefused
from wallboard.loaders.limits import LONGEST_INTEGER
from wallboard.loaders.sources import Source
from wallboard.loaders.table import RawTable, frame_of, header_of

_VARIABLE = re.compile(r"\$\{(\w+)\}")


def read(query: str, source: Source) -> RawTable:
    """The rows of a query, counted from 1; ${NAME} in the URL is taken from the environment."""
    where = f"the database of [{source.name}]"
    url = _VARIABLE.sub(lambda match: _from_environment(where, match[1]), source.database or "")
    try:
        engine = create_engine(make_url(url))
        try:
            with engine.connect() as connection:
                result = connection.execute(text(query))
                header = header_of(result.keys())
                rows = [[_plain(cell) for cell in row] for row in result]
                connection.rollback()
        finally:
            engine.dispose()
    except (SQLAlchemyError, ImportError) as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise FileRefused(where, f"does not answer the query ({reason}).", "Check `database` and `query`.") from None
    return RawTable(frame_of(header, rows, range(1, len(rows) + 1)), (), {}, header.twice)


def _from_environment(where: str, name: str) -> str:
    if name not in os.environ:
        raise FileRefused(where, f"the environment has no variable {name}.", f"Set {name} before loading.")
    return os.environ[name]


def _plain(cell: Any) -> Any:
    if isinstance(cell, Decimal):
        if not cell.is_finite() or cell.adjusted() >= LONGEST_INTEGER:
            return str(cell)
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    return bytes(cell).decode("utf-8", "replace") if isinstance(cell, (bytes, memoryview)) else cell
