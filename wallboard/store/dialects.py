"""The few words of a rule in which SQLite and PostgreSQL differ, and the triggers that each of them keeps it by.

- DAYS(a, b): the days from a to b.
- UNSEEN(text): nothing of it is seen by a person.
- LOCAL(instant, seconds): the day where the clock is so many seconds ahead of UTC.
- TYPED(value, type): true where a value that is there is none of its type, or lies outside of 1900 to 2199.
- STAMP(instant): as text, in UTC.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, CursorResult

from wallboard.store.guarded import Rule
from wallboard.unicode import BLANK

_WORD = re.compile(r"\b(DAYS|UNSEEN|LOCAL|TYPED|STAMP)\(([\w.]+)(?:, ([\w.]+))?\)")
NEVER = "false"
"""A condition that nothing meets: PostgreSQL's columns keep their types by themselves."""

_RAISED = "RAISE EXCEPTION USING MESSAGE = '{}', ERRCODE = 'check_violation';"
Word = Callable[[str, str], str]


def _glob() -> str:
    return "".join(f"{chr(max(first, 1))}-{chr(last)}" for first, last in BLANK)


def _regex() -> str:
    return "".join(f"\\U{max(first, 1):08x}-\\U{last:08x}" for first, last in BLANK)


def _sqlite_instant(value: str) -> str:
    canonical = f"strftime('%Y-%m-%d %H:%M:%S', substr({value}, 1, 19)) || substr({value}, 20)"
    micro = f"substr({value}, 20) NOT GLOB '.[0-9][0-9][0-9][0-9][0-9][0-9]'"
    return f"coalesce({canonical}, '') <> {value} OR {micro} OR substr({value}, 1, 4) NOT BETWEEN '1900' AND '2199'"


_SQLITE_TYPES: Mapping[str, str | Callable[[str], str]] = {
    "instant": _sqlite_instant,
    "date": lambda value: f"coalesce(date({value}), '') <> {value} OR substr({value}, 1, 4) NOT BETWEEN '1900' AND '2199'",
    "text": lambda value: f"typeof({value}) <> 'text' OR instr({value}, char(0)) > 0",
    "integer": lambda value: f"typeof({value}) <> 'integer'",
    "float": lambda value: f"typeof({value}) NOT IN ('real', 'integer') OR abs({value}) > 1e300",
    "boolean": lambda value: f"typeof({value}) <> 'integer' OR {value} NOT IN (0, 1)",
}
_POSTGRESQL_TYPES: Mapping[str, Callable[[str], str]] = {
    "instant": lambda value: f"{value} NOT BETWEEN '1900-01-01' AND '2199-12-31'",
    "date": lambda value: f"{value} NOT BETWEEN '1900-01-01' AND '2199-12-31'",
    "float": lambda value: f"({value})::text IN ('NaN', 'Infinity', '-Infinity')",
}


def _sqlite_typed(value: str, kind: str) -> str:
    made = _SQLITE_TYPES[kind]
    return f"({value} IS NOT NULL AND ({made(value) if callable(made) else made}))"


def _postgresql_typed(value: str, kind: str) -> str:
    return f"({value} IS NOT NULL AND ({_POSTGRESQL_TYPES[kind](value)}))" if kind in _POSTGRESQL_TYPES else NEVER


_WORDS: Mapping[str, Mapping[str, Word]] = {
    "sqlite": {
        "DAYS": lambda first, last: f"(julianday({last}) - julianday({first}))",
        "UNSEEN": lambda text, _: f"(coalesce({text}, '') NOT GLOB '*[^{_glob()}]*')",
        "LOCAL": lambda at, seconds: f"date(substr({at}, 1, 19), {seconds} || ' seconds')",
        "TYPED": _sqlite_typed,
        "STAMP": lambda at, _: f"strftime('%Y-%m-%dT%H:%M:%SZ', substr({at}, 1, 19))",
    },
    "postgresql": {
        "DAYS": lambda first, last: f"({last} - {first})",
        "UNSEEN": lambda text, _: f"(coalesce(({text})::text, ''::text) !~ '[^{_regex()}]')",
        "LOCAL": lambda at, seconds: f"({at} + {seconds} * interval '1 second')::date",
        "TYPED": _postgresql_typed,
        "STAMP": lambda at, _: f'to_char({at}, \'YYYY-MM-DD"T"HH24:MI:SS"Z"\')',
    },
}


@cache
def spelt(dialect: str, condition: str) -> str:
    """A condition as a database understands it."""
    words = _WORDS[dialect]
    return _WORD.sub(lambda match: words[match[1]](match[2], match[3] or ""), condition)


def refusals(dialect: str, schema: str, rules: Sequence[Rule]) -> Iterator[str]:
    """The statements that let a database keep some rules of one table about one kind of writing, asked in their order.

    One trigger for all of them: SQLite reads every trigger of a store for each connection.
    """
    conditions = ((spelt(dialect, rule.refused_if or NEVER), rule.sentence) for rule in rules)
    may_hold = [(when, sentence) for when, sentence in conditions if when.replace(" OR ", "").replace(NEVER, "")]
    if not may_hold:
        return
    table, on = rules[0].table, rules[0].on
    name = f"{table}_{on.lower().replace(' ', '_')}"
    if dialect == "sqlite":
        body = " ".join(f"SELECT RAISE(ABORT, '{_quoted(sentence)}') WHERE {when};" for when, sentence in may_hold)
        yield trigger(dialect, schema, name, table, on, "", body)
    else:
        body = " ".join(f"IF {when} THEN {raised(sentence)} END IF;" for when, sentence in may_hold)
        yield function(schema, name, body, on)
        yield trigger(dialect, schema, name, table, on, "", "")


def trigger(dialect: str, schema: str, name: str, table: str, on: str, when: str, body: str) -> str:
    """A trigger for each row, or for each that `when` meets; in PostgreSQL the function of its name decides."""
    moment = on if " " in on else f"BEFORE {on}"
    if dialect == "sqlite":
        return f"CREATE TRIGGER {name} {moment} ON {table} {f'WHEN {when} ' if when else ''}BEGIN {body} END"
    return f'CREATE TRIGGER {name} {moment} ON "{schema}"."{table}" FOR EACH ROW EXECUTE FUNCTION "{schema}".{name}()'


def function(schema: str, name: str, body: str, on: str) -> str:
    """A function of a trigger on PostgreSQL. Names mean our own tables in it, whatever a connection has put before them."""
    row = "OLD" if on == "DELETE" else "NEW"
    return (
        f'CREATE FUNCTION "{schema}".{name}() RETURNS trigger AS $$ BEGIN {body} RETURN {row}; END $$ '
        f'LANGUAGE plpgsql SET search_path = pg_catalog, "{schema}", pg_temp'
    )


def each_statement(schema: str, name: str, tables: tuple[str, ...], on: str, body: str) -> Iterator[str]:
    """One function before each statement on some tables; PostgreSQL only."""
    path = f'SET search_path = pg_catalog, "{schema}", pg_temp'
    yield f'CREATE FUNCTION "{schema}".{name}() RETURNS trigger AS $$ BEGIN {body} RETURN NULL; END $$ LANGUAGE plpgsql {path}'
    for table in tables:
        yield (
            f'CREATE TRIGGER {name}_{table} BEFORE {on} ON "{schema}"."{table}" '
            f'FOR EACH STATEMENT EXECUTE FUNCTION "{schema}".{name}()'
        )


def raised(sentence: str) -> str:
    """What refuses with a sentence in PostgreSQL's own language."""
    return _RAISED.format(_quoted(sentence))


def _quoted(sentence: str) -> str:
    return sentence.replace("'", "''")


def run_as_written(connection: Connection, statement: str) -> CursorResult[Any]:
    """Runs SQL that has no parameters: a per cent sign in it is one, also where the driver formats its statements."""
    is_formatted = connection.dialect.paramstyle in ("format", "pyformat")
    return connection.exec_driver_sql(statement.replace("%", "%%") if is_formatted else statement)


def schema_of(connection: Connection) -> str:
    """The schema in which the store's tables are; SQLite has one."""
    if connection.dialect.name == "sqlite":
        return "main"
    return str(connection.exec_driver_sql("SELECT current_schema()").scalar_one())
