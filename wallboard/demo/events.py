"""changes.csv: what happened in the company and around it, as the calendar of changes exports it."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

from wallboard.demo.ground import Ground
from wallboard.demo.words import read_words

HEADER = ("No", "What kind", "Touchpoint", "Complaints about", "Figure", "From", "Until", "What happened")


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write one row per event."""
    file = folder / "changes.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(HEADER)
        out.writerows(_row(ground, number, entry) for number, entry in enumerate(read_words("events")["event"], 1))
    return [file]


def _row(ground: Ground, number: int, entry: dict[str, Any]) -> tuple[Any, ...]:
    """Dates as the calendar writes them; what was over on the same day has no end."""

    def day(name: str) -> str:
        when: date | None = ground.story.date(-entry[name]) if name in entry else None
        return f"{when:%d/%m/%Y}" if when else ""

    concerns = (entry.get(name, "") for name in ("touchpoint", "about", "metric"))
    return (number, entry["kind"], *concerns, day("began"), day("ended"), entry["what"])
