"""What is printed: one line a metric, with what it aims at."""

from dataclasses import dataclass
from statistics import median

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Figure:
    """One measured figure."""

    what: str
    value: str
    aim: str = ""
    holds: bool | None = None
    note: str = ""


def judged(what: str, value: float, most: float, unit: str, note: str = "") -> Figure:
    """A figure that should be at most so much."""
    return Figure(what, f"{value:.1f} {unit}", f"≤ {most:g} {unit}", value <= most, note)


def middle(values: list[float]) -> float:
    """The median."""
    return float(median(values))


def show(title: str, figures: list[Figure]) -> None:
    """Print figures as a table."""
    table = Table(title=title, box=None, title_justify="left", pad_edge=False, title_style="bold")
    for name in ("metric", "measured", "aim", "", "note"):
        table.add_column(name, justify="right" if name in ("measured", "aim") else "left", overflow="fold")
    for figure in figures:
        mark = "" if figure.holds is None else "ok" if figure.holds else "MISSED"
        table.add_row(figure.what, figure.value, figure.aim, mark, figure.note)
    Console(width=150).print(table, "")
