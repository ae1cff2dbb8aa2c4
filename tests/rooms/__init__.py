"""Rooms made of settings, sources and layouts only, over real exports that lie beside the repository."""

import io
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Engine, text
from typer.testing import CliRunner

from wallboard.cli import app
from wallboard.clock import parse_instant, stopped
from wallboard.loaders.load import Loaded, load
from wallboard.settings import Room, open_room
from wallboard.store.open import open_store

RETAIL = Path(__file__).parent / "retail"
RECEIVED = RETAIL / "data" / "received"
AT = "2018-01-02T09:00"
"""When the retail room is lit: the groceries end on 1 January 2018, the parcels go on behind this moment."""

AFTER = "2018-09-21T09:00"
"""When all that is in the exports has happened."""


def missing() -> str | None:
    """Why the retail room cannot be lit here; None where it can."""
    if (RECEIVED / "sales" / "transactions.parquet").is_file():
        return None
    return "the real exports are not here: they are looked for in ../shared/data/retail beside the repository"


def retail_room(folder: Path, store: str = "sqlite:///data/room.sqlite") -> Room:
    """The retail room moved into `folder`: the exports stay where they are, but nothing is made beside the media received."""
    shutil.copytree(RETAIL, folder, symlinks=True, ignore=shutil.ignore_patterns("received", "*.sqlite*"))
    (folder / "data" / "received").symlink_to(RECEIVED.resolve(), target_is_directory=True)
    settings = folder / "room.toml"
    text = settings.read_text(encoding="utf-8").replace('"data/received/media"', '"data/media"')
    settings.write_text(text.replace("sqlite:///data/room.sqlite", store), encoding="utf-8")
    shutil.copytree(RECEIVED / "media", folder / "data" / "media")
    return open_room(folder)


def media_room(folder: Path) -> Room:
    """The retail room with its journey and, instead of its exports, what `wallboard media` brings of the media received."""
    room = retail_room(folder)
    shutil.rmtree(room.media)
    room.media.mkdir()
    sources = room.data / "sources.toml"
    sources.write_text(sources.read_text(encoding="utf-8").partition("[media]")[0], encoding="utf-8")
    root = ("--root", str(room.root))
    index = room.data / "journey" / "media.csv"
    for words in (
        ("load", "stages", "functions", "people", "touchpoints", "--at", AFTER),
        ("media", str(RECEIVED / "media"), "--index", str(index), "--consent", "not needed"),
    ):
        done = CliRunner().invoke(app, [*root, *words])
        assert done.exit_code == 0, done.output
    return room


def load_retail(room: Room) -> dict[str, Loaded]:
    """All of the room's exports into its store, and what became of each source."""
    engine = open_store(room.store_url)
    loaded = {result.source: result for result in load(room, engine, stopped(instant(AFTER)))}
    engine.dispose()
    return loaded


def instant(text: str) -> datetime:
    """A moment in the retail room's time."""
    return parse_instant(text, "America/New_York")


@dataclass(frozen=True)
class Lit:
    """The room, loaded once."""

    room: Room
    engine: Engine
    loaded: dict[str, Loaded]

    def count(self, query: str) -> Any:
        with self.engine.connect() as connection:
            return connection.execute(text(query)).scalar()

    def measure(self, name: str, *options: str, perimeter: str, at: str = AFTER) -> pd.DataFrame:
        """What `wallboard measure` prints."""
        words = ["--root", str(self.room.root), "measure", name, "--perimeter", perimeter, "--at", at, "--csv", *options]
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0, done.output
        return pd.read_csv(io.StringIO(done.stdout))
