"""What the people of the demo company have done: the same each time, and something is left to do."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, select

from tests.demo.conftest import AT
from wallboard.demo.room import play
from wallboard.records.intakes import to_judge
from wallboard.records.sessions import one_session
from wallboard.records.snapshots import frozen_panels, has_frozen_walk, read_snapshot
from wallboard.settings import Room
from wallboard.store.guarded import APPEND_ONLY
from wallboard.store.open import make_engine
from wallboard.store.schema import issue, metadata, voice

SALTED = "password"


@pytest.fixture
def again(demo_room: Room, unplayed: Path, tmp_path: Path) -> Iterator[Engine]:
    """The store as it was loaded, in which the room is played once more."""
    engine = make_engine(f"sqlite:///{shutil.copy(unplayed, tmp_path / 'again.sqlite')}")
    play(demo_room, engine, AT)
    yield engine
    engine.dispose()


def rows(engine: Engine, table: str) -> list[dict[str, Any]]:
    chosen = metadata.tables[table]
    with engine.connect() as connection:
        mappings = connection.execute(select(chosen).order_by(*chosen.primary_key.columns)).mappings()
        return [{name: value for name, value in row.items() if name != SALTED} for row in mappings]


def test_the_same_instant_gives_the_same_rows_but_for_the_salt_of_a_password(played: Engine, again: Engine) -> None:
    for table in ("user_account", "mandate", *APPEND_ONLY):
        first, second = (rows(engine, table) for engine in (played, again))
        assert first == second, table
    assert len(rows(played, "issue_step")) > 50


def test_something_waits_for_the_chair_with_the_words_of_real_voices(connection: Connection) -> None:
    waiting = to_judge(connection, ["gb", "ie"])
    words = set(connection.scalars(select(voice.c.words)))
    titles = set(connection.scalars(select(issue.c.words)))
    assert [intake.perimeter for intake in waiting] == ["ie", "gb"]
    for intake in waiting:
        assert intake.words in words and intake.kind == "ticket" and len(intake.functions) > 1, intake
        assert intake.verdict is None and intake.issue is None and intake.contacts and intake.words not in titles


def test_the_walls_of_the_newest_session_can_be_seen_again(connection: Connection) -> None:
    steps = metadata.tables["room_session_step"]
    ended = select(steps.c.room_session).where(steps.c.kind == "ended").order_by(steps.c.at.desc())
    monthly = [number for number in connection.scalars(ended) if one_session(connection, number).kind == "monthly"]
    kept = read_snapshot(connection, monthly[0])
    assert kept and has_frozen_walk(connection, monthly[0]) and read_snapshot(connection, monthly[1]) is None
    for wall, panels in frozen_panels(connection, monthly[0]).items():
        assert panels and panels.keys() <= kept.rows.keys(), wall
