"""What it costs to draw the decks that walls turn through, beside what the same pictures cost in an earlier checkout.

Each is served as it is, with the demo as it writes it itself. After every table has changed each picture is asked for once, here
and there in turn. A picture is the same where that wall had one that showed the same panel, in whichever scene: scenes hold more
pictures now. One that the wall did not have is named, and drawn on neither side.
"""

import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Iterable
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
_Shown = list[tuple[str, str]]
"""Pictures as a server names them, each with the panel that it shows."""


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
            turning = [(panel.id, panel.show) for scene in wall.turning for panel in scene.panels]
            pairs, new = same_pictures(_made(here, name, turning), _made(there, name, shown_before(before.room.layouts, name)))
            if not pairs:
                continue
            sides = [(here, now, name, [ours for ours, _ in pairs]), (there, before, name, [theirs for _, theirs in pairs])]
            runs = [[_drawn(*side) for side in sides] for _ in range(TURNS + 1)][1:]
            spent = [middle([run[side] for run in runs]) for side in range(2)]
            sums = [total + part for total, part in zip(sums, spent, strict=True)]
            cost = f"{len(pairs)} pictures: {spent[0]:.0f} ms CPU, before {spent[1]:.0f}"
            note = f"{cost}; not there before: {', '.join(new) or 'none'}"
            results.append(
                judged(f"{name}: its deck to the same pictures", middle([run[0] / run[1] for run in runs]), 1.0, "", note)
            )
    return [*results, judged("all walls", sums[0] / sums[1], 1.0, "", f"{sums[0]:.0f} ms CPU, before {sums[1]:.0f}")]


def same_pictures(ours: _Shown, theirs: _Shown) -> tuple[list[tuple[str, str]], list[str]]:
    """Each picture of ours with one of theirs that shows the same panel, of its own name where there is one; and what is new.

    A picture of theirs is the same as one of ours, not as several.
    """
    left, pairs, new = dict(theirs), [], []
    for name, show in sorted(ours, key=lambda each: each not in theirs):
        earlier = name if left.get(name) == show else next((other for other, shown in left.items() if shown == show), None)
        if earlier is None:
            new.append(f"{show} ({name.split('--')[1]})")
        else:
            del left[earlier]
            pairs.append((name, earlier))
    return pairs, new


def shown_before(layouts: Path, wall: str) -> _Shown:
    """The pictures of a wall as its file says them: this program need not know the panels of an earlier one."""
    file = layouts / f"{wall}.toml"
    scenes = tomllib.loads(file.read_text(encoding="utf-8"))["scene"] if file.exists() else []
    return [(f"{wall}--{scene['name']}--{slot}", panel["show"]) for scene in scenes for slot, panel in scene["panel"].items()]


def _ready(root: Path) -> Ready:
    return Ready("before", open_room(root), DEMO_AT)


def _made(server: Server, wall: str, shown: Iterable[tuple[str, str]]) -> _Shown:
    """Those that the server draws today: a scene may be there only while there is something to show."""
    tokens = orjson.loads(server.get(f"/pulse?path=/wall/{wall}&screen=bench")).get("tokens", {})
    return [(name, show) for name, show in shown if name in tokens]


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
