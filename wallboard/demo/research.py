"""research_shelf.csv: studies about customers, as somebody in marketing keeps the list."""

import csv
from pathlib import Path

from wallboard.demo.ground import Ground
from wallboard.demo.words import read_words


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write one row per study that is finished by the as-of day."""
    file = folder / "research_shelf.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(("study", "title", "how", "asked", "what it found", "stage", "finished"))
        for study in read_words("research")["study"]:
            finished = ground.story.date(-study["ago"])
            fields = (study["key"], study["title"], study["how"], study.get("asked", ""), study["found"], study.get("stage", ""))
            out.writerow((*fields, f"{finished:%d/%m/%Y}"))
    return [file]
