"""What a person reads at the end of a load: a line for each file, and in its foot why rows were refused."""

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from sqlalchemy import Engine

from wallboard.clock import Clock
from wallboard.loaders.load import Loaded, LoadStopped, load
from wallboard.settings import Room
from wallboard.store.connections import writing
from wallboard.store.demo_data import set_demo
from wallboard.terminal import err, out

COUNTS = ("read", "new", "changed", "same", "gone", "refused", "left out")

WIDE = 200
"""Letters of a line where no terminal says how many it has: names are not cut."""


def loaded_at_the_terminal(
    room: Room, engine: Engine, clock: Clock, only: list[str], *, accept_shrink: bool = False
) -> list[Loaded]:
    """Load with a bar that says how far it is, and print what became of each file, also where the load stops on the way."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("loading", total=None)

        def progress(done: int, total: int, now: str) -> None:
            bar.update(task, completed=done, total=total, description=now)

        try:
            loaded = load(room, engine, clock, only=only, progress=progress, accept_shrink=accept_shrink)
        except LoadStopped as stopped_by:
            bar.stop()
            print_loaded(stopped_by.loaded, out, err)
            raise
    if room.settings.demo:
        with writing(engine) as connection:
            set_demo(connection)
    print_loaded(loaded, out, err)
    return loaded


def print_loaded(loaded: list[Loaded], out: Console, err: Console) -> None:
    """Print the table and its foot, and what has to be said of each file."""
    table = Table(box=None, pad_edge=False)
    for name in ("source", "file"):
        table.add_column(name)
    for name in (*COUNTS, "seconds"):
        table.add_column(name, justify="right")
    for result in loaded:
        counts = [f"{getattr(result, name.replace(' ', '_')):,}" for name in COUNTS]
        table.add_row(result.source, result.file, *counts, f"{result.seconds:.1f}")
    if not out.is_terminal:
        out.width = max(out.width, WIDE)
    out.print(table)
    for line in (line for result in loaded for line in foot_of(result)):
        out.print(line, markup=False, highlight=False, soft_wrap=True)
    for result in loaded:
        if result.message:
            err.print(f"{result.source}: {result.message}", markup=False, highlight=False, soft_wrap=True)


def foot_of(result: Loaded, what: str = "refused") -> list[str]:
    """How many rows of a file were refused, and the commonest reasons, each with its count and an example."""
    if not result.reasons:
        return []
    others = result.refused - sum(reason.rows for reason in result.reasons)
    share = f"{100 * result.refused / result.read:.0f}%" if result.refused >= result.read / 100 else "less than 1%"
    lines = [f"{result.source}: {result.refused:,} of {result.read:,} rows of {result.file} {what} ({share}):"]
    lines += [f"  {reason}" for reason in result.reasons]
    return [*lines, *([f"  {others:,} × other reasons; /status shows the rows"] if others else [])]
