"""How many rows a second are loaded, beside pandas reading the same file and writing it to a bare table, in the same run."""

from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

import pandas as pd
from sqlalchemy import create_engine

from bench.rooms import Ready
from bench.table import Figure
from wallboard.clock import stopped
from wallboard.loaders.load import load
from wallboard.loaders.sources import read_sources
from wallboard.settings import Room
from wallboard.store.open import open_store

MOST = 1.5
BEFORE = ("stages", "functions", "people", "touchpoints")


@dataclass(frozen=True)
class Took:
    """What one way of loading took."""

    rows: int
    seconds: float
    cpu: float

    @property
    def summary(self) -> str:
        return f"{self.rows / self.seconds:,.0f} rows/s"


def figures(ready: Ready, source: str, folder: Path) -> list[Figure]:
    """The largest source of a room, into a store of its own that is empty."""
    [mapped] = [each for each in read_sources(ready.room) if each.name == source]
    [file] = ready.room.data.glob(mapped.file or "")
    theirs = _bare(file, folder / f"{source}-all.sqlite", None)
    same = _bare(file, folder / f"{source}-named.sqlite", sorted(mapped.named))
    ours = _ours(ready, source, folder / f"{source}.sqlite")
    ratio, strict = ours.seconds / theirs.seconds, ours.seconds / same.seconds
    rows = f"{ours.rows:,} rows of {file.name}"
    return [
        Figure(f"load '{source}'", ours.summary, note=f"{ours.seconds:.1f} s, {ours.cpu:.1f} s CPU; {rows}, with its facts"),
        Figure("bare pandas read + to_sql, all columns", theirs.summary, note=f"{theirs.seconds:.1f} s, {theirs.cpu:.1f} s CPU"),
        Figure("bare pandas, only the mapped columns", same.summary, note=f"{same.seconds:.1f} s, {same.cpu:.1f} s CPU"),
        Figure("load / bare", f"{ratio:.2f}×", f"≤ {MOST}×", ratio <= MOST, f"{strict:.2f}× of the mapped columns alone"),
    ]


def _bare(file: Path, store: Path, columns: list[str] | None) -> Took:
    engine = create_engine(f"sqlite:///{store}")
    began, cpu = perf_counter(), process_time()
    frame = pd.read_parquet(file, columns=columns)
    frame.to_sql("bare", engine, index=False)
    took = Took(len(frame), perf_counter() - began, process_time() - cpu)
    engine.dispose()
    store.unlink()
    return took


def _ours(ready: Ready, source: str, store: Path) -> Took:
    settings = ready.room.settings.model_copy(update={"store": f"sqlite:///{store}"})
    room = Room(root=ready.room.root, settings=settings)
    engine = open_store(room.store_url)
    clock = stopped(ready.moment)
    known = {each.name for each in read_sources(room)}
    load(room, engine, clock, only=[name for name in BEFORE if name in known])
    began, cpu = perf_counter(), process_time()
    [done] = load(room, engine, clock, only=[source])
    took = Took(done.new, perf_counter() - began, process_time() - cpu)
    engine.dispose()
    store.unlink()
    return took
