"""What customers wrote, and which row of the store holds it: whoever keeps a metric's rows keeps that, and not the words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, TypeAlias

import orjson
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema
from sqlalchemy import Column, ColumnElement, Connection, Table, select

from wallboard.metrics.cropping import crop
from wallboard.store.schema import media
from wallboard.store.showing import why_not
from wallboard.store.withdrawn import MEDIA

WITHDRAWN = "[words withdrawn]"
"""Stands where words stood that the store does not have any more, or may not show."""

LOADED = ("source", "source_key")
"""What names a row of a feed for as long as the feed has it."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A text of the store: the column of the one row that has this key, cut at a word where it is longer than `longest`."""

    table: str
    column: str
    key: tuple[tuple[str, str], ...]
    longest: int | None = None

    def written(self) -> list[object]:
        """As JSON has it."""
        return [self.table, self.column, [list(pair) for pair in self.key], self.longest]

    def where(self, table: Table) -> list[ColumnElement[bool]]:
        """That a row of the table has this key."""
        return [table.c[name] == _value(table.c[name], value) for name, value in self.key]

    @classmethod
    def read(cls, values: list[Any]) -> "Reference":
        """From JSON; raises ValueError where it is none."""
        table, column, key, longest = values
        return cls(table, column, tuple((str(name), str(value)) for name, value in key), longest)

    @classmethod
    def of_text(cls, text: str) -> "Reference":
        """From JSON as text; raises ValueError where it is none."""
        return cls.read(orjson.loads(text))

    def __str__(self) -> str:
        """As a step or an option keeps it."""
        return orjson.dumps(self.written()).decode()


class Quotation(str):
    """A customer's words as they are shown, and where they stand."""

    __slots__ = ("reference",)
    reference: Reference | None

    def __new__(cls, words: str, reference: Reference | None) -> "Quotation":
        """The words, cut where the reference says so."""
        longest = reference.longest if reference else None
        made = super().__new__(cls, words if longest is None else crop(words, longest))
        made.reference = reference
        return made


def quotation(row: Any, column: Column[Any], words: str, longest: int | None = None, key: tuple[str, ...] = LOADED) -> str:
    """The words that a row brings from a column of a table, whose key the row has too."""
    named = tuple((name, str(getattr(row, name))) for name in key)
    return Quotation(words, Reference(column.table.name, column.name, named, longest))


WordsNow: TypeAlias = Callable[[Reference], str | None]
"""What a reference leads to today; None where it leads nowhere any more."""


@dataclass(frozen=True, slots=True)
class _Referred:
    """Is written as a reference, and read by what the context knows of it under `words`; never as words.

    `ours`: what is no quotation is a text of ours, and is kept as it is.
    """

    ours: bool = False

    def __get_pydantic_core_schema__(self, source: type, handler: GetCoreSchemaHandler) -> CoreSchema:
        as_json = core_schema.plain_serializer_function_ser_schema(self._written)
        return core_schema.with_info_plain_validator_function(self._read, serialization=as_json)

    def _written(self, words: str | None) -> list[object] | str | None:
        reference = getattr(words, "reference", None)
        return reference.written() if reference else words if self.ours else None

    def _read(self, value: object, info: core_schema.ValidationInfo) -> str:
        return value if self.ours and isinstance(value, str) else _read(value, info)


CustomersWords: TypeAlias = Annotated[str, _Referred()]
"""The type of a row's field that holds what a customer wrote or is heard to say."""

CustomersOrOurs: TypeAlias = Annotated[str, _Referred(ours=True)]
"""The type of a row's field that holds what a customer wrote, as a quotation, or what we say instead."""


def _read(value: object, info: core_schema.ValidationInfo) -> Quotation:
    if not isinstance(value, list):  # words that a version kept which knew no references
        return Quotation(WITHDRAWN, None)
    reference = Reference.read(value)
    known: WordsNow | None = (info.context or {}).get("words")
    words = known(reference) if known else None
    return (
        Quotation(WITHDRAWN, Reference(reference.table, reference.column, reference.key))
        if words is None
        else Quotation(words, reference)
    )


def words_now(connection: Connection, today: date, tables: Mapping[str, Table]) -> WordsNow:
    """What the store holds today of what is referred to, where it may be shown: through the same gate as on every screen."""

    def read(reference: Reference) -> str | None:
        table = tables.get(reference.table)
        if table is None or reference.column not in table.c:
            return None
        columns = MEDIA if table is media else (table.c[reference.column],)
        row = connection.execute(select(*columns).where(*reference.where(table))).mappings().first()
        if row is None or (table is media and why_not(row["kind"], row["consent"], row["retention_until"], today)):
            return None
        words: str | None = row[reference.column]
        return words or None

    return read


def _value(column: Column[Any], text: str) -> object:
    return date.fromisoformat(text) if column.type.python_type is date else text
