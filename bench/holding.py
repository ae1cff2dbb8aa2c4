"""What a session costs the server that shows it: memory with walls as they are, and once a session has frozen and holds them."""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, timedelta
from pathlib import Path
from time import sleep

import orjson
from sqlalchemy import select

from bench.rooms import Ready
from bench.server import Server, serving
from bench.table import Figure, judged
from wallboard.clock import elapsed
from wallboard.layout import WALL, read_layouts
from wallboard.panels import find_panels
from wallboard.records.acting import Acting
from wallboard.records.sessions import Plan, one_session, plan, take_seen
from wallboard.settings import open_room
from wallboard.store.connections import writing
from wallboard.store.open import open_store
from wallboard.store.schema import user_account

MOST_MB = 150
PATIENCE = 600.0
"""Seconds in which the numbers of a session should be frozen."""


def figures(ready: Ready, folder: Path) -> list[Figure]:
    """Resident memory before a session begins, once its numbers are frozen, and once it holds every wall."""
    root = folder / f"{ready.name}-held"
    shutil.copytree(ready.room.root, root)
    held = Ready(ready.name, open_room(root), ready.at)
    walls = [name for name, layout in read_layouts(held.room.layouts, find_panels()).items() if layout.kind == WALL]
    with serving(held) as server:
        _look(server, walls)
        before = server.memory()
        session, cpu, began = _begun(held), server.cpu(), elapsed()
        while not _is_frozen(held, session):
            if elapsed() - began > PATIENCE:
                raise TimeoutError(f"session {session} was not frozen within {PATIENCE:.0f} s")
            server.get(f"/pulse?path=/wall/{walls[0]}&screen=bench")
            sleep(0.5)
        took, spent, frozen = elapsed() - began, (server.cpu() - cpu) / 1000, server.memory()
        _look(server, walls)
        return [
            judged("memory, every wall drawn", before, MOST_MB, "MB"),
            judged("memory, a session frozen", frozen, MOST_MB, "MB", f"in {took:.1f} s, {spent:.1f} s CPU of the server"),
            judged("memory, the session holds every wall", server.memory(), MOST_MB, "MB"),
        ]


def _look(server: Server, walls: list[str]) -> None:
    """As screens look that show every scene of each wall."""
    for wall in walls:
        tokens = orjson.loads(server.get(f"/pulse?path=/wall/{wall}&screen=bench"))["tokens"]
        for name in tokens:
            while orjson.loads(server.get(f"/picture/{name}?path=/wall/{wall}&screen=bench")).get("state") == "busy":
                sleep(0.05)


def _begun(ready: Ready) -> int:
    """A session of the whole business that somebody has begun just now."""
    engine, at = open_store(ready.room.store_url), ready.moment.astimezone(UTC) - timedelta(seconds=5)
    try:
        with writing(engine) as connection:
            leader = connection.scalar(select(user_account.c.id).where(user_account.c.role == "facilitator"))
            act = Acting(connection, ready.room.settings, at, leader)
            number = plan(act, Plan(perimeter="all", kind="monthly", title="What a session costs", minutes=60), at)
            take_seen(act, number, "begun", one_session(connection, number).life.seq)
            return number
    finally:
        engine.dispose()


def _is_frozen(ready: Ready, session: int) -> bool:
    with closing(sqlite3.connect(ready.room.store_url.removeprefix("sqlite:///"))) as store:
        return store.execute("SELECT 1 FROM snapshot WHERE room_session = ?", (session,)).fetchone() is not None
