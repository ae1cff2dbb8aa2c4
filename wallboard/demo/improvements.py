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
        out.writerows(_row(ground, number, one) for number, one in enumerate(read_words("improvements")["improvement"], 301))
    return [file]


def _row(ground: Ground, number: int, one: dict[str, Any]) -> tuple[Any, ...]:
    """Dates as the board writes them; what is not done yet has none."""

    def day(name: str) -> str:
        ago = one.get(name)
        found: date | None = ground.story.date(-ago) if ago else None
        return f"{found:%d/%m/%Y}" if found else ""

    told = one["about"].capitalize(), one["key"], one["stage"], one["said"], one["what"], one["who"]
    return (
        number,
        *told,
        day("began"),
        day("due"),
        day("done"),
        day("shown"),
        one["came"],
        one.get("value", ""),
        one.get("basis", ""),
    )
