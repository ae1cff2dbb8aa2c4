"""What ten million changes of status cost beside a hundred thousand: the same four panels, drawn from either store."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd

from bench.drawing import _together
from bench.rooms import DEMO_AT, REPOSITORY, Ready, loaded
from bench.table import Figure, judged
from wallboard.layout import read_layouts
from wallboard.panels import find_panels
from wallboard.settings import open_room
from wallboard.store.open import open_store

MOST = 1.2
NOW = np.datetime64(DEMO_AT, "m")
STEPS = ("new", "in work", "waiting", "in work", "waiting for the customer", "solved", "closed by the helpdesk")
REACHED = np.array([1.0, 0.97, 0.3, 0.28, 0.4, 1.0, 1.0])
"""How many of the tickets take each step."""

SOURCES = """
[log]
feed = "ticket_events"
file = "log.parquet"
key = ["ticket", "seq"]
[log.columns]
ticket = "ticket"
status = "status"
at = "at"
seq = "seq"
perimeter = "perimeter"
"""
LAYOUT = """
title = "Flow"
[[scene]]
name = "flow"
grid = ["a b", "c d"]
[scene.panel.a]
show = "cumulative_flow"
[scene.panel.b]
show = "throughput"
[scene.panel.c]
show = "ageing_wip"
[scene.panel.d]
show = "cycle_time"
"""


@dataclass(frozen=True)
class Desk:
    """How many tickets, over how many days."""

    name: str
    tickets: int
    days: int


SMALL = Desk("24 months, 100 thousand events", 20_200, 730)
LARGE = Desk("ten years, 10 million events", 2_020_000, 3650)


def figures(folder: Path) -> list[Figure]:
    """One figure a store and their ratio; each store is filled by the room's own loader."""
    found, cost = [], []
    for desk in (SMALL, LARGE):
        began = perf_counter()
        ready, events = _room(desk, folder / str(desk.tickets))
        seconds = perf_counter() - began
        ms, parts = _drawn(ready)
        cost.append(ms)
        note = f"{events:,} events loaded in {seconds:.0f} s; measure {parts[0]:.1f}, draw {parts[1]:.1f}, frame {parts[2]:.1f}"
        found.append(Figure(desk.name, f"{ms:.1f} ms CPU", note=note))
    return [*found, judged("four panels of flow, large over small", cost[1] / cost[0], MOST, "x")]


def _drawn(ready: Ready) -> tuple[float, list[float]]:
    engine, panels = open_store(ready.room.store_url), find_panels()
    try:
        wall = read_layouts(ready.room.layouts, panels)["issues"]
        with engine.connect() as connection:
            parts = _together(ready, connection, list(wall.placed()))
    finally:
        engine.dispose()
    return sum(parts), parts


def _room(desk: Desk, root: Path) -> tuple[Ready, int]:
    (root / "data").mkdir(parents=True)
    (root / "layouts").mkdir()
    shutil.copy(REPOSITORY / "room.toml", root)
    (root / "layouts" / "issues.toml").write_text(LAYOUT, encoding="utf-8")
    (root / "data" / "sources.toml").write_text(SOURCES, encoding="utf-8")
    events = _write(desk, root / "data")
    room = open_room(root)
    ready = Ready(desk.name, room, DEMO_AT)
    loaded(room, ready.moment)
    return ready, events


def _write(desk: Desk, folder: Path) -> int:
    """A log in which a ticket takes a week or so, one in two hundred is never solved, and nothing lies after now."""
    rng = np.random.default_rng(7)
    n = desk.tickets
    began = NOW - rng.integers(1, desk.days * 1440, n) * np.timedelta64(1, "m")
    long = np.exp(rng.normal(8.9, 1.0, n))
    forgotten = rng.random(n) < 0.005
    where = np.where(rng.random(n) < 0.3, "ie", "gb").astype(object)
    parts = []
    for seq, (status, share) in enumerate(zip(STEPS, REACHED, strict=True)):
        takes = rng.random(n) < share
        takes &= ~forgotten if seq > 4 else True
        after = (long * (seq / 5 if seq < 6 else 1.5)).astype(np.int64) * np.timedelta64(1, "m")
        at = (began + after)[takes]
        one = {"ticket": np.flatnonzero(takes).astype(str).astype(object), "status": status, "seq": seq}
        parts.append(pd.DataFrame({**one, "at": at.astype("datetime64[s]"), "perimeter": where[takes]})[at < NOW])
    log = pd.concat(parts)
    log.to_parquet(folder / "log.parquet")
    return len(log)
