"""The rules of the room, from rules.toml and from the tables themselves, and how a store comes to keep them."""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, delete, insert

from wallboard.lifecycle.roles import ROLES
from wallboard.store.auditing import audits
from wallboard.store.dialects import each_statement, raised, refusals, run_as_written, schema_of
from wallboard.store.entry_rules import entry_rules
from wallboard.store.guarded import APPEND_ONLY, FIXED, GUARDED, USERS, Rule, fixed, stays, written_once
from wallboard.store.properties import set_store_property, store_property_value
from wallboard.store.row_rules import row_rules
from wallboard.store.schema import STEPS, golden_rule, permission
from wallboard.store.step_rules import step_rules

IN_PLACE = "rules"
"""The property of the store that says which rules it keeps: a hash of them."""

WRITERS_LOCK = 5
"""PostgreSQL's advisory lock that people hold one after the other while they write; sources load without it."""

COMMITTED = "Write it in a transaction that is READ COMMITTED: another one does not see what was decided meanwhile."


@cache
def rules() -> Mapping[str, Any]:
    """The file as it is: `golden`, `rule`, `placed`, `days`, `known` and `also_known`."""
    text = files("wallboard.store").joinpath("rules.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


def may() -> dict[str, list[str]]:
    """By role, what it may do and the kinds of step that it may take."""
    kinds = [kind for steps in STEPS for kind in steps.kinds]
    return {role.name: [*role.may, *(kind.kind for kind in kinds if role in kind.may)] for role in ROLES}


def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order in which they are asked: the room's own words first."""
    return (
        *step_rules(),
        *entry_rules(),
        *map(_declared, rules()["rule"].items()),
        *_stays(),
        *_known(),
        *_placed(),
        *_days(),
        *row_rules(),
    )


def _declared(named: tuple[str, Mapping[str, Any]]) -> Rule:
    name, declared = named
    refused_if = declared.get("refused_if")
    breaks_if = declared.get("breaks_if", refused_if if declared.get("lasting", True) else None)
    return Rule(name, declared["table"], declared["sentence"], refused_if, breaks_if, declared.get("on", "INSERT"))


def _placed() -> Iterator[Rule]:
    sentence = "There is no such perimeter: name one that the room has; where it is new there, start the room again."
    for table in rules()["placed"]["tables"]:
        broken = "NEW.perimeter IS NOT NULL AND NOT EXISTS (SELECT 1 FROM perimeter_zone p WHERE p.perimeter = NEW.perimeter)"
        yield Rule(f"{table}_perimeter_known", table, sentence, broken, broken)


_DAYS = """EXISTS (SELECT 1 FROM perimeter_zone p WHERE p.perimeter = {perimeter}) AND NOT EXISTS (SELECT 1 FROM perimeter_zone p
JOIN zone_offset o ON o.zone = p.zone WHERE p.perimeter = {perimeter}
AND p.since = (SELECT max(q.since) FROM perimeter_zone q WHERE q.perimeter = {perimeter} AND q.since <= NEW.{at})
AND o.since = (SELECT max(q.since) FROM zone_offset q WHERE q.zone = p.zone AND q.since <= NEW.{at})
AND LOCAL(NEW.{at}, o.seconds) = NEW.{day})"""


def _days() -> Iterator[Rule]:
    sentence = "Its day is the day of its instant, where the perimeter is."
    for table, (day, at, perimeter) in rules()["days"].items():
        broken = _DAYS.format(day=day, at=at, perimeter=perimeter)
        yield Rule(f"{table}_day", table, sentence, broken, broken)


def _known() -> Iterator[Rule]:
    for there, named in rules()["known"].items():
        source = there.split(".")[0]
        for place in named:
            table, column = place.split(".")
            condition = f"NEW.{column} IS NOT NULL AND (UNSEEN(NEW.{column}) OR ({_absent(there, column)}))"
            sentence = f"There is no such {source.replace('_', ' ')}: name one that has been loaded."
            yield Rule(f"{table}_{column}_known", table, sentence, condition)
            if table in USERS:
                changed = f"coalesce(NEW.{column}, '') <> coalesce(OLD.{column}, '') AND {condition}"
                yield Rule(f"{table}_{column}_known_update", table, sentence, changed, on="UPDATE")


def _absent(there: str, column: str) -> str:
    """Something has been loaded into `there`, a table and its key, and the value of a column stands nowhere where it may."""
    source = there.split(".")[0]
    places = (place.split(".") for place in (there, *rules()["also_known"].get(there, ())))
    nowhere = (f"NOT EXISTS (SELECT 1 FROM {table} k WHERE k.{key} = NEW.{column})" for table, key in places)  # noqa: S608
    return " AND ".join((f"EXISTS (SELECT 1 FROM {source})", *nowhere))  # noqa: S608


def _stays() -> Iterator[Rule]:
    """No row is changed, emptied, taken away or added where that is not for people to do."""
    for table in FIXED:
        yield Rule(f"{table}_fixed", table, fixed(table), "1 = 1")
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            yield Rule(f"{table}_no_{verb.lower()}", table, written_once(table), "1 = 1", on=verb)
    for table in USERS:
        yield Rule(f"{table}_no_delete", table, stays(table), "1 = 1", on="DELETE")


def sentence_of(message: str) -> str | None:
    """The sentence of a rule in a database's refusal; None where something else refused."""
    return next((sentence for sentence in _sentences() if sentence in message), None)


def _sentences() -> tuple[str, ...]:
    """Each once, the longest first: one may begin another."""
    return tuple(sorted({COMMITTED, *(rule.sentence for rule in all_rules())}, key=lambda sentence: (-len(sentence), sentence)))


def put_in_place(connection: Connection) -> None:
    """Fill the program's own tables and guard every table, anew, and remember which rules those are."""
    take_away(connection)
    connection.execute(delete(golden_rule))
    connection.execute(delete(permission))
    connection.execute(insert(golden_rule), rules()["golden"])
    connection.execute(insert(permission), [{"role": role, "kind": kind} for role, kinds in may().items() for kind in kinds])
    _guard(connection)
    set_store_property(connection, IN_PLACE, _fingerprint(connection))


def are_in_place(connection: Connection) -> bool:
    """Whether the store keeps the rules of this program, all of them, and not those of another version of it."""
    return store_property_value(connection, IN_PLACE) == _fingerprint(connection)


@contextmanager
def lifted(connection: Connection, *tables: str) -> Iterator[None]:
    """The guards of some tables, of all where none is named, are away for the block: only for what the program itself fills."""
    take_away(connection, *tables)
    yield
    _guard(connection, *tables)


def _guard(connection: Connection, *tables: str) -> None:
    for statement in _guards(connection.dialect.name, schema_of(connection), tables):
        run_as_written(connection, statement)


def _fingerprint(connection: Connection) -> str:
    """A hash of every rule as this database keeps it, and of the triggers that are there now."""
    parts = [repr([rules()["golden"], may()]), *_guards(connection.dialect.name, schema_of(connection))]
    return sha256("\n".join([*parts, *_there(connection)]).encode()).hexdigest()


def _there(connection: Connection) -> list[str]:
    """The triggers of the store that are at work, by name; in SQLite with what they do."""
    if connection.dialect.name == "sqlite":
        triggers = connection.exec_driver_sql("SELECT name || ' ' || sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
    else:
        triggers = connection.exec_driver_sql(
            "SELECT t.tgname || ' ' || t.tgenabled::text || ' ' || p.prosrc FROM pg_catalog.pg_trigger t "
            "JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid "
            "WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace ORDER BY 1"
        )
    return [str(row[0]) for row in triggers]


def _guards(dialect: str, schema: str, tables: Collection[str] = ()) -> tuple[str, ...]:
    """Every statement that puts the rules into a database, or those of some tables."""
    by_writing: dict[tuple[str, str], list[Rule]] = {}
    for rule in all_rules():
        if not tables or rule.table in tables:
            by_writing.setdefault((rule.table, rule.on), []).append(rule)
    made = [statement for some in by_writing.values() for statement in refusals(dialect, schema, some)]
    made += () if tables else audits(dialect, schema)
    if dialect == "postgresql":
        for table in tables or (*APPEND_ONLY, *USERS):  # PostgreSQL alone empties a table without looking at its rows
            sentence = written_once(table) if table in APPEND_ONLY else stays(table)
            made += each_statement(schema, f"{table}_no_truncate", (table,), "TRUNCATE", raised(sentence))
        alone = f"IF current_setting('transaction_isolation') <> 'read committed' THEN {raised(COMMITTED)} END IF; "
        alone += f"PERFORM pg_advisory_xact_lock({WRITERS_LOCK});"
        made += () if tables else each_statement(schema, "one_writer", GUARDED, "INSERT OR UPDATE", alone)
    return tuple(made)


def take_away(connection: Connection, *tables: str) -> None:
    """Remove every trigger of some tables, or of the store; it has no others than these."""
    if connection.dialect.name == "sqlite":
        there = connection.exec_driver_sql("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'").all()
        for name, table in there:
            if not tables or table in tables:
                connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        return
    query = (
        "SELECT t.tgname, c.relname, p.proname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
    )
    rows = [row for row in connection.exec_driver_sql(query).all() if not tables or row[1] in tables]
    for name, table, _ in rows:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}" ON "{table}"')
    for name in sorted({row[2] for row in rows}):
        connection.exec_driver_sql(f'DROP FUNCTION "{name}"()')
