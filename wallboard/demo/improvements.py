"""improvements.csv: what is being done about what customers said, as the planning board exports it."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

from wallboard.demo.ground import Ground
from wallboard.demo.words import read_words

HEADER = (
    "No", "About", "Key", "Stage", "Customers said", "What we do", "Owner", "Started", "Due", "Done", "Shown to customers",
    "What came of it", "Value a year", "Worked out from",
)  # fmt: skip


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write one row per improvement."""
    file = folder / "improvements.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(HEADER)
        out.writerows(
            _row(ground, number, improvement) for number, improvement in enumerate(read_words("improvements")["improvement"], 301)
        )
    return [file]


def _row(ground: Ground, number: int, improvement: dict[str, Any]) -> tuple[Any, ...]:
    """Dates as the board writes them; what is not done yet has none."""

    def day(name: str) -> str:
        ago = improvement.get(name)
        when: date | None = ground.story.date(-ago) if ago else None
        return f"{when:%d/%m/%Y}" if when else ""

    fields = (
        improvement["about"].capitalize(),
        improvement["key"],
        improvement["stage"],
        improvement["said"],
        improvement["what"],
        improvement["who"],
    )
    return (
        number,
        *fields,
        day("began"),
        day("due"),
        day("done"),
        day("shown"),
        improvement["came"],
        improvement.get("value", ""),
        improvement.get("basis", ""),
    )
