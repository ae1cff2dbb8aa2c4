"""Write catalogue.csv: one row for every file that can be shown."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
MEDIA = HERE.parent
HEADER = [
    "path", "stage", "touchpoint", "lane", "kind",
    "caption", "days_ago", "consent", "transcript", "keep_days", "redacted", "pair", "moment",
]  # fmt: skip

Row = dict[str, str]


KEPT = {"call": "180", "video": "365"}
"""What the shop promises its customers: so many days after the day it was taken, a recording is shown no more."""


def row(path: str, kind: str, caption: str, days_ago: int, consent: str = "not needed", pair: tuple[str, str] = ("", "")) -> Row:
    """Describe one file; its stage, touchpoint and lane are in its path. `pair`: its name, and before or after."""
    stage, touchpoint, lane, _ = path.split("/")
    captions = Path(path).with_suffix(".vtt")
    transcript = captions.as_posix() if (MEDIA / captions).exists() else ""
    redacted = "yes" if kind == "call" else ""
    kept = KEPT.get(kind, "")
    values = [path, stage, touchpoint, lane, kind, caption, str(days_ago), consent, transcript, kept, redacted, *pair]
    return dict(zip(HEADER, values, strict=True))


def screens() -> list[Row]:
    """Describe the pages of the shop, which say it in their own head."""
    rows = []
    for file in sorted((HERE / "pages").glob("[!_]*.html")):
        said = dict(re.findall(r'<meta name="([\w-]+)" content="([^"]*)">', file.read_text("utf-8")))
        pair = said.get("pair", ""), said.get("moment", "")
        rows.append(row(said["target"], said["kind"], said["caption"], int(said["days-ago"]), pair=pair))
    return rows


def calls() -> list[Row]:
    """Describe the spoken calls."""
    text = (HERE / "calls.toml").read_text(encoding="utf-8")
    return [
        row(
            f"{call['path']}.ogg",
            "call",
            call["caption"],
            call["days_ago"],
            call.get("consent", "given"),
        )
        for call in tomllib.loads(text)["call"]
    ]


def others() -> list[Row]:
    """Describe the pictures, the form and the video."""
    text = (HERE / "others.toml").read_text(encoding="utf-8")
    return [
        row(
            one["path"],
            one["kind"],
            one["caption"],
            one["days_ago"],
            one.get("consent", "not needed"),
        )
        for one in tomllib.loads(text)["file"]
    ]


def main() -> None:
    """Write the catalogue and stop at the first thing that is not right."""
    rows = sorted(screens() + calls() + others(), key=lambda one: one["path"])
    for one in rows:
        assert (MEDIA / one["path"]).is_file(), one["path"]
        assert len(one["caption"]) <= 60, one["caption"]
    shown = {one["path"] for one in rows} | {one["transcript"] for one in rows}
    for file in MEDIA.rglob("*/*/*/*.*"):
        path = file.relative_to(MEDIA).as_posix()
        assert path.startswith("_make/") or path in shown, f"{path} is not in the catalogue"
    with (MEDIA / "catalogue.csv").open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, HEADER, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{len(rows)} rows")


if __name__ == "__main__":
    main()
