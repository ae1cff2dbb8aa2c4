"""Puts the rules of rules.toml in place: triggers that refuse with a sentence, and tables that are only ever added to."""

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from wallboard.lifecycle.roles import ROLES
from wallboard.lifecycle.steps import KINDS
from wallboard.store.schema import golden_rule, permission, store_mark

APPEND_ONLY = (
    *("audit", "decided_on", "evidence", "golden_rule", "impact", "intake", "intake_function", "issue", "issue_function"),
    *("issue_step", "issue_voice", "permission", "sitting", "sitting_member", "verdict"),
    *("attempt", "current_experience", "learning", "opportunity", "research_review", "walk", "walk_mark", "walk_move"),
)
"""Tables whose rows are written once."""

FIXED = ("golden_rule", "permission")
"""Tables that only the program fills."""

IN_PLACE = "rules"
"""The remark in the store that says which rules it keeps: a hash of them."""


@cache
def rules() -> Mapping[str, Any]:
    """The file as it is: `golden` and `rule`."""
    text = files("wallboard.store").joinpath("rules.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


def may() -> dict[str, list[str]]:
    """By role, what it may do and the kinds of step that it may take."""
    return {role.name: [*role.may, *(one.kind for one in KINDS if role in one.may)] for role in ROLES}


def sentence_of(message: str) -> str | None:
    """The sentence of a rule in a database's refusal; None where something else refused."""
    sentences = [one["sentence"] for one in rules()["rule"].values()]
    known = [*sentences, *map(_written_once, APPEND_ONLY), *map(_fixed, FIXED)]
    return next((sentence for sentence in known if sentence in message), None)


def _written_once(table: str) -> str:
    return f"What the room has written stays written: {table} is only ever added to."


def _fixed(table: str) -> str:
    return f"It is the same in every room: nobody adds to {table}."


def put_in_place(connection: Connection) -> None:
    """Fill the program's own tables and guard every table, anew, and remark which rules those are."""
    take_away(connection)
    connection.execute(delete(golden_rule))
    connection.execute(delete(permission))
    connection.execute(insert(golden_rule), rules()["golden"])
    connection.execute(insert(permission), [{"role": role, "kind": kind} for role, kinds in may().items() for kind in kinds])
    _guard(connection)
    connection.execute(delete(store_mark).where(store_mark.c.mark == IN_PLACE))
    connection.execute(insert(store_mark).values(mark=IN_PLACE, value=_fingerprint(connection.dialect.name)))


def are_in_place(connection: Connection) -> bool:
    """Whether the store keeps the rules of this program, and not those of another version of it."""
    kept = connection.scalar(select(store_mark.c.value).where(store_mark.c.mark == IN_PLACE))
    return kept == _fingerprint(connection.dialect.name)


@contextmanager
def lifted(connection: Connection) -> Iterator[None]:
    """The guards are away for the block: only for emptying a store of demo data."""
    take_away(connection)
    yield
    _guard(connection)


def _guard(connection: Connection) -> None:
    for statement in _guards(connection.dialect.name):
        connection.exec_driver_sql(statement)


def _fingerprint(dialect: str) -> str:
    """A hash of every rule as this database keeps it."""
    told = [repr([rules()["golden"], may()]), *_guards(dialect)]
    return sha256("\n".join(told).encode()).hexdigest()


def _guards(dialect: str) -> Iterator[str]:
    for name, rule in rules()["rule"].items():
        yield from _trigger(dialect, name, rule["table"], "INSERT", rule["refused_if"], rule["sentence"])
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            yield from _trigger(dialect, f"{table}_no_{verb.lower()}", table, verb, "1 = 1", _written_once(table))
        yield from _never_emptied(dialect, table)
    for table in FIXED:
        yield from _trigger(dialect, f"{table}_fixed", table, "INSERT", "1 = 1", _fixed(table))


def _trigger(dialect: str, name: str, table: str, verb: str, condition: str, sentence: str) -> Iterator[str]:
    said = sentence.replace("'", "''")
    if dialect == "sqlite":
        when = condition.replace("DAYS(NEW.day, NEW.due_on)", "(julianday(NEW.due_on) - julianday(NEW.day))")
        yield f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{said}'); END"
        return
    when = condition.replace("DAYS(NEW.day, NEW.due_on)", "(NEW.due_on - NEW.day)")
    row = "OLD" if verb == "DELETE" else "NEW"
    body = f"BEGIN IF {when} THEN {_raises(said)} END IF; RETURN {row}; END"
    yield f"CREATE FUNCTION {name}() RETURNS trigger AS $$ {body} $$ LANGUAGE plpgsql"
    yield f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def _never_emptied(dialect: str, table: str) -> Iterator[str]:
    """PostgreSQL alone empties a table without looking at its rows."""
    if dialect == "sqlite":
        return
    name, body = f"{table}_no_truncate", f"BEGIN {_raises(_written_once(table))} END"
    yield f"CREATE FUNCTION {name}() RETURNS trigger AS $$ {body} $$ LANGUAGE plpgsql"
    yield f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"


def _raises(said: str) -> str:
    return f"RAISE EXCEPTION USING MESSAGE = '{said}', ERRCODE = 'check_violation';"


def take_away(connection: Connection) -> None:
    """Remove every trigger of the store; it has no others than these."""
    if connection.dialect.name == "sqlite":
        for (name,) in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").all():
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        return
    found = "SELECT tgname, relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT tgisinternal"
    here = "c.relnamespace = current_schema()::regnamespace"
    for name, table in connection.exec_driver_sql(f"{found} AND {here}").all():
        connection.exec_driver_sql(f'DROP TRIGGER "{name}" ON "{table}"')
        connection.exec_driver_sql(f'DROP FUNCTION "{name}"()')
