"""What feeds and their columns were called before: read for one version, with a hint that says what they are called now."""

from collections.abc import Iterator, Mapping
from typing import Any

FEEDS = {"people": "employees"}
COLUMNS = {
    "employees": {"person": "employee"},
    "actions": {"said": "quotation"},
    "voice": {"heard_through": "channel"},
}
_BY_COLUMN = ("columns", "constants", "dates", "values")
"""The parts of a source that are tables by the columns of its feed."""


def renamed(entry: Mapping[str, Any]) -> dict[str, Any]:
    """A source's entry with today's names."""
    feed = FEEDS.get(str(entry.get("feed")), entry.get("feed"))
    names = COLUMNS.get(str(feed), {})
    tables = {
        part: {_new(names, column, entry[part]): value for column, value in entry[part].items()}
        for part in _BY_COLUMN
        if isinstance(entry.get(part), Mapping)
    }
    return {**entry, **({"feed": feed} if "feed" in entry else {}), **tables}


def _new(names: Mapping[str, str], column: str, given: Mapping[str, Any]) -> str:
    """Today's name of a column; where the source gives that one too, the old one stays and is refused as unknown."""
    return column if names.get(column) in given else names.get(column, column)


def former_names(name: str, entry: Mapping[str, Any]) -> Iterator[str]:
    """What a source says in words of before, a sentence each."""
    feed = str(entry.get("feed"))
    if feed in FEEDS:
        yield _hint(name, "feed", feed, FEEDS[feed])
    for old, new in COLUMNS.get(FEEDS.get(feed, feed), {}).items():
        if any(old in entry[part] for part in _BY_COLUMN if isinstance(entry.get(part), Mapping)):
            yield _hint(name, "column", old, new)


def _hint(source: str, kind: str, old: str, new: str) -> str:
    return f"data/sources.toml [{source}]: {kind} '{old}' is called '{new}' now. Write that; the next version knows no other."
