"""media_index.csv: what lies in the media folder, with the day on which each picture or call was taken."""

import csv
from pathlib import Path

from wallboard.demo.ground import Ground

HEADER = ("path", "stage", "touchpoint", "lane", "kind", "caption", "captured_on", "consent", "transcript")


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write one row per file of the catalogue, days_ago turned into a day; only a header where there is no catalogue."""
    catalogue = ground.media / "catalogue.csv"
    rows: list[dict[str, str]] = []
    if catalogue.is_file():
        with catalogue.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
    file = folder / "media_index.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, HEADER, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(row | {"captured_on": ground.story.date(-int(row["days_ago"])).isoformat()} for row in rows)
    return [file]
