"""media_index.csv: what lies in the media folder, with the day on which each picture or call was taken."""

import csv
from pathlib import Path

from wallboard.demo.ground import Ground

HEADER = (
    "path", "stage", "touchpoint", "lane", "kind", "caption", "captured_on", "consent", "transcript",
    "retention_until", "redacted", "pair", "moment",
)  # fmt: skip


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write one row per file of the catalogue, its days ago turned into days; only a header where there is no catalogue."""
    catalogue = ground.media / "catalogue.csv"
    rows: list[dict[str, str]] = []
    if catalogue.is_file():
        with catalogue.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
    file = folder / "media_index.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, HEADER, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(row | _days(ground, int(row["days_ago"]), row.get("keep_days", "")) for row in rows)
    return [file]


def _days(ground: Ground, ago: int, retention: str) -> dict[str, str]:
    """The day on which a file was taken, and the last on which it may be shown; blank where nobody promised one."""
    until = ground.story.date(int(retention) - ago).isoformat() if retention else ""
    return {"captured_on": ground.story.date(-ago).isoformat(), "retention_until": until}
