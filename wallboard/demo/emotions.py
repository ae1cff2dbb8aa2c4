"""emotions.csv: how customers feel at the stages, as the journey workshop keeps it: measured, guessed, and aimed for."""

import csv
from pathlib import Path
from typing import Any

from wallboard.demo.ground import Ground
from wallboard.demo.words import read_words

HEADER = ("No", "Stage", "Contact point", "Today or aim", "Feeling", "How we know", "Customers", "What says so", "Day")


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write one row per feeling."""
    file = folder / "emotions.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(HEADER)
        out.writerows(_row(ground, number, one) for number, one in enumerate(read_words("feelings")["feeling"], 1))
    return [file]


def _row(ground: Ground, number: int, one: dict[str, Any]) -> tuple[Any, ...]:
    where = one["stage"], one.get("touchpoint", ""), one.get("state", "current")
    known = one["feeling"], one.get("basis", "measured"), one.get("n", ""), one["evidence"]
    return number, *where, *known, ground.story.date(-one["ago"]).strftime("%d/%m/%Y")
