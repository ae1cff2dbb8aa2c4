"""The rows of a store that break a rule: written by an older program, or by a hand that put the rules aside."""

import re
from collections.abc import Iterator

from sqlalchemy import Connection, Table

from wallboard.errors import RowRefused
from wallboard.store.dialects import NEVER, spelt
from wallboard.store.guarded import GUARDED, Rule
from wallboard.store.rules import all_rules
from wallboard.store.schema import metadata

NAMED = 20
"""Rows of one rule that are named; the others are counted."""

_NEW = re.compile(r"\bNEW\.")
_ROW = "row_that_stands"
"""The row that is asked about: a name that no rule gives to another one."""

_STAYS = (
    "It stays as it is and counts as it stands: put back a copy of the store from before it was written, "
    "or let the room put it right with a new step."
)
_USER = "Correct it at /room/users."
_LOADED = "Load the export that has the missing row, or load its source anew."


def violations(connection: Connection) -> Iterator[RowRefused]:
    """Every row that breaks a rule, with its table, its key, the rule, and what to do; at most NAMED of one rule."""
    for rule in all_rules():
        if rule.breaks_if is not None and rule.on == "INSERT":
            yield from _of(connection, rule, rule.breaks_if)


def _of(connection: Connection, rule: Rule, breaks_if: str) -> Iterator[RowRefused]:
    condition = spelt(connection.dialect.name, breaks_if)
    if not condition.replace(" OR ", "").replace(NEVER, ""):
        return
    table = metadata.tables[rule.table]
    keys = [column.name for column in table.primary_key.columns]
    cells, order = ", ".join(f'{_ROW}."{name}"' for name in keys), ", ".join(str(n) for n in range(1, len(keys) + 1))
    query = f'SELECT {cells} FROM "{table.name}" {_ROW} WHERE {_NEW.sub(f"{_ROW}.", condition)} ORDER BY {order}'  # noqa: S608
    rows = connection.exec_driver_sql(f"{query} LIMIT {NAMED + 1}").all()
    for row in rows[:NAMED]:
        yield RowRefused(_place(table, keys, row), rule.sentence, remedy_of(table.name))
    if len(rows) > NAMED:
        more = "More rows break the same rule; they are named once these are right."
        yield RowRefused(f"the store, {table.name}", more, "")


def _place(table: Table, keys: list[str], row: object) -> str:
    cells: list[object] = list(row)  # type: ignore[call-overload]
    return f"the store, {table.name} ({', '.join(f'{name} {cell}' for name, cell in zip(keys, cells, strict=True))})"


def remedy_of(table: str) -> str:
    """What to do about a row of a table that breaks a rule."""
    return _USER if table == "user_account" else _STAYS if table in GUARDED else _LOADED


def orphans(connection: Connection) -> Iterator[RowRefused]:
    """Loaded rows that name what is not there: SQLite looks away where no pragma asks it to look. Reads the whole store."""
    if connection.dialect.name != "sqlite":
        return
    for table, rowid, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        if table not in GUARDED:
            where = f"the store, {table} (row {rowid})"
            yield RowRefused(where, f"It names a {parent.replace('_', ' ')} that is not there.", remedy_of(table))
