"""Rules that follow from the tables themselves: keys, references, checks, types, and texts that a person can see.

The tables declare most of them as constraints too. A connection to SQLite without our pragmas looks away from references, lets
REPLACE write over a row that stands and keeps any value in any column: triggers do not.
"""

import re
from collections.abc import Iterator
from functools import cache

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
)

from wallboard.store.guarded import APPEND_ONLY, GUARDED, USERS, Rule, written_once
from wallboard.store.schema import STEPS, metadata
from wallboard.store.types import Instant

HIDDEN = ("password",)
"""Texts that no person reads."""

_LITERAL = re.compile(r"('(?:[^']|'')*')")


@cache
def row_rules() -> tuple[Rule, ...]:
    """Every such rule, of every table into which people write."""
    tables = ((metadata.tables[name], ("INSERT", "UPDATE") if name in USERS else ("INSERT",)) for name in GUARDED)
    return tuple(rule for table, moments in tables for on in moments for rule in _of(table, on))


def _of(table: Table, on: str) -> Iterator[Rule]:
    if on == "INSERT":
        sentence = written_once(table.name) if table.name in APPEND_ONLY else "There is one already, and it is not written over."
        yield _rule(table, "key", on, sentence, " OR ".join(_keys(table)), lasting=False)
        if "id" in table.c:
            yield _rule(table, "number", "AFTER INSERT", "Rows are numbered from 1 on.", "NEW.id < 1")
    for key in sorted(table.foreign_key_constraints, key=lambda constraint: list(constraint.column_keys)):
        what = f"There is no such {_words(key.referred_table.name)}: {' and '.join(map(_words, key.column_keys))}."
        yield _rule(table, f"{key.column_keys[-1]}_refers", on, what, _dangling(key))
    checks = " OR ".join(f"NOT ({check})" for check in _checks(table))
    if checks:
        yield _rule(table, "check", on, "Its values do not go together.", checks)
    types = " OR ".join(f"TYPED({_new(column)}, {_type(column)})" for column in table.columns)
    yield _rule(table, "type", on, "A value is not text, a number, a day or a time that a program can read.", types)
    unseen = " OR ".join(_unseen(table))
    if unseen:
        yield _rule(table, "seen", on, "A text that has to be said shows nothing that a person can see.", unseen)


def _rule(table: Table, what: str, on: str, sentence: str, condition: str, *, lasting: bool = True) -> Rule:
    changed = "_changed" if on == "UPDATE" else ""
    return Rule(f"{table.name}_{what}{changed}", table.name, sentence, condition, condition if lasting else None, on)


def _words(name: str) -> str:
    return name.replace("_", " ")


def _new(column: Column[object]) -> str:
    return f"NEW.{column.name}"


def _keys(table: Table) -> Iterator[str]:
    for key in sorted(table.constraints, key=lambda constraint: str(constraint.name)):
        if isinstance(key, PrimaryKeyConstraint | UniqueConstraint):
            same = " AND ".join(f"k.{column.name} = NEW.{column.name}" for column in key.columns)
            yield f"EXISTS (SELECT 1 FROM {table.name} k WHERE {same})"  # noqa: S608


def _dangling(key: ForeignKeyConstraint) -> str:
    condition = " AND ".join(f"NEW.{name} IS NOT NULL" for name in key.column_keys)
    same = " AND ".join(f"p.{element.column.name} = NEW.{element.parent.name}" for element in key.elements)
    return f"{condition} AND NOT EXISTS (SELECT 1 FROM {key.referred_table.name} p WHERE {same})"  # noqa: S608


def _checks(table: Table) -> Iterator[str]:
    """The table's own checks, of the row NEW."""
    columns = re.compile(rf"\b({'|'.join(column.name for column in table.columns)})\b")
    for check in sorted(table.constraints, key=lambda constraint: str(constraint.name)):
        if isinstance(check, CheckConstraint):
            parts = _LITERAL.split(str(check.sqltext))
            yield "".join(part if n % 2 else columns.sub(r"NEW.\1", part) for n, part in enumerate(parts))


def _type(column: Column[object]) -> str:
    kinds = ((Instant, "instant"), (Date, "date"), (Float, "float"), (Integer, "integer"), (String, "text"))
    return next((name for kind, name in kinds if isinstance(column.type, kind)), "boolean")


def _unseen(table: Table) -> Iterator[str]:
    for column in table.columns:
        if isinstance(column.type, String) and not column.nullable and column.name not in HIDDEN:
            yield f"UNSEEN(NEW.{column.name})"
    for steps in STEPS:
        if steps.table is table:
            for kind, columns in steps.required.items():
                unseen = [f"UNSEEN(NEW.{name})" for name in columns if isinstance(table.c[name].type, String)]
                if unseen:
                    yield f"(NEW.kind = '{kind}' AND ({' OR '.join(unseen)}))"
