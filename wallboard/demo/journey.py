"""journey/*.csv: the small tables that somebody keeps by hand: stages, contact points, functions, people, issues, reasons."""

import csv
from pathlib import Path

from wallboard.demo.ground import Ground

FOLDER = Path(__file__).parent / "journey"


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write the tables as they stand in the package; promises become due so many days after the as-of day."""
    (folder / "journey").mkdir(exist_ok=True)
    return [_table(ground, source, folder / "journey" / source.name) for source in sorted(FOLDER.glob("*.csv"))]


def _table(ground: Ground, source: Path, file: Path) -> Path:
    with source.open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    if header[-1] == "due in days":
        header[-1] = "due"
        for row in rows:
            row[-1] = ground.story.date(int(row[-1])).strftime("%d/%m/%Y") if row[-1] else ""
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([header, *rows])
    return file
