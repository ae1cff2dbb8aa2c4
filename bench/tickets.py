"""100,000 tickets of two years as a room with three charts, and as a table for the plain Dash wall."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pandas as pd

from bench.rooms import DEMO_AT, REPOSITORY, Ready, loaded
from wallboard.settings import open_room

TICKETS, DAYS = 100_000, 730
KINDS = ("late", "broken", "billing", "nobody answers", "wrong parcel", "cannot sign in", "leaflet", "other")
STAGES = ("choose", "order", "wait", "receive", "use", "leave")
SOURCES = """
[stages]
feed = "stages"
file = "stages.parquet"
columns = {stage = "stage", seq = "seq", name = "name"}
[kinds]
feed = "issue_types"
file = "kinds.parquet"
columns = {issue_type = "kind", wording = "kind", demand = "demand"}
[tickets]
feed = "voice"
file = "tickets.parquet"
key = ["number"]
constants = {kind = "ticket", channel = "helpdesk", perimeter = "gb", complaint = true}
columns = {occurred_at = "at", stage = "stage", issue_type = "kind", words = "words"}
"""
WALL = """kind = "wall"
title = "What do customers tell us is wrong?"
[[scene]]
name  = "three"
grid  = ["weeks weeks", "kinds stages"]
[scene.panel.weeks]
show = "issue_rate"
[scene.panel.kinds]
show = "issue_pareto"
[scene.panel.stages]
show = "issue_stages"
"""
WORDS = """kind = "wall"
title = "What is it about, and where?"
[[scene]]
name  = "two"
grid  = ["kinds stages"]
[scene.panel.kinds]
show = "issue_pareto"
[scene.panel.stages]
show = "issue_stages"
"""
"""The same without a chart: its panels are lists, as most of the room's are."""

DESK = """
[screen.desk]
wall = "bench"
diagonal_in = 55
distance_m = 1.7
"""
"""Read from as near as the plain wall's type asks for: three pictures have room on it, as there."""


def room_of_tickets(folder: Path) -> Ready:
    """The tickets in a room, loaded by its own loader, and as a table for the plain wall."""
    root = folder / "beside"
    (root / "data" / "media").mkdir(parents=True)
    (root / "layouts").mkdir()
    shutil.copy(REPOSITORY / "room.toml", root)
    (root / "layouts" / "bench.toml").write_text(WALL, encoding="utf-8")
    (root / "layouts" / "words.toml").write_text(WORDS, encoding="utf-8")
    text = (root / "room.toml").read_text(encoding="utf-8") + DESK
    for wall in ("outcomes", "issues", "touchpoints"):
        text = text.replace(f'wall        = "{wall}"', 'wall        = "bench"')
    (root / "room.toml").write_text(text, encoding="utf-8")
    (root / "data" / "sources.toml").write_text(SOURCES, encoding="utf-8")
    tickets = _tickets()
    tickets.to_parquet(root / "data" / "tickets.parquet")
    stages = {"stage": list(STAGES), "seq": range(1, len(STAGES) + 1), "name": [f"I {stage}" for stage in STAGES]}
    pd.DataFrame(stages).to_parquet(root / "data" / "stages.parquet")
    pd.DataFrame({"kind": list(KINDS), "demand": "failure"}).to_parquet(root / "data" / "kinds.parquet")
    with closing(sqlite3.connect(folder / "tickets.sqlite")) as connection:
        tickets.assign(at=tickets["at"].astype(str)).to_sql("ticket", connection, index=False)
        connection.execute("CREATE INDEX ticket_at ON ticket (at)")
    room = open_room(root)
    ready = Ready("100,000 tickets", room, DEMO_AT)
    loaded(room, ready.moment)
    return ready


def _tickets() -> pd.DataFrame:
    rng = np.random.default_rng(7)
    at = pd.Timestamp(DEMO_AT, tz="UTC") - pd.to_timedelta(rng.integers(60, DAYS * 24 * 60, TICKETS), unit="min")
    kinds = np.array(KINDS, dtype=object)[np.minimum(rng.geometric(0.3, TICKETS) - 1, len(KINDS) - 1)]
    where = np.array(STAGES, dtype=object)[rng.integers(0, len(STAGES), TICKETS)]
    number = np.arange(TICKETS).astype(str).astype(object)
    return pd.DataFrame({"number": number, "at": at, "kind": kinds, "stage": where, "words": "It has not come."})
