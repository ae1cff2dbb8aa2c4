"""The rows of a store that break a rule: written by an older program, or by a hand that put the rules aside."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from wallboard.errors import RowRefused
from wallboard.store.dialects import NEVER, spelt
from wallboard.store.guarded import GUARDED, Rule
from wallboard.store.rules import all_rules
from wallboard.store.schema import metadata, row_review, user_account

NAMED = 20
"""Rows of one rule that are named; the others are counted."""

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
    reviews = _reviews(connection)
    for rule in all_rules():
        if rule.breaks_if is not None and rule.on == "INSERT":
            yield from _of(connection, rule, rule.breaks_if, reviews.get(rule.name, {}))


def reviewed_words(connection: Connection, *, every: bool = False) -> list[str]:
    """How many rows that break a rule stand reviewed, in a sentence; `every`: each with who said when and why it may stand."""
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


def _of(connection: Connection, rule: Rule, breaks_if: str, reviews: Mapping[str, RowReview]) -> Iterator[BrokenRow]:
    condition = spelt(connection.dialect.name, breaks_if)
    if not condition.replace(" OR ", "").replace(NEVER, ""):
        return
    table = metadata.tables[rule.table]
    keys = [column.name for column in table.primary_key.columns]
    cells, order = ", ".join(f'{_ROW}."{name}"' for name in keys), ", ".join(str(n) for n in range(1, len(keys) + 1))
    query = f'SELECT {cells} FROM "{table.name}" {_ROW} WHERE {_NEW.sub(f"{_ROW}.", condition)} ORDER BY {order}'  # noqa: S608
    for row in connection.exec_driver_sql(query if reviews else f"{query} LIMIT {NAMED + 1}"):
        key = ", ".join(f"{name} {cell}" for name, cell in zip(keys, row, strict=True))
        yield BrokenRow(rule.name, table.name, key, rule.sentence, reviews.get(key))


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
