"""A small room with a journey, to load files into."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, Table, func, select

from wallboard.clock import stopped
from wallboard.loaders.load import Loaded, load
from wallboard.settings import Room, Settings
from wallboard.store.schema import refusal
from wallboard.store.versions import read_versions

NOW = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)
SHARED = Path(__file__).parents[3] / "shared" / "data"


@dataclass
class Workspace:
    """A room on disk and its store: put files in, load, look."""

    room: Room
    engine: Engine
    now: datetime = NOW
    accept_shrink: bool = True
    """What a test takes out of a file is meant; see test_account."""

    def put(self, name: str, content: str | bytes) -> Path:
        file = self.room.data / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def sources(self, text: str) -> None:
        self.put("sources.toml", text)

    def load(self, *only: str) -> list[Loaded]:
        loaded = load(self.room, self.engine, stopped(self.now), only=only, accept_shrink=self.accept_shrink)
        for result in loaded:
            assert result.read == result.new + result.changed + result.same + result.refused + result.left_out, result
        return loaded

    def load_one(self, *only: str) -> Loaded:
        (loaded,) = self.load(*only)
        return loaded

    def rows(self, table: Table, *columns: str) -> list[Any]:
        chosen = [table.c[name] for name in columns] or list(table.columns)
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(select(*chosen).order_by(*chosen))]

    def count(self, table: Table) -> int:
        with self.engine.connect() as connection:
            return connection.scalar(select(func.count()).select_from(table)) or 0

    def refusals(self) -> list[Any]:
        return self.rows(refusal, "row_no", "column_name", "reason", "remedy", "raw")

    def versions(self) -> dict[str, int]:
        with self.engine.connect() as connection:
            return dict(read_versions(connection))


def room_at(root: Path, **settings: Any) -> Room:
    fields = {"company": "Fern", "timezone": "Europe/London", "currency": "GBP"} | settings
    (root / "data" / "media").mkdir(parents=True, exist_ok=True)
    return Room(root=root.resolve(), settings=Settings.model_validate(fields))


@pytest.fixture
def workspace(tmp_path: Path, store: Engine) -> Workspace:
    """A room whose store is, in turn, SQLite and PostgreSQL."""
    return Workspace(room_at(tmp_path / "room"), store)


@pytest.fixture
def make(tmp_path: Path, sqlite_store: Engine) -> Callable[..., Workspace]:
    """Rooms on SQLite with other settings: for what does not depend on the store."""
    return lambda **settings: Workspace(room_at(tmp_path / "room", **settings), sqlite_store)


@pytest.fixture
def quick(make: Callable[..., Workspace]) -> Workspace:
    """The usual room on SQLite only."""
    return make()


VOICE = """
[tickets]
feed = "voice"
file = "tickets*.csv"
key = ["Id"]
[tickets.columns]
occurred_at = "Created"
solved_at = "Solved"
words = "Words"
score = "Score"
[tickets.constants]
kind = "ticket"
complaint = true
"""


def tickets(*rows: str) -> str:
    return "\n".join(("Id,Created,Solved,Words,Score", *rows, ""))
