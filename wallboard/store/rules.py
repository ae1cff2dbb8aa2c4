"""Puts the rules of rules.toml in place: triggers that refuse with a sentence, and tables that are only ever added to."""

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, delete, insert

from wallboard.store.schema import golden_rule, permission

APPEND_ONLY = (
    *("audit", "decided_on", "evidence", "golden_rule", "impact", "intake", "intake_function", "issue", "issue_function"),
    *("issue_step", "issue_voice", "permission", "sitting", "sitting_member", "verdict"),
    *("attempt", "current_experience", "learning", "opportunity", "research_review", "walk", "walk_mark", "walk_move"),
)
"""Tables whose rows are written once."""

FIXED = ("golden_rule", "permission")
"""Tables that only the program fills."""


@cache
def rules() -> Mapping[str, Any]:
    """The file as it is: `golden`, `may` and `rule`."""
    text = files("wallboard.store").joinpath("rules.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


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
    """Fill the program's own tables and guard every table, anew: once after each migration."""
    _take_away(connection)
    connection.execute(delete(golden_rule))
    connection.execute(delete(permission))
    connection.execute(insert(golden_rule), rules()["golden"])
    kinds = [{"role": role, "kind": kind} for role, kinds in rules()["may"].items() for kind in kinds]
    connection.execute(insert(permission), kinds)
    _guard(connection)


@contextmanager
def lifted(connection: Connection) -> Iterator[None]:
    """The guards are away for the block: only for emptying a store of demo data."""
    _take_away(connection)
    yield
    _guard(connection)


def _guard(connection: Connection) -> None:
    for name, rule in rules()["rule"].items():
        _trigger(connection, name, rule["table"], "INSERT", rule["refused_if"], rule["sentence"])
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            _trigger(connection, f"{table}_no_{verb.lower()}", table, verb, "1 = 1", _written_once(table))
    for table in FIXED:
        _trigger(connection, f"{table}_fixed", table, "INSERT", "1 = 1", _fixed(table))


def _trigger(connection: Connection, name: str, table: str, verb: str, condition: str, sentence: str) -> None:
    said = sentence.replace("'", "''")
    if connection.dialect.name == "sqlite":
        when = condition.replace("DAYS(NEW.day, NEW.due_on)", "(julianday(NEW.due_on) - julianday(NEW.day))")
        connection.exec_driver_sql(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{said}'); END"
        )
        return
    when = condition.replace("DAYS(NEW.day, NEW.due_on)", "(NEW.due_on - NEW.day)")
    row = "OLD" if verb == "DELETE" else "NEW"
    raises = f"RAISE EXCEPTION USING MESSAGE = '{said}', ERRCODE = 'check_violation';"
    body = f"BEGIN IF {when} THEN {raises} END IF; RETURN {row}; END"
    connection.exec_driver_sql(f"CREATE FUNCTION {name}() RETURNS trigger AS $$ {body} $$ LANGUAGE plpgsql")
    connection.exec_driver_sql(f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def _take_away(connection: Connection) -> None:
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
