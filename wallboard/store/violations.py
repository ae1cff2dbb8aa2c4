"""The rows of a store that break a rule: written by an older program, or by a hand that put the rules aside."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Connection, select

from wallboard.errors import RowRefused
from wallboard.store.dialects import NEVER, run_as_written, spelt
from wallboard.store.guarded import GUARDED, Rule
from wallboard.store.portions import in_portions
from wallboard.store.rules import all_rules
from wallboard.store.schema import metadata, row_review, user_account

NAMED = 20
"""Rows of one rule that are named; the others are counted."""

TOGETHER = 40
"""Rules that are asked in one statement."""

_NEW = re.compile(r"\bNEW\.")
_ROW = "row_that_stands"
"""The row that is asked about: a name that no rule gives to another one."""

_STAYS = (
    "It stays as it is and counts as it stands: put back a copy of the store from before it was written, "
    "let the room put it right with a new step, or say at /room/rows why it may stand."
)
_USER = "Correct it at /room/users."
_LOADED = "Load the export that has the missing row, or load its source anew."


@dataclass(frozen=True, slots=True)
class RowReview:
    """Who said when, and why, that a row may stand though it breaks a rule."""

    by: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """One row that breaks a rule, by its key (`issue 1, seq 4`); `review` None where nobody has looked at it."""

    rule: str
    table: str
    key: str
    sentence: str
    review: RowReview | None = None

    @property
    def refused(self) -> RowRefused:
        """The row with its table, its key, the rule, and what to do."""
        return RowRefused(f"the store, {self.table} ({self.key})", self.sentence, remedy_of(self.table))


def violations(connection: Connection) -> Iterator[RowRefused]:
    """Every row that breaks a rule and that nobody has reviewed, with what to do; at most NAMED of one rule."""
    named: dict[str, int] = {}
    for row in broken_rows(connection):
        if row.review is None:
            named[row.rule] = named.get(row.rule, 0) + 1
            if named[row.rule] <= NAMED:
                yield row.refused
            elif named[row.rule] == NAMED + 1:
                more = "More rows break the same rule; they are named once these are right."
                yield RowRefused(f"the store, {row.table}", more, "")


def broken_rows(connection: Connection) -> Iterator[BrokenRow]:
    """Every row that breaks a rule, with its review; of a rule of which none is reviewed one more than are named."""
    conditions = _conditions(connection)
    broken = _broken(connection, conditions)
    reviews = _reviews(connection) if broken else {}
    for rule, condition in conditions:
        if rule.name in broken:
            yield from _of(connection, rule, condition, reviews.get(rule.name, {}))


def reviewed_words(connection: Connection, *, every: bool = False) -> list[str]:
    """How many rows that break a rule stand reviewed, in a sentence; `every`: each with who said when and why it may stand."""
    if not _reviews(connection):
        return []
    rows = [row for row in broken_rows(connection) if row.review is not None]
    if not rows:
        return []
    if not every:
        many = "1 row that breaks a rule stands" if len(rows) == 1 else f"{len(rows)} rows that break a rule stand"
        return [f"{many} reviewed: wallboard check --all names each."]
    return [
        f"Reviewed: the store, {row.table} ({row.key}): {row.sentence} "
        f"{row.review.by}, {row.review.at:%Y-%m-%d %H:%M} UTC: {row.review.words}"
        for row in rows
        if row.review
    ]


def _reviews(connection: Connection) -> dict[str, dict[str, RowReview]]:
    """By rule and key."""
    r, reviews = row_review.c, dict[str, dict[str, RowReview]]()
    query = select(r.rule, r.row_key, r.at, r.words, user_account.c.name).join(user_account, user_account.c.id == r.actor)
    for row in connection.execute(query):
        reviews.setdefault(row.rule, {})[row.row_key] = RowReview(row.name, row.at, row.words)
    return reviews


def _conditions(connection: Connection) -> list[tuple[Rule, str]]:
    """The rules that a row that stands may break, of tables that hold any row, each with its condition about such a row."""
    rules = [rule for rule in all_rules() if rule.breaks_if is not None and rule.on == "INSERT"]
    tables = sorted({rule.table for rule in rules})
    any_row = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in tables)  # noqa: S608
    filled = {*connection.exec_driver_sql(any_row).scalars()}
    spelled = ((rule, _of_a_row(connection.dialect.name, rule.breaks_if or "")) for rule in rules if rule.table in filled)
    return [(rule, condition) for rule, condition in spelled if condition]


@cache
def _of_a_row(dialect: str, condition: str) -> str:
    """A condition about the row that stands, as a database understands it; nothing where no row ever meets it."""
    spelled = spelt(dialect, condition)
    return _NEW.sub(f"{_ROW}.", spelled) if spelled.replace(" OR ", "").replace(NEVER, "") else ""


def _broken(connection: Connection, conditions: Sequence[tuple[Rule, str]]) -> set[str]:
    """The names of those rules that any row breaks: asked together, as a store in order breaks none of them."""
    names = set[str]()
    for some in in_portions(conditions, TOGETHER):
        each = (f"SELECT '{rule.name}' WHERE EXISTS ({_rows('1', rule, condition)})" for rule, condition in some)
        names |= {*run_as_written(connection, " UNION ALL ".join(each)).scalars()}
    return names


def _of(connection: Connection, rule: Rule, condition: str, reviews: Mapping[str, RowReview]) -> Iterator[BrokenRow]:
    keys = [column.name for column in metadata.tables[rule.table].primary_key.columns]
    cells, order = ", ".join(f'{_ROW}."{name}"' for name in keys), ", ".join(str(n) for n in range(1, len(keys) + 1))
    query = f"{_rows(cells, rule, condition)} ORDER BY {order}"
    for row in run_as_written(connection, query if reviews else f"{query} LIMIT {NAMED + 1}"):
        key = ", ".join(f"{name} {cell}" for name, cell in zip(keys, row, strict=True))
        yield BrokenRow(rule.name, rule.table, key, rule.sentence, reviews.get(key))


def _rows(cells: str, rule: Rule, condition: str) -> str:
    return f'SELECT {cells} FROM "{rule.table}" {_ROW} WHERE {condition}'  # noqa: S608


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
