"""tasks_to_try.csv: what customers must do and what it takes them, as the research team keeps it; and who has tried it since."""

import csv
from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from wallboard.demo.ground import Ground
from wallboard.demo.words import read_words
from wallboard.media.making.form_fields import read_form
from wallboard.records.acting import Acting
from wallboard.records.attempts import Tried, attempted, begun
from wallboard.settings import Room

HEADER = ("task", "contact point", "we ask for", "kind", "file", "address", "steps", "seconds", "timed", "on")
_NOON = time(12)


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write one row per task; a form without its file in the media folder is left out."""
    file = folder / "tasks_to_try.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(HEADER)
        out.writerows(_row(ground, task) for task in _there(ground.media))
    return [file]


def _there(media: Path) -> list[dict[str, Any]]:
    return [task for task in read_words("tasks")["task"] if "path" not in task or (media / task["path"]).is_file()]


def _row(ground: Ground, task: dict[str, Any]) -> list[Any]:
    timed = [task["minutes"] * 60, task["n"], f"{ground.story.date(-task['measured']):%d/%m/%Y}"] if "n" in task else ["", "", ""]
    asks = [task.get("path", ""), task.get("address", ""), "\n".join(task.get("steps", []))]
    return [task["key"], task["touchpoint"], task["title"], task["kind"], *asks, *timed]


def try_out(room: Room, act: Acting, by: Callable[[str, datetime], Acting]) -> None:
    """The attempts of the story, kept as those of anybody are."""
    fields = {task["key"]: _fields(room, task) for task in _there(room.media)}
    midday = datetime.combine(act.at.astimezone(room.settings.zone()).date(), _NOON, room.settings.zone())
    for n, attempt in enumerate(read_words("tasks")["attempt"]):
        if attempt["task"] not in fields:
            continue
        start = midday - timedelta(days=attempt["ago"]) + timedelta(minutes=25 * (n % 4))
        end = by(attempt["by"], start + timedelta(seconds=attempt["took"]))
        began = begun(end.connection, attempt["task"], end.actor or 0, start)
        attempted(
            end, attempt["task"], began, Tried(attempt["outcome"], attempt["errors"], attempt["filled"], fields[attempt["task"]])
        )


def _fields(room: Room, task: dict[str, Any]) -> int:
    return len(read_form(room.media / task["path"]).fields) if "path" in task else len(task.get("steps", []))
