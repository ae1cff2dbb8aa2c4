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
        out.writerows(_row(ground, number, one) for number, one in enumerate(read_words("events")["event"], 1))
    return [file]


def _row(ground: Ground, number: int, one: dict[str, Any]) -> tuple[Any, ...]:
    """Dates as the calendar writes them; what was over on the same day has no end."""

    def day(name: str) -> str:
        found: date | None = ground.story.date(-one[name]) if name in one else None
        return f"{found:%d/%m/%Y}" if found else ""

    concerns = (one.get(name, "") for name in ("touchpoint", "about", "metric"))
    return (number, one["kind"], *concerns, day("began"), day("ended"), one["what"])
