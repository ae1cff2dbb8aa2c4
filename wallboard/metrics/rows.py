"""What a metric returns: rows that mypy knows, each a frozen dataclass with slots whose docstring says grain and units.

A metric is a public function `(connection, scope, *, options) -> tuple[Row, ...]`; the fields of its row are its columns, in
order. Missing is None, never NaN.
"""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache
from operator import add
from typing import Any, ClassVar, Protocol, Self, get_args, get_type_hints

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema


class Row(Protocol):
    """Any frozen dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


@dataclass(frozen=True)
class Documented:
    """What a metric's docstring and its row promise."""

    summary: str
    grain: str
    columns: tuple[str, ...]


@cache
def row_class(metric: Callable[..., Any]) -> type[Row] | None:
    """The class of a metric's rows, from its annotation `tuple[Row, ...]`; None where it is no metric."""
    returned = inspect.signature(metric).return_annotation
    kinds = get_args(returned if not isinstance(returned, str) else get_type_hints(metric)["return"])
    ends = len(kinds) == 2 and kinds[1] is Ellipsis
    return kinds[0] if ends and isinstance(kinds[0], type) and hasattr(kinds[0], "__dataclass_fields__") else None


@cache
def columns(row: type[Row]) -> tuple[str, ...]:
    """The names of a row's fields, in order."""
    return tuple(field.name for field in fields(row))


def cells(row: Row) -> tuple[Any, ...]:
    """A row's values, in the order of its columns."""
    return tuple(getattr(row, name) for name in columns(type(row)))


class Narrowed:
    """A row of which a narrower class knows more: read back from text, it is of that class where its values allow it."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The narrower classes first; a class with slots leaves the one behind of which it was made, under the same name."""
        narrower = {kind.__name__: kind for kind in cls.__subclasses__()}
        kinds: list[CoreSchema | tuple[CoreSchema, str]] = [handler.generate_schema(kind) for kind in narrower.values()]
        return core_schema.union_schema([*kinds, handler(source)], mode="left_to_right") if kinds else handler(source)


class Summed:
    """Adds rows of one kind field by field; `dataclasses.astuple`, which copies what is in them, takes thirty times as long."""

    __slots__ = ()

    def __add__(self, other: Self) -> Self:
        return type(self)(*map(add, cells(self), cells(other)))  # type: ignore[arg-type]


def common_fields(row: Row, kind: type[Row]) -> dict[str, Any]:
    """A row's values of the fields that rows of `kind` have too: what its constructor is given of it."""
    return {name: getattr(row, name) for name in _common(type(row), kind)}


@cache
def _common(kind: type[Row], other: type[Row]) -> tuple[str, ...]:
    return tuple(name for name in columns(kind) if name in columns(other))


@cache
def documented(metric: Callable[..., Any]) -> Documented:
    """The first sentence and the `Grain:` of a metric's docstring, and its columns; ValueError where one is missing."""
    text, row = inspect.getdoc(metric) or "", row_class(metric)
    summary = re.split(r"(?<=[.!?])\s", text.split("\n\n")[0].replace("\n", " "), maxsplit=1)[0]
    grain = re.search(r"^Grain: (.+?)(?=\n\n|\Z)", text, re.MULTILINE | re.DOTALL)
    if grain is None or row is None:
        lacks = "is not annotated with tuple[Row, ...]" if grain else "has no 'Grain:' line in its docstring"
        raise ValueError(f"{metric.__module__}.{metric.__name__} {lacks}")
    return Documented(summary, " ".join(grain[1].split()).rstrip("."), columns(row))
