"""field_visits.csv and order_lines.csv: a fitter at the customer's coffee machine, and how much of each order came when."""

from pathlib import Path

import numpy as np
import pandas as pd

from wallboard.demo.ground import Ground
from wallboard.demo.story import instants

WEEKS = 52
PER_DAY = 1.6
NOBODY_SAID = 0.15
"""Share of visits of which nobody notes how prepared they were."""


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write the visits of a year, as the fitters' planner keeps them, and the order lines of nine weeks."""
    return [_visits(ground, folder / "field_visits.csv"), _lines(ground, folder / "order_lines.csv")]


def _visits(ground: Ground, file: Path) -> Path:
    """Jobs that are fixed at once more often since the call asks for the machine's number (12 weeks ago)."""
    story, rng = ground.story, ground.story.rng("visits")
    days = story.days[-7 * WEEKS :]
    begun = np.repeat(days, rng.poisson(PER_DAY, len(days)))
    better = story.weeks_ago(begun) < 12
    job = np.arange(len(begun))
    tries = 1 + (rng.random(len(job)) > np.where(better, 0.82, 0.66)) * (1 + (rng.random(len(job)) < 0.2))
    row = np.repeat(job, tries)
    nth = np.arange(len(row)) - np.repeat(tries.cumsum() - tries, tries)
    day = begun[row] + (nth * rng.integers(3, 12, len(row))).astype("timedelta64[D]")
    started = instants(day, rng.integers(8 * 3600, 17 * 3600, len(row)), story.zone)
    shut = (rng.random(len(row)) < 0.05) & (nth < tries[row] - 1)
    prepared = rng.random(len(row)) < np.where(better[row], 0.86, 0.62)
    tools = rng.random(len(row)) < np.where(better[row], 0.9, 0.74)
    is_known = rng.random(len(row)) >= NOBODY_SAID
    frame = pd.DataFrame({
        "visit": [f"FV-{80_000 + n}" for n in range(len(row))], "job": [f"J{30_000 + n}" for n in row],
        "country": np.where(rng.random(len(row)) < 0.13, "IE", "GB"), "began": started,
        "left": started + pd.to_timedelta(rng.integers(20, 90, len(row)), unit="m"),
        "result": np.where(shut, "nobody in", np.where(nth < tries[row] - 1, "come again", "done")),
        "all known": np.where(is_known, np.where(prepared, "yes", "no"), ""),
        "tools": np.where(is_known, np.where(tools, "yes", "no"), ""),
        "at home minutes": rng.integers(90, 300, len(row)),
    })  # fmt: skip
    rows = frame[frame["began"] <= pd.Timestamp(story.at)].sort_values("began", kind="stable")
    for name in ("began", "left"):
        rows[name] = rows[name].dt.strftime("%Y-%m-%d %H:%M:%S")
    rows.to_csv(file, index=False, lineterminator="\n")
    return file


def _lines(ground: Ground, file: Path) -> Path:
    """One line a box; of some the rest comes in a second parcel three days later."""
    story, rng = ground.story, ground.story.rng("order lines")
    boxes = ground.boxes[ground.boxes["promised_day"].to_numpy().astype("datetime64[D]") >= story.days[-7 * 9]]
    boxes = boxes.reset_index(drop=True)
    ordered = rng.integers(1, 4, len(boxes))
    short = (rng.random(len(boxes)) < 0.04) & (ordered > 1)
    first = pd.DataFrame({
        "order": [f"O{600_000 + n}" for n in range(len(boxes))], "line": 1, "part": 1,
        "country": np.where(boxes["ireland"], "IE", "GB"),
        "wished": boxes["promised_day"].to_numpy().astype("datetime64[D]").astype(str),
        "bags": ordered, "came": boxes["delivered_at"], "bags in it": np.where(short, ordered - 1, ordered),
        "cancelled": np.where(boxes["cancelled"], "yes", "no"),
    })  # fmt: skip
    rest = first[short].assign(part=2, came=first["came"] + pd.Timedelta(days=3), **{"bags in it": 1})
    both = pd.concat([first, rest[rest["came"] <= pd.Timestamp(story.at)]], ignore_index=True)
    there = both["came"].notna()
    both["bags in it"] = both["bags in it"].astype("Int64").where(there)
    both["came"] = both["came"].dt.strftime("%Y-%m-%d %H:%M:%S")
    both.to_csv(file, index=False, lineterminator="\n")
    return file
