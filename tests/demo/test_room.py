"""What the people of the demo company have done: the same each time, and something is left to do."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from tests.demo.conftest import AT, Written
from wallboard.demo.room import play
from wallboard.loaders.load import Loaded
from wallboard.records.intakes import to_judge
from wallboard.store.guarded import APPEND_ONLY
from wallboard.store.open import make_engine
from wallboard.store.schema import issue, metadata, voice

SALTED = "password"


def played(written: Written, store: Engine, to: Path) -> Engine:
    """A copy of the loaded store in which the room has been played."""
    with sqlite3.connect(store.url.database or "") as source, sqlite3.connect(to) as target:
        source.backup(target)
    engine = make_engine(f"sqlite:///{to}")
    play(written.room, engine, AT)
    return engine


@pytest.fixture(scope="module")
def rooms(
    written: Written, loaded: tuple[Engine, list[Loaded]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Engine, Engine]]:
    folder = tmp_path_factory.mktemp("played")
    pair = played(written, loaded[0], folder / "one.sqlite"), played(written, loaded[0], folder / "two.sqlite")
    yield pair
    for engine in pair:
        engine.dispose()


def rows(engine: Engine, table: str) -> list[dict[str, Any]]:
    chosen = metadata.tables[table]
    with engine.connect() as connection:
        mappings = connection.execute(select(chosen).order_by(*chosen.primary_key.columns)).mappings()
        return [{name: value for name, value in row.items() if name != SALTED} for row in mappings]


@pytest.mark.slow
def test_the_same_instant_gives_the_same_rows_but_for_the_salt_of_a_password(rooms: tuple[Engine, Engine]) -> None:
    for table in ("user_account", "mandate", *APPEND_ONLY):
        first, two = (rows(engine, table) for engine in rooms)
        assert first == two, table
    assert len(rows(rooms[0], "issue_step")) > 50


@pytest.mark.slow
def test_something_waits_for_the_chair_with_the_words_of_real_voices(rooms: tuple[Engine, Engine]) -> None:
    with rooms[0].connect() as connection:
        waiting = to_judge(connection, ["gb", "ie"])
        words = set(connection.scalars(select(voice.c.words)))
        titles = set(connection.scalars(select(issue.c.words)))
    assert [intake.perimeter for intake in waiting] == ["ie", "gb"]
    for intake in waiting:
        assert intake.words in words and intake.kind == "ticket" and len(intake.functions) > 1, intake
        assert intake.verdict is None and intake.issue is None and intake.contacts and intake.words not in titles
