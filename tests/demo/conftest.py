"""The demo company's room, seen as what was written, what was loaded of it, and what its people did then."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, Engine

from tests.conftest import AS_OF, REPOSITORY
from tests.fixtures import unplayed_of
from wallboard.settings import Room, open_room
from wallboard.store.open import make_engine

ZONE = ZoneInfo("Europe/London")
AT = AS_OF.astimezone(ZONE)


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
def written(demo_room: Room) -> Written:
    """The exports as they stood at AT."""
    exports = demo_room.data / "exports"
    return Written(demo_room, tuple(file for file in exports.rglob("*") if file.is_file()))


@pytest.fixture(scope="session")
def played(demo_room: Room) -> Iterator[Engine]:
    """The store into which they went through the loaders, and in which the company's people have acted."""
    engine = make_engine(demo_room.store_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def unplayed(demo_room: Room) -> Path:
    """That store before its people have acted: to be copied."""
    return unplayed_of(demo_room.root)


@pytest.fixture
def connection(played: Engine) -> Iterator[Connection]:
    """A connection to the demo store."""
    with played.connect() as connection:
        yield connection
