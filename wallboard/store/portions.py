"""Many values in parts that a statement, or the memory, can hold."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

STATEMENT_VALUES = 500
"""So many values fit into one statement of either database."""

T = TypeVar("T")


def in_portions(values: Iterable[T], size: int = STATEMENT_VALUES) -> Iterator[list[T]]:
    """Values in lists of `size`, the last one shorter."""
    listed = list(values)
    return (listed[start : start + size] for start in range(0, len(listed), size))
