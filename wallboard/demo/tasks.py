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
        out.writerows(_row(ground, one) for one in _there(ground.media))
    return [file]


def _there(media: Path) -> list[dict[str, Any]]:
    return [one for one in read_words("tasks")["task"] if "path" not in one or (media / one["path"]).is_file()]


def _row(ground: Ground, one: dict[str, Any]) -> list[Any]:
    timed = [one["minutes"] * 60, one["n"], f"{ground.story.date(-one['measured']):%d/%m/%Y}"] if "n" in one else ["", "", ""]
    asks = [one.get("path", ""), one.get("address", ""), "\n".join(one.get("steps", []))]
    return [one["key"], one["touchpoint"], one["title"], one["kind"], *asks, *timed]


def try_out(room: Room, act: Acting, by: Callable[[str, datetime], Acting]) -> None:
    """The attempts of the story, kept as those of anybody are."""
    fields = {one["key"]: _fields(room, one) for one in _there(room.media)}
    midday = datetime.combine(act.at.astimezone(room.settings.zone()).date(), _NOON, room.settings.zone())
    for n, one in enumerate(read_words("tasks")["attempt"]):
        if one["task"] not in fields:
            continue
        start = midday - timedelta(days=one["ago"]) + timedelta(minutes=25 * (n % 4))
        end = by(one["by"], start + timedelta(seconds=one["took"]))
        began = begun(end.connection, one["task"], end.actor or 0, start)
        attempted(end, one["task"], began, Tried(one["outcome"], one["errors"], one["filled"], fields[one["task"]]))


def _fields(room: Room, one: dict[str, Any]) -> int:
    return len(read_form(room.media / one["path"]).fields) if "path" in one else len(one.get("steps", []))
