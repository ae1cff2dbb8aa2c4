"""promises.csv: what we promise customers, as marketing keeps it: the words, where they stand, and how we know it is kept."""

import csv
from pathlib import Path
from typing import Any

from wallboard.demo.ground import Ground
from wallboard.demo.words import read_words

HEADER = ("No", "Stage", "Contact point", "We promise", "Where", "Since", "Kept by")


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write one row per promise."""
    file = folder / "promises.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(HEADER)
        out.writerows(_row(ground, number, promise) for number, promise in enumerate(read_words("promises")["promise"], 1))
    return [file]


def _row(ground: Ground, number: int, promise: dict[str, Any]) -> tuple[Any, ...]:
    since = ground.story.date(-promise["since"]).strftime("%d/%m/%Y")
    return (
        number,
        promise["stage"],
        promise.get("touchpoint", ""),
        promise["words"],
        promise["where"],
        since,
        promise.get("kpi", ""),
    )
