"""The loaded rooms that pictures are taken of and figures are measured on: the demo company, and the real one where it is."""

import argparse
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.rooms import AT as RETAIL_AT
from tests.rooms import instant, missing, retail_room
from wallboard.clock import parse_instant, stopped
from wallboard.demo import write_exports
from wallboard.demo.room import play
from wallboard.loaders.load import Loaded, load
from wallboard.settings import Room, open_room
from wallboard.store.open import open_store

REPOSITORY = Path(__file__).parents[1]
DEMO_AT = "2026-11-22T09:00"


@dataclass(frozen=True)
class Ready:
    """A loaded room, the moment at which it is looked at, and the part that its walkthrough shows."""

    name: str
    room: Room
    at: str
    part: str = ""
    checkout: Path = REPOSITORY
    """The program that serves it."""

    @property
    def moment(self) -> datetime:
        return parse_instant(self.at, self.room.settings.timezone)


@contextmanager
def workshop() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with TemporaryDirectory(prefix="customer-room-") as folder:
        yield Path(folder)


def demo(folder: Path, at: str = DEMO_AT) -> Ready:
    """The demo company, written as of one moment and loaded, with what its room has done by then."""
    root = folder / "demo"
    (root / "data").mkdir(parents=True)
    shutil.copy(REPOSITORY / "room.toml", root)
    shutil.copytree(REPOSITORY / "layouts", root / "layouts")
    shutil.copy(REPOSITORY / "data" / "sources.toml", root / "data")
    shutil.copytree(REPOSITORY / "data" / "media", root / "data" / "media", ignore=shutil.ignore_patterns("_make", ".made"))
    room = open_room(root)
    ready = Ready("demo", room, at)
    write_exports(room, ready.moment)
    loaded(room, ready.moment)
    engine = open_store(room.store_url)
    try:
        play(room, engine, ready.moment)
    finally:
        engine.dispose()
    return ready


def retail(folder: Path) -> Ready | None:
    """The real room, loaded; None, and a word why, where its exports are not here."""
    if why := missing():
        print(f"retail: {why}")
        return None
    room = retail_room(folder / "retail")
    loaded(room, instant(RETAIL_AT))
    return Ready("retail", room, RETAIL_AT, "br")


def given(root: Path, at: str, part: str = "") -> Ready:
    """A room that somebody else has loaded."""
    return Ready(root.resolve().name, open_room(root), at, part)


def loaded(room: Room, at: datetime) -> list[Loaded]:
    """Load every source of a room."""
    engine = open_store(room.store_url)
    try:
        done = load(room, engine, stopped(at))
    finally:
        engine.dispose()
    for result in done:
        if result.status != "ok":
            print(f"{room.root.name}: {result.source}: {result.message}")
    return done


def wanted_rooms(options: argparse.Namespace, folder: Path) -> Iterator[Ready]:
    """The room that was named, else the demo and the retail one, as far as they were not left out."""
    if options.root:
        yield given(options.root, options.at, options.part)
        return
    if options.room != "retail":
        yield demo(folder)
    if options.room != "demo" and (real := retail(folder)):
        yield real
