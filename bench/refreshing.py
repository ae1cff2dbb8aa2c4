"""What a screen's pulse costs the server: nothing changed, one table changed, everything changed."""

from collections.abc import Iterable

import orjson
from sqlalchemy import Engine

from bench.rooms import Ready
from bench.server import Server, serving
from bench.table import Figure, judged
from wallboard.clock import running
from wallboard.panels import find_panels
from wallboard.store.open import open_store
from wallboard.store.versions import raise_versions

WALL, SINGLE = "/wall/issues", "complaint_day"
QUIET, CHANGES = 600, 40
MOST_MS, MOST_BYTES = 1.0, 300


def figures(ready: Ready) -> list[Figure]:
    """One screen on the wall of issues; bytes are bodies, CPU is of the server's process."""
    everything = sorted({table for panel in find_panels().values() for table in panel.reads})
    engine = open_store(ready.room.store_url)
    try:
        with serving(ready) as server:
            shown = _tokens(server)
            for name in shown:
                server.get(f"/picture/{name}?path={WALL}")
            bare = _bare(server)
            return [*_nothing(server, bare), _changed(server, engine, [SINGLE]), _changed(server, engine, everything)]
    finally:
        engine.dispose()


def _tokens(server: Server) -> dict[str, str]:
    tokens: dict[str, str] = orjson.loads(server.get(f"/pulse?path={WALL}&screen=bench"))["tokens"]
    return tokens


def _bare(server: Server) -> float:
    """The least that any request costs here: an address that nobody knows."""
    before = server.cpu()
    for _ in range(QUIET):
        server.get("/fonts/none")
    return (server.cpu() - before) / QUIET


def _nothing(server: Server, bare: float) -> list[Figure]:
    """As a screen asks that has seen the last answer: with its state."""
    asked = f"/pulse?path={WALL}&screen=bench"
    asked += f"&state={orjson.loads(server.get(asked))['state']}"
    before, size = server.cpu(), 0
    for _ in range(QUIET):
        size = len(server.get(asked))
    used = (server.cpu() - before) / QUIET
    return [
        judged("pulse, nothing changed", used, MOST_MS, "ms CPU", f"a request that finds nothing: {bare:.1f} ms"),
        judged("its answer", size, MOST_BYTES, "B"),
    ]


def _changed(server: Server, engine: Engine, tables: Iterable[str]) -> Figure:
    tables = list(tables)
    shown, used, size, drawn = _tokens(server), 0.0, 0, 0
    for _ in range(CHANGES):
        with engine.begin() as connection:
            raise_versions(connection, tables, running())
        before = server.cpu()
        now = _tokens(server)
        for name in (name for name, token in now.items() if shown[name] != token):
            size += len(server.get(f"/picture/{name}?path={WALL}"))
            drawn += 1
        used += server.cpu() - before
        shown = now
    what = "every table" if len(tables) > 1 else f"one table ({tables[0]})"
    note = f"{size / CHANGES:,.0f} B; {drawn / CHANGES:.0f} of {len(shown)} pictures anew"
    return Figure(f"pulse and pictures, {what} changed", f"{used / CHANGES:.1f} ms CPU", note=note)
