"""leaders_calendar.csv: the monthly meeting in the room as the calendar has it, twelve months back and three to come."""

import csv
from datetime import date, timedelta
from pathlib import Path

from wallboard.demo.ground import Ground

BACK, AHEAD = 12, 3
LATER = {3: 9}
MISSED_BEFORE = (8, 10)
LATER_BEFORE = {6: 13, 7: 20, 9: 16}
"""Meetings by months ago: those held some days later, and before the room began those that were not held at all."""


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write one row per meeting, on the second Tuesday of each month."""
    file = folder / "leaders_calendar.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(("Subject", "Planned", "Took place"))
        for ago in range(BACK, -AHEAD - 1, -1):
            planned = second_tuesday(ground.story.today.astype("datetime64[D]").item(), ago)
            out.writerow(("Customer room, monthly", f"{planned:%d/%m/%Y}", _held(ground, planned, ago)))
    return [file]


def second_tuesday(today: date, ago: int) -> date:
    """The day of the meeting so many months ago."""
    months = today.year * 12 + today.month - 1 - ago
    first = date(months // 12, months % 12 + 1, 1)
    return first + timedelta(days=(1 - first.weekday()) % 7 + 7)


def days_late(ago: int) -> int:
    """How many days after the planned one the meeting of so many months ago was held."""
    return (LATER | LATER_BEFORE).get(ago, 0)


def _held(ground: Ground, planned: date, ago: int) -> str:
    if ago in MISSED_BEFORE:
        return ""
    held = planned + timedelta(days=days_late(ago))
    return f"{held:%d/%m/%Y}" if held < ground.story.date(0) else ""
