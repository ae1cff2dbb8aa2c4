"""What ten million changes of status and two million voices cost beside a hundredth of them: wall 2, drawn from either store."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd

from bench.drawing import _spread, _together
from bench.rooms import DEMO_AT, REPOSITORY, Ready, loaded
from bench.table import Figure, judged, middle
from wallboard.layout import read_layouts
from wallboard.panels import find_panels
from wallboard.settings import open_room
from wallboard.store.open import open_store

MOST, ROUNDS = 1.2, 5
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
[stages]
feed = "stages"
file = "stages.parquet"
columns = {stage = "stage", seq = "seq", name = "name"}
[touchpoints]
feed = "touchpoints"
file = "touchpoints.parquet"
columns = {touchpoint = "touchpoint", stage = "stage", seq = "seq", name = "name"}
[kinds]
feed = "issue_types"
file = "kinds.parquet"
columns = {issue_type = "kind", wording = "wording", demand = "demand"}
[voices]
feed = "voice"
file = "voices.parquet"
key = ["number"]
constants = {kind = "ticket"}
[voices.columns]
occurred_at = "at"
solved_at = "solved"
perimeter = "perimeter"
channel = "way"
touchpoint = "touchpoint"
issue_type = "kind"
complaint = "complaint"
customer = "customer"
words = "words"
[orders]
feed = "exposure"
file = "orders.parquet"
key = ["touchpoint", "perimeter", "day"]
constants = {kind = "orders"}
columns = {touchpoint = "touchpoint", perimeter = "perimeter", day = "day", quantity = "orders"}
"""
FLOW = ("cumulative_flow", "throughput", "ageing_wip", "cycle_time")
"""The panels that read the log."""

KINDS, PLACES, WAYS = 8, 12, 4
"""How many kinds of issues, touchpoints (two a stage) and ways of hearing there are."""


@dataclass(frozen=True)
class Helpdesk:
    """How many tickets, over how many days."""

    name: str
    tickets: int
    days: int


SMALL = Helpdesk("24 months, 100 thousand events", 20_200, 730)
LARGE = Helpdesk("ten years, 10 million events", 2_020_000, 3650)


def figures(folder: Path) -> list[Figure]:
    """One figure a store and their ratio: both are filled by the room's own loader, then drawn in turns."""
    helpdesks, rooms, sizes = (SMALL, LARGE), [], []
    for helpdesk in helpdesks:
        began = perf_counter()
        ready, events = _room(helpdesk, folder / str(helpdesk.tickets))
        rooms.append(ready)
        sizes.append(f"{events:,} events and {helpdesk.tickets:,} voices loaded in {perf_counter() - began:.0f} s")
    drawn = _in_turns(rooms)
    cost = [{name: sum(parts) for name, parts in timings.items()} for timings in drawn]
    results = [
        Figure(f"{helpdesk.name}: {name}", f"{sum(parts):.1f} ms CPU", note=f"{loaded_in}; {_spread(parts)}")
        for helpdesk, loaded_in, timings in zip(helpdesks, sizes, drawn, strict=True)
        for name, parts in timings.items()
    ]
    ratios = (judged(f"{name}, large over small", cost[1][name] / cost[0][name], MOST, "x") for name in cost[0])
    return [*results, *ratios]


def _in_turns(rooms: list[Ready]) -> list[dict[str, list[float]]]:
    """The middle of several rounds for each room: a busy minute of the machine meets both."""
    rounds = [[_drawn(ready) for ready in rooms] for _ in range(ROUNDS)]
    timings = []
    for mine in zip(*rounds, strict=True):
        each = {name: zip(*(timing[name] for timing in mine), strict=True) for name in mine[0]}
        timings.append({name: [middle(list(part)) for part in parts] for name, parts in each.items()})
    return timings


def _drawn(ready: Ready) -> dict[str, list[float]]:
    """What the four panels of flow cost, and all panels of the wall."""
    engine, panels = open_store(ready.room.store_url), find_panels()
    try:
        wall = list(read_layouts(ready.room.layouts, panels)["issues"].placed())
        log = [placed for placed in wall if placed.show in FLOW]
        with engine.connect() as connection:
            return {
                f"the {len(log)} panels of flow": _together(ready, connection, log),
                f"all {len(wall)} panels of wall 2": _together(ready, connection, wall),
            }
    finally:
        engine.dispose()


def _room(helpdesk: Helpdesk, root: Path) -> tuple[Ready, int]:
    (root / "data").mkdir(parents=True)
    shutil.copy(REPOSITORY / "room.toml", root)
    shutil.copytree(REPOSITORY / "layouts", root / "layouts")
    (root / "data" / "sources.toml").write_text(SOURCES, encoding="utf-8")
    events = _write(helpdesk, root / "data")
    _places(helpdesk, root / "data")
    _voices(helpdesk, root / "data")
    room = open_room(root)
    ready = Ready(helpdesk.name, room, DEMO_AT)
    loaded(room, ready.moment)
    return ready, events


def _write(helpdesk: Helpdesk, folder: Path) -> int:
    """A log in which a ticket takes a week or so, one in two hundred is never solved, and nothing lies after now."""
    rng = np.random.default_rng(7)
    n = helpdesk.tickets
    began = NOW - rng.integers(1, helpdesk.days * 1440, n) * np.timedelta64(1, "m")
    long = np.exp(rng.normal(8.9, 1.0, n))
    forgotten = rng.random(n) < 0.005
    where = np.where(rng.random(n) < 0.3, "ie", "gb").astype(object)
    parts = []
    for seq, (status, share) in enumerate(zip(STEPS, REACHED, strict=True)):
        takes = rng.random(n) < share
        takes &= ~forgotten if seq > 4 else True
        after = (long * (seq / 5 if seq < 6 else 1.5)).astype(np.int64) * np.timedelta64(1, "m")
        at = (began + after)[takes]
        fields = {"ticket": np.flatnonzero(takes).astype(str).astype(object), "status": status, "seq": seq}
        parts.append(pd.DataFrame({**fields, "at": at.astype("datetime64[s]"), "perimeter": where[takes]})[at < NOW])
    log = pd.concat(parts)
    log.to_parquet(folder / "log.parquet")
    return len(log)


def _places(helpdesk: Helpdesk, folder: Path) -> None:
    """Six stages of two touchpoints each, the kinds of issues, and a thousand orders a day in each part."""
    stages = [{"stage": f"s{n}", "seq": n, "name": f"Stage {n}"} for n in range(PLACES // 2)]
    touchpoints = [{"touchpoint": f"t{n}", "stage": f"s{n // 2}", "seq": n, "name": f"Contact {n}"} for n in range(PLACES)]
    kinds = [{"kind": f"k{n}", "wording": f"Wording {n}", "demand": "failure" if n % 3 else "value"} for n in range(KINDS)]
    days = pd.Timestamp(DEMO_AT[:10]) - pd.to_timedelta(np.arange(1, helpdesk.days), unit="D")
    parts = [pd.DataFrame({"day": days, "touchpoint": "t0", "perimeter": at, "orders": 1000.0}) for at in ("gb", "ie")]
    for name, rows in (("stages", stages), ("touchpoints", touchpoints), ("kinds", kinds)):
        pd.DataFrame(rows).to_parquet(folder / f"{name}.parquet")
    pd.concat(parts).to_parquet(folder / "orders.parquet")


def _voices(helpdesk: Helpdesk, folder: Path) -> None:
    """As many voices as tickets, spread over all places, kinds and ways; half of them complaints, one in four without a kind."""
    rng = np.random.default_rng(11)
    n = helpdesk.tickets
    at = NOW - rng.integers(1, helpdesk.days * 1440, n) * np.timedelta64(1, "m")
    solved = at + np.exp(rng.normal(8.0, 1.0, n)).astype(np.int64) * np.timedelta64(1, "m")
    kind = rng.integers(0, KINDS + KINDS // 3, n)
    frame = {
        "number": np.arange(n).astype(str).astype(object),
        "at": at.astype("datetime64[s]"),
        "solved": pd.Series(solved.astype("datetime64[s]")).where(solved < NOW),
        "perimeter": np.where(rng.random(n) < 0.3, "ie", "gb").astype(object),
        "way": np.char.add("way ", rng.integers(0, WAYS, n).astype(str)).astype(object),
        "touchpoint": np.char.add("t", rng.integers(0, PLACES, n).astype(str)).astype(object),
        "kind": pd.Series(np.char.add("k", kind.astype(str)).astype(object)).where(kind < KINDS),
        "complaint": rng.random(n) < 0.5,
        "customer": np.char.add("C", rng.integers(0, 1 + n // 3, n).astype(str)).astype(object),
        "words": np.where(rng.random(n) < 0.2, "It came late again.", "").astype(object),
    }
    pd.DataFrame(frame).to_parquet(folder / "voices.parquet")
