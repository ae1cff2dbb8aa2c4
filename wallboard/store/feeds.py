"""Which table each feed fills, how its newest fact is dated, and which facts are counted from it.

So a screen knows how old a picture is without knowing how exports are read: `make docs` writes feeds.toml out of what feeds and
facts declare.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType


@dataclass(frozen=True)
class Fed:
    """The table of a feed; `fact` is the column that dates its newest row, None for things without a date."""

    table: str
    fact: str | None = None
    facts: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables whose version a change of this feed raises, its own first."""
        return (self.table, *self.facts)


def _read() -> dict[str, Fed]:
    content = tomllib.loads((Path(__file__).parent / "feeds.toml").read_text(encoding="utf-8"))
    return {name: Fed(row["table"], row.get("fact"), tuple(row.get("facts", ()))) for name, row in content.items()}


FEEDS: Mapping[str, Fed] = MappingProxyType(_read())
"""Every feed, in the order in which they are loaded."""
