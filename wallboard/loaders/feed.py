"""What a feed is: a table, a contract, defaults, and references."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd
import pandera.pandas as pa
from sqlalchemy import Boolean, Column, ColumnElement, Connection, Date, Float, Integer, String, Table, Text

from wallboard.loaders.refusals import Refusals
from wallboard.settings import Room
from wallboard.store.types import Instant
from wallboard.store.write import ORIGIN

Default = Any | Callable[[pd.DataFrame, str], Any]
"""A value for all rows without one, or a function of the rows and the source's name that gives it."""


def _nothing(frame: pd.DataFrame, room: Room) -> pd.DataFrame:
    return frame


def _no_check(frame: pd.DataFrame, room: Room, refusals: Refusals) -> None:
    return None


def _no_hints(connection: Connection) -> Iterable[str]:
    return ()


@dataclass(frozen=True)
class Feed:
    """One canonical feed; `order` says when it is loaded, after what it refers to."""

    name: str
    order: int
    table: Table
    contract: pa.DataFrameSchema
    key: str | None = None
    claims: str | None = None
    """A derived column that says what a row is about: one source, and one row, may speak of it."""
    fact: str | None = None
    ends: tuple[str, ...] = ()
    """Columns that hold the first day without: where a source writes the last day in, it says so (`end_dates`)."""
    part: ColumnElement[str] | None = None
    """How the feed divides its rows, so that a fall of one kind is told from a fall of all; None: not at all."""
    volume: ColumnElement[Any] | None = None
    """What a row counts for (a KPI's denominator); None: one."""
    defaults: Mapping[str, Default] = field(default_factory=dict)
    derived: tuple[str, ...] = ()
    derive: Callable[[pd.DataFrame, Room], pd.DataFrame] = _nothing
    check: Callable[[pd.DataFrame, Room, Refusals], None] = _no_check
    spans: tuple[tuple[str, str], ...] = ()
    """Pairs of instants of one row of which the second cannot lie before the first."""
    placed: bool = False
    """Its rows may name a touchpoint alone; the stage follows from it."""
    looks_outside: bool = False
    """Its rows name things outside the file, so the same file may mean something else today."""
    closed: bool = False
    """Its rows say what may be shown, so that nothing stands that an older row allowed and a refused one may forbid."""
    hints: Callable[[Connection], Iterable[str]] = _no_hints
    """What a person might do better in its rows as they stand; never a refusal."""

    @cached_property
    def columns(self) -> dict[str, Column[Any]]:
        """The canonical columns: what a source may give."""
        return {c.name: c for c in self.table.columns if c.name not in ("id", *ORIGIN, *self.derived)}

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The columns that every row must have."""
        return tuple(name for name, column in self.columns.items() if not column.nullable)

    @cached_property
    def words(self) -> dict[str, tuple[str, ...]]:
        """The columns that say one of a few words, with these words."""
        checks = ((name, check) for name, column in self.contract.columns.items() for check in column.checks)
        return {name: tuple(check.statistics["words"]) for name, check in checks if "words" in check.statistics}

    @cached_property
    def times(self) -> tuple[str, ...]:
        """The columns that hold a date or an instant."""
        return tuple(name for name, column in self.columns.items() if isinstance(column.type, (Date, Instant)))

    @cached_property
    def references(self) -> dict[str, Column[Any]]:
        """Column to the column of another table in which its value must stand."""
        there = {name: list(c.foreign_keys) for name, c in self.columns.items() if c.foreign_keys}
        return {name: keys[0].column for name, keys in there.items()}

    def default_columns(self, room: Room) -> set[str]:
        """The columns that have a default in this room."""
        common = {"currency"} if "currency" in self.columns else set()
        if "perimeter" in self.columns and len(room.settings.leaves(None)) == 1:
            common.add("perimeter")
        return common | self.defaults.keys()

    def default(self, column: str, frame: pd.DataFrame, source: str, room: Room) -> Any:
        """What stands in `column` where a row says nothing."""
        if column in self.defaults:
            value = self.defaults[column]
            return value(frame, source) if callable(value) else value
        return room.settings.currency if column == "currency" else room.settings.leaves(None)[0]


def dtype_of(column: Column[Any]) -> str:
    """The one frame type in which a column of the store is held."""
    kind = column.type
    if isinstance(kind, Instant):
        return "datetime64[us, UTC]"
    if isinstance(kind, Date):
        return "datetime64[us]"
    if isinstance(kind, Boolean):
        return "boolean"
    if isinstance(kind, Integer):
        return "Int64"
    return "float64" if isinstance(kind, Float) else "str"


def contract(table: Table, *across: pa.Check, **checks: pa.Check | list[pa.Check]) -> pa.DataFrameSchema:
    """A feed's contract: types and lengths from its table, and what must hold in its columns and across them."""
    columns = {}
    for column in table.columns:
        if column.name in ("id", *ORIGIN):
            continue
        own = checks.get(column.name, [])
        mine = [*([own] if isinstance(own, pa.Check) else own), *_length(column)]
        columns[column.name] = pa.Column(dtype_of(column), nullable=bool(column.nullable), checks=mine, required=False)
    return pa.DataFrameSchema(columns, checks=list(across))


def _length(column: Column[Any]) -> Iterable[pa.Check]:
    kind = column.type
    if isinstance(kind, String) and not isinstance(kind, Text) and kind.length:
        longest = kind.length
        yield rule(lambda cells: cells.str.len() <= longest, f"is longer than {longest} characters", "Shorten or map it")


def rule(holds: Callable[[Any], Any], what: str, remedy: str, **statistics: Any) -> pa.Check:
    """A check with the sentence a person reads where it does not hold."""
    return pa.Check(holds, name=what, error=what, description=remedy, ignore_na=True, statistics=statistics)


def one_of(*values: str) -> pa.Check:
    """The column says one of `values`."""
    allowed = set(values)
    shown = ", ".join(values)
    return rule(lambda cells: cells.isin(allowed), f"is none of: {shown}", "Map it under `values`", words=values)


def at_least(least: float) -> pa.Check:
    """The column is never below `least`."""
    return rule(lambda cells: cells >= least, f"is below {least:g}", "Correct it in the export")
