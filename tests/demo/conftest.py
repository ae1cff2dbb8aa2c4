"""The demo company written once for all tests, and loaded once."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, Engine

from tests.once import made_once
from wallboard.clock import stopped
from wallboard.demo import write_exports
from wallboard.loaders.load import Loaded, load
from wallboard.settings import Room, open_room
from wallboard.store.open import make_engine, open_store

REPOSITORY = Path(__file__).parents[2]
AT = datetime(2026, 11, 22, 9, 0, tzinfo=ZoneInfo("Europe/London"))


@dataclass(frozen=True)
class Written:
    """A room with the demo's exports, and what was written into it."""

    room: Room
    files: tuple[Path, ...]


def make_room(root: Path) -> Room:
    """A room of its own with the repository's settings, sources and media."""
    (root / "data").mkdir(parents=True)
    shutil.copy(REPOSITORY / "room.toml", root)
    shutil.copy(REPOSITORY / "data" / "sources.toml", root / "data")
    (root / "data" / "media").symlink_to(REPOSITORY / "data" / "media")
    return open_room(root)


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """The exports as they stood at AT."""
    root, files = made_once(tmp_path_factory, "demo-written", lambda root: write_exports(make_room(root), AT))
    return Written(open_room(root), tuple(files))


@pytest.fixture(scope="session")
def loaded(written: Written, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, list[Loaded]]]:
    """A store into which they went through the loaders."""

    def make(_: Path) -> list[Loaded]:
        engine = open_store(written.room.store_url)
        loaded = load(written.room, engine, stopped(AT))
        engine.dispose()
        return loaded

    _, loaded = made_once(tmp_path_factory, "demo-loaded", make)
    engine = make_engine(written.room.store_url)
    yield engine, loaded
    engine.dispose()


@pytest.fixture
def connection(loaded: tuple[Engine, list[Loaded]]) -> Iterator[Connection]:
    """A connection to the loaded demo store."""
    with loaded[0].connect() as connection:
        yield connection
