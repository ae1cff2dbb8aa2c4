"""What the tests of metrics share."""

from collections.abc import Iterable
from typing import Any


def cells_of(rows: Iterable[Any], *names: str) -> list[list[Any]]:
    """Some columns of a metric's rows, to compare at a glance."""
    return [[getattr(row, name) for name in names] for row in rows]
