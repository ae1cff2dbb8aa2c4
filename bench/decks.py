"""What it costs to draw the decks that walls turn through, beside what the same scenes cost in an earlier checkout.

Each is served as it is, with the demo as it writes it itself. After every table has changed each picture is asked for once, here
and there in turn. A scene is the same where a wall had one of that name.
"""

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import orjson

from bench.rooms import DEMO_AT, Ready, demo
from bench.server import Server, serving
from bench.table import Figure, judged, middle
from wallboard.layout import read_layouts
from wallboard.panels import find_panels
from wallboard.settings import open_room

TURNS = 7
MAKE = "import sys; from pathlib import Path; from bench.rooms import demo; demo(Path(sys.argv[1]))"
_Parts = dict[str, list[str]]
"""The pictures of each scene, by its name."""


def figures(folder: Path, before: Path) -> list[Figure]:
    """One figure a wall, and one for all; `before` is the folder of the earlier checkout."""
    (folder / "now").mkdir()
    (folder / "before").mkdir()
    subprocess.run([sys.executable, "-c", MAKE, str(folder / "before")], cwd=before, check=True)
    return compared(demo(folder / "now"), replace(_ready(folder / "before" / "demo"), checkout=before))


def compared(now: Ready, before: Ready) -> list[Figure]:
    """The same of two rooms that are loaded already."""
    walls = {name: layout for name, layout in read_layouts(now.room.layouts, find_panels()).items() if layout.kind == "wall"}
    results, sums = [], [0.0, 0.0]
    with serving(now) as here, serving(before) as there:
        for name, wall in walls.items():
            ours, theirs = (_parts(server, name) for server in (here, there))
            same = [scene.name for scene in wall.turning if scene.name in ours and scene.name in theirs]
            other = [scene.name for scene in wall.turning if scene.name not in same]
            if not same:
                continue
            sides = [(here, now, name, _of(ours, same)), (there, before, name, _of(theirs, same))]
            runs = [[_drawn(*side) for side in sides] for _ in range(TURNS + 1)][1:]
            spent = [middle([run[side] for run in runs]) for side in range(2)]
            sums = [total + part for total, part in zip(sums, spent, strict=True)]
            note = (
                f"{', '.join(same)}: {spent[0]:.0f} ms CPU, before {spent[1]:.0f}; not there before: {', '.join(other) or 'none'}"
            )
            results.append(
                judged(f"{name}: its deck to the same scenes", middle([run[0] / run[1] for run in runs]), 1.0, "", note)
            )
    return [*results, judged("all walls", sums[0] / sums[1], 1.0, "", f"{sums[0]:.0f} ms CPU, before {sums[1]:.0f}")]


def _ready(root: Path) -> Ready:
    return Ready("before", open_room(root), DEMO_AT)


def _parts(server: Server, wall: str) -> _Parts:
    tokens = orjson.loads(server.get(f"/pulse?path=/wall/{wall}&screen=bench")).get("tokens", {})
    parts: _Parts = {}
    for name in tokens:
        if name.count("--") == 2:
            parts.setdefault(name.split("--")[1], []).append(name)
    return parts


def _of(parts: _Parts, scenes: list[str]) -> list[str]:
    return [name for scene in scenes for name in parts[scene]]


def _drawn(server: Server, ready: Ready, wall: str, pictures: list[str]) -> float:
    """Milliseconds of CPU for these pictures, each made anew."""
    with closing(sqlite3.connect(ready.room.store_url.removeprefix("sqlite:///"))) as store:
        store.execute("UPDATE table_version SET version = version + 1")
        store.commit()
    began = server.cpu()
    for name in pictures:
        while orjson.loads(server.get(f"/picture/{name}?path=/wall/{wall}&screen=bench"))["state"] == "busy":
            pass
    return server.cpu() - began
