"""What every test may ask for: a store on both databases, a room of its own, a stopped clock, a lit room and a browser."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import datetime
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import BrowserContext, Page, sync_playwright
from sqlalchemy import Engine, make_url
from typer.testing import CliRunner

from tests import postgres
from tests.browser import chromium as installed
from tests.browser.chromium import Chromium
from tests.browser.serving import Lit, served
from tests.browser.watching import Watch
from tests.conftest import AS_OF, DATABASES, MORNING, REPOSITORY, SCREEN
from tests.making import made_here
from tests.once import made_once
from tests.rooms import load_retail, retail_room
from tests.stores import Emptied, blank_file, emptied_again
from tests.templates import shared, store_in
from wallboard.cli import app
from wallboard.clock import Clock, stopped
from wallboard.loaders.load import Loaded
from wallboard.media import pieces
from wallboard.records import passwords
from wallboard.screens import media_files, pictures
from wallboard.settings import Room, open_room
from wallboard.store.open import make_engine, open_store

_numbers = count(1)


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> None:
    """Passwords are hashed at once: what hashes them takes a third of a second and 64 MB on purpose."""
    passwords._HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session", autouse=True)
def media_of_the_room_that_is_lit() -> None:
    """Rooms stand one after the other at the same address (see served): no browser takes one's media for another's."""
    media_files._MINUTES = 0


@pytest.fixture(scope="session", autouse=True)
def pieces_made_here() -> Iterator[None]:
    """Pieces of media are made in this process: a program for each takes half a second (see tests/media/test_pieces.py)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "_make", made_here)
        yield


@pytest.fixture(scope="session", autouse=True)
def patient_pictures() -> None:
    """Whoever asks for a picture has it, however busy the machine is, and is not told after two seconds to ask again."""
    pictures.PATIENCE_SECONDS = 60.0


class Light(Protocol):
    """Serves a room until the test is over."""

    def __call__(self, room: Room, clock: Clock = ...) -> Lit: ...


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL that the tests have started themselves."""
    if why := postgres.missing():
        pytest.skip(why)
    with postgres.running() as url:
        yield url


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, up-to-date store on SQLite, made once for all workers: to be copied."""

    def make(folder: Path) -> None:
        folder.mkdir()
        blank_file(folder / "room.sqlite")

    return made_once(tmp_path_factory, "blank", make)[0] / "room.sqlite"


@pytest.fixture(scope="session")
def emptied(postgres_server: str) -> Iterator[Emptied]:
    """Empties a store on PostgreSQL that was made once, and gives its URL."""
    with emptied_again(postgres_server, "emptied") as empty:
        yield empty


@pytest.fixture
def sqlite_store(blank: Path, tmp_path: Path) -> Iterator[Engine]:
    """An empty, up-to-date store on SQLite only: for what does not depend on the database."""
    engine = store_in(Path(shutil.copy(blank, tmp_path / "blank.sqlite")))
    yield engine
    engine.dispose()


@pytest.fixture(params=DATABASES)
def store(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An empty, up-to-date store, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_store")
        return
    engine = shared(make_engine(request.getfixturevalue("emptied")()))
    yield engine
    engine.dispose()


@pytest.fixture(params=DATABASES)
def nowhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without a table, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'room.sqlite'}"
        return
    with postgres.database(request.getfixturevalue("postgres_server"), f"room_{next(_numbers)}") as url:
        yield url


@pytest.fixture(params=DATABASES)
def own_store(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An empty, up-to-date store that no other test has, once on SQLite and once on PostgreSQL: it may be moved and replaced."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_store")
        return
    with postgres.database(request.getfixturevalue("postgres_server"), f"room_{next(_numbers)}") as url:
        engine = open_store(url)
        yield engine
        engine.dispose()


@pytest.fixture
def as_of() -> datetime:
    """One fixed moment: Tuesday 30 June 2026, 09:00 UTC."""
    return AS_OF


@pytest.fixture(scope="session")
def demo_room(tmp_path_factory: pytest.TempPathFactory) -> Room:
    """The demo company's room, loaded as of AS_OF once for all workers; only read it (see fresh_room)."""
    return open_room(_demo(tmp_path_factory)[0])


@pytest.fixture(scope="session")
def demo_output(demo_room: Room, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What `wallboard demo` printed when it made demo_room."""
    return _demo(tmp_path_factory)[1]


@pytest.fixture(scope="session")
def retail_on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> tuple[Room, dict[str, Loaded]]:
    """The real room and what became of its exports, loaded once for all workers."""
    root, loaded = made_once(tmp_path_factory, "retail-room", lambda root: load_retail(retail_room(root)))
    return open_room(root), loaded


@pytest.fixture
def fresh_room(demo_room: Room, tmp_path: Path) -> Room:
    """The loaded demo room, copied for a test that writes."""
    return copied(demo_room, tmp_path / "room")


@pytest.fixture
def empty_room(tmp_path: Path) -> Room:
    """The repository's room with nothing loaded and no exports."""
    return bare_room(tmp_path / "room")


@pytest.fixture
def empty_store(empty_room: Room, blank: Path) -> Iterator[Engine]:
    """The store of empty_room, up to date."""
    file = Path(str(make_url(empty_room.store_url).database))
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(blank, file)
    engine = store_in(file)
    yield engine
    engine.dispose()


def bare_room(root: Path) -> Room:
    """The repository's room as it is shipped: settings, layouts, sources and media."""
    (root / "data").mkdir(parents=True)
    shutil.copy(REPOSITORY / "room.toml", root)
    shutil.copytree(REPOSITORY / "layouts", root / "layouts")
    shutil.copy(REPOSITORY / "data" / "sources.toml", root / "data")
    shutil.copytree(REPOSITORY / "data" / "media", root / "data" / "media", ignore=shutil.ignore_patterns("_make", ".made"))
    return open_room(root)


def copied(room: Room, root: Path, change: Callable[[str], str] = str) -> Room:
    """A copy of a room, its room.toml changed on the way."""
    shutil.copytree(room.root, root, copy_function=_as_it_stands)
    file = root / "room.toml"
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
    return open_room(root)


def _as_it_stands(source: str, target: str) -> str:
    """Copies a file; a store by SQLite itself: to open and close the file of a lit room would drop its locks."""
    if source.endswith(("-wal", "-shm")):
        return target
    if not source.endswith(".sqlite"):
        return str(shutil.copy2(source, target))
    with closing(sqlite3.connect(source)) as store, closing(sqlite3.connect(target)) as copy:
        store.backup(copy)
    return target


def _demo(folders: pytest.TempPathFactory) -> tuple[Path, str]:
    """The demo company's room, as the program itself makes it, and what it printed."""

    def move_in(root: Path) -> str:
        words = ["--root", str(bare_room(root).root), "demo", "--no-serve", "--at", f"{AS_OF:%Y-%m-%dT%H:%MZ}"]
        command = import_module("wallboard.commands.demo")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(command, "play", _kept_before(command.play, unplayed_of(root)))
            result = CliRunner().invoke(app, words)
        assert result.exit_code == 0, result.output
        return result.stdout

    return made_once(folders, "demo-room", move_in)


def unplayed_of(root: Path) -> Path:
    """Where the demo's store lies as it was loaded, before the company's people have acted."""
    return root.with_name(f"{root.name}-unplayed.sqlite")


def _kept_before(act: Callable[[Room, Engine, datetime], None], file: Path) -> Callable[[Room, Engine, datetime], None]:
    def keep(room: Room, engine: Engine, at: datetime) -> None:
        _as_it_stands(str(engine.url.database), str(file))
        act(room, engine, at)

    return keep


@pytest.fixture
def lit() -> Iterator[Light]:
    """Serves rooms with the production server on free ports, in threads of this process."""
    with ExitStack() as stack:

        def light(room: Room, clock: Clock = MORNING) -> Lit:
            return stack.enter_context(served(room, clock))

        yield light


@pytest.fixture(scope="session")
def lit_demo(demo_room: Room) -> Iterator[Lit]:
    """The demo room, lit once for all tests that only look."""
    with served(demo_room, stopped(AS_OF)) as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """The system's Chromium, without a window and without a way out of this machine."""
    if installed.PATH is None:
        pytest.skip("no Chromium on this machine: install the package `chromium`")
    with sync_playwright() as play:
        browser = Chromium(play)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Chromium) -> Iterator[BrowserContext]:
    """A profile, 1920 by 1080."""
    with chromium.context(**SCREEN) as context:
        yield context


@pytest.fixture
def watch(context: BrowserContext) -> Iterator[Watch]:
    """Hears every page of the test: any error of the console or of a script, or a request to elsewhere, fails it."""
    watch = Watch()
    context.on("page", watch.attach)
    yield watch
    context.remove_listener("page", watch.attach)
    watch.settle()


@pytest.fixture
def page(context: BrowserContext, watch: Watch) -> Page:
    """One tab, watched."""
    return context.new_page()
