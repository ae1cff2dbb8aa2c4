"""A fact: tables of numbers that loads keep, with what they are counted from, and how."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import Connection, Table

from wallboard.loaders.feed import Feed
from wallboard.settings import Room, Settings
from wallboard.store.write import Written

P = TypeVar("P")
"""A part of a fact that can be counted by itself: days, months, customers, ..."""

T = TypeVar("T")

Days = frozenset[date] | None
"""The days on which a count has left other rows than it found; None where it does not know them."""


class Everything:
    """The part that is all of a fact."""


EVERYTHING: Final = Everything()


@dataclass(frozen=True)
class Change:
    """What one load has written of one source, and which tables of facts have been counted since."""

    connection: Connection
    room: Room
    feed: Feed
    source: str
    written: Written
    counted: Mapping[Table, Days] = field(default_factory=dict)
    _known: dict[str, Any] = field(default_factory=dict)

    @property
    def table(self) -> Table:
        """The loaded table that was written."""
        return self.written.table

    def moved(self, *tables: Table) -> bool:
        """Whether any of these tables may have other rows than before."""
        return any(table is self.table or table in self.counted for table in tables)

    def once(self, name: str, make: Callable[["Change"], T]) -> T:
        """What several facts need of one change, made by the first that asks."""
        if name not in self._known:
            self._known[name] = make(self)
        known: T = self._known[name]
        return known


@dataclass(frozen=True)
class Grain(Generic[P]):
    """In which parts a fact is counted: what of it a change touches, and the parts that are all of it, each of bounded size.

    Nothing is touched where `touched` gives None. Parts may overlap; `batches` are counted after the fact has been emptied.
    """

    name: str
    touched: Callable[[Change], "P | Everything | None"]
    batches: Callable[[Connection, Room], Iterable[P]]


def by_no_rule(_settings: Settings) -> object:
    """A fact that no rule of the room decides."""
    return None


@dataclass(frozen=True, eq=False)
class Fact(Generic[P]):
    """A family of tables that one count keeps.

    `version` is raised when the same rows would be counted otherwise than before; then, or when what `rules` takes from room.toml
    is another, the next load counts everything again. `apart`: its tables change only together with a loaded one, and nobody is
    told of them by themselves.
    """

    reads: tuple[Table, ...]
    writes: tuple[Table, ...]
    version: int
    grain: Grain[P]
    count: Callable[[Connection, Room, P], Days]
    rules: Callable[[Settings], object] = by_no_rule
    apart: bool = False
