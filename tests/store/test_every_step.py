"""Every declared kind of step, on both databases, through a bare connection: right but for one thing, it is refused.

The wrong rows are made from the declaration, and tried where the right one is about to be written: so what is refused is refused
for that one thing. A kind that nobody lives in tests/store/everything.py fails here, and is not forgotten.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, String, Table, event, func, insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import Executable
from sqlalchemy.sql.dml import Insert

from tests.records.living import Living
from tests.store.by_hand import Handled, raw
from tests.store.everything import live_everything
from wallboard.lifecycle.kinds import StepKind
from wallboard.lifecycle.roles import ROLES
from wallboard.store.schema import STEPS, user_account
from wallboard.store.schema.steps import Steps

OF_TABLE = {steps.table.name: steps for steps in STEPS}

Row = Mapping[str, Any]


def wrong(steps: Steps, kind: StepKind, row: Row, users: Mapping[str, int], newest: datetime | None) -> Iterator[tuple[str, Row]]:
    """Every row that is right but for one thing that the declaration says, or that holds for all steps, with what is wrong."""
    for role in ROLES:
        if role not in kind.may and role.name in users:
            yield f"by a {role.name}", {**row, "actor": users[role.name]}
    for column in kind.says:
        text = isinstance(steps.table.c[column].type, String)
        for nothing in (None, *(("", "  ") if text else ())):
            yield f"without {column} ({nothing!r})", {**row, column: nothing}
    if kind.follows:
        for column in ("refers", "refers_kind", "refers_at"):
            yield f"without {column}", {**row, column: None}
        for other in steps.kinds:
            if other.kind != kind.follows:
                yield f"on a step '{other.kind}'", {**row, "refers_kind": other.kind}
        yield "on a step that is not there", {**row, "refers": row["seq"] + 7}
        yield "before the step that it refers to", {**row, "at": row["refers_at"] - timedelta(seconds=1)}
    if newest is not None:
        yield "before what was written last", {**row, "at": newest - timedelta(seconds=1)}
    yield "of a kind that nobody declared", {**row, "kind": "unheard of"}
    for seq in {row["seq"] + 1, row["seq"] - 1}:
        yield f"as number {seq}", {**row, "seq": seq}


class Tried:
    """Tries the wrong rows on the connection of each step that is about to be written, and the second one after it."""

    def __init__(self, room: Living) -> None:
        self.tried: set[tuple[str, str]] = set()
        self.taken: list[str] = []
        self._trying = False
        with room.engine.connect() as connection:
            users = connection.execute(select(user_account.c.role, user_account.c.id))
            self._users = {row.role: row.id for row in users}

    def before(self, connection: Connection, statement: Executable, *_: object) -> None:
        """An event of the engine: something is about to be executed."""
        for steps, kind, row in self._step(statement):
            earlier = steps.table.c[steps.record] == row[steps.record]
            self._trying = True
            newest = connection.scalar(select(func.max(steps.table.c.at)).where(earlier))
            self._trying = False
            for what, values in wrong(steps, kind, row, self._users, newest):
                self._try(connection, steps.table, f"{kind.kind} of a {steps.record} {what}", values)

    def after(self, connection: Connection, statement: Executable, *_: object) -> None:
        """It has been executed: nobody doubts that it was right but for that one thing."""
        for steps, kind, row in self._step(statement):
            self.tried.add((steps.record, kind.kind))
            if kind.once:
                again = {**row, "seq": row["seq"] + 1, "at": row["at"] + timedelta(seconds=1)}
                self._try(connection, steps.table, f"{kind.kind} of a {steps.record} twice", again)

    def _step(self, statement: Executable) -> Iterator[tuple[Steps, StepKind, Row]]:
        if self._trying or not isinstance(statement, Insert) or statement.table.name not in OF_TABLE:
            return
        steps, row = OF_TABLE[statement.table.name], statement.compile().params
        yield steps, steps.kinds[row["kind"]], row

    def _try(self, connection: Connection, table: Table, what: str, values: Row) -> None:
        self._trying = True
        try:
            with connection.begin_nested():
                connection.execute(insert(table).values(**values))
                self.taken.append(what)
                connection.get_nested_transaction().rollback()  # type: ignore[union-attr]
        except DBAPIError:
            pass
        finally:
            self._trying = False


@contextmanager
def listening(room: Living, tried: Tried) -> Iterator[None]:
    for name, listener in (("before_execute", tried.before), ("after_execute", tried.after)):
        event.listen(room.engine, name, listener)
    yield


@pytest.mark.slow
def test_every_declared_step_is_refused_where_one_thing_is_wrong(room: Handled) -> None:
    bare = Living(room.hand, people=room.people)
    tried = Tried(bare)
    with listening(bare, tried):
        live_everything(bare)
    assert not tried.taken, "the store takes rows that the declaration forbids"
    declared = {(steps.record, kind.kind) for steps in STEPS for kind in steps.kinds}
    assert tried.tried == declared, f"live it in tests/store/everything.py: {declared - tried.tried}"
    for table in OF_TABLE:
        for statement in (f"UPDATE {table} SET words = 'Changed.'", f"DELETE FROM {table}"):
            with pytest.raises(Exception, match="stays written"):
                raw(room.engine, statement)
