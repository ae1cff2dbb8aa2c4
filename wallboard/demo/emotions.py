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
        out.writerows(_row(ground, number, feeling) for number, feeling in enumerate(read_words("feelings")["feeling"], 1))
    return [file]


def _row(ground: Ground, number: int, feeling: dict[str, Any]) -> tuple[Any, ...]:
    where = feeling["stage"], feeling.get("touchpoint", ""), feeling.get("state", "current")
    known = feeling["feeling"], feeling.get("basis", "measured"), feeling.get("n", ""), feeling["evidence"]
    return number, *where, *known, ground.story.date(-feeling["ago"]).strftime("%d/%m/%Y")
