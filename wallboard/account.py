"""What a person reads at the end of a load: a line for each file, and in its foot why rows were refused."""

from rich.console import Console
from rich.table import Table

from wallboard.loaders.load import Loaded

COUNTS = ("read", "new", "changed", "same", "gone", "refused", "left out")

WIDE = 200
"""Letters of a line where no terminal says how many it has: names are not cut."""


def print_loaded(loaded: list[Loaded], out: Console, err: Console) -> None:
    """Print the table and its foot, and what has to be said of each file."""
    table = Table(box=None, pad_edge=False)
    for name in ("source", "file"):
        table.add_column(name)
    for name in (*COUNTS, "seconds"):
        table.add_column(name, justify="right")
    for one in loaded:
        counts = [f"{getattr(one, name.replace(' ', '_')):,}" for name in COUNTS]
        table.add_row(one.source, one.file, *counts, f"{one.seconds:.1f}")
    if not out.is_terminal:
        out.width = max(out.width, WIDE)
    out.print(table)
    for line in (line for one in loaded for line in foot_of(one)):
        out.print(line, markup=False, highlight=False, soft_wrap=True)
    for one in loaded:
        if one.message:
            err.print(f"{one.source}: {one.message}", markup=False, highlight=False, soft_wrap=True)


def foot_of(one: Loaded, what: str = "refused") -> list[str]:
    """How many rows of a file were refused, and the commonest reasons, each with its count and an example."""
    if not one.reasons:
        return []
    others = one.refused - sum(reason.rows for reason in one.reasons)
    share = f"{100 * one.refused / one.read:.0f}%" if one.refused >= one.read / 100 else "less than 1%"
    lines = [f"{one.source}: {one.refused:,} of {one.read:,} rows of {one.file} {what} ({share}):"]
    lines += [f"  {reason}" for reason in one.reasons]
    return [*lines, *([f"  {others:,} × other reasons; /status shows the rows"] if others else [])]
