"""Whether a name is said as customers say it: words of departments and processes raise a hint, never a refusal."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Table, select

from wallboard.store.schema import glossary_term, stage, touchpoint

NAMED: Mapping[Table, str] = {stage: "stage", touchpoint: "touchpoint"}
"""The tables whose names stand on walls, and what one row of them is called."""


@cache
def department_words() -> Mapping[str, str]:
    """Words of departments and processes, and what a customer would say instead."""
    text = (Path(__file__).parent / "naming.toml").read_text(encoding="utf-8")
    words: dict[str, str] = tomllib.loads(text)["words"]
    return words


def naming_hints(connection: Connection, tables: Iterable[Table] = tuple(NAMED)) -> Iterator[str]:
    """One sentence for each stage or touchpoint whose name is a word of the company, not of its customers."""
    words = {**_lingo(connection), **department_words()}
    for table in tables:
        names = connection.execute(select(table.c.name).order_by(table.c.seq, table.c.name)).scalars()
        for name in dict.fromkeys(names):
            if hit := word_in(name, words):
                yield hint(NAMED[table], name, *hit)


def hint(kind: str, name: str, word: str, instead: str) -> str:
    """The sentence that says so."""
    example = f", e.g. “{instead}”" if instead else ""
    return f"The {kind} '{name}' is named by our own word '{word}'. Say it as the customer says it{example}."


def word_in(name: str, words: Mapping[str, str]) -> tuple[str, str] | None:
    """The longest of `words` that stands in a name as a whole word, and what would be said instead; None without one."""
    held = (word for word in words if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", name, re.IGNORECASE))
    longest = max(held, key=len, default=None)
    return (longest, words[longest]) if longest else None


def _lingo(connection: Connection) -> dict[str, str]:
    """The room's own lingo; what the glossary offers instead is a word for an answer, so it is no example of a stage."""
    return dict.fromkeys(connection.execute(select(glossary_term.c.term)).scalars(), "")
