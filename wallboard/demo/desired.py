"""desired_ratings.csv: "How near is it to what it should be?", asked of a few hundred customers each quarter, 1 to 5."""

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from wallboard.demo.ground import Ground, customer_ids

NEAR = {"look": 3.9, "order": 4.3, "wait": 2.1, "arrives": 2.9, "help": 2.6}
"""How near each stage comes on the average; nobody has asked about the use yet."""

ASKED = {"look": 96, "order": 148, "wait": 141, "arrives": 150, "help": 7}
"""Answers a quarter; so few after a call that the room does not judge by them."""

WAVES = (12, 103, 194, 285)
"""The last day of each wave, in days before today."""

BEFORE = 0.25
"""How much farther each earlier wave lies."""


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write one row per answer."""
    file = folder / "desired_ratings.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(("Response", "Stage", "How near", "Customer", "Country", "Day"))
        out.writerows((f"N-{number}", *row) for number, row in enumerate(_answers(ground), 1001))
    return [file]


def _answers(ground: Ground) -> Iterator[tuple[str, int, str, str, str]]:
    rng = ground.story.rng("desired")
    for wave, ago in enumerate(WAVES):
        for stage, near in NEAR.items():
            count = ASKED[stage]
            scores = np.clip(np.rint(rng.normal(near - BEFORE * min(wave, 2), 1.0, count)), 1, 5).astype(int)
            days = ground.story.today - (ago + rng.integers(0, 10, count)) * np.timedelta64(1, "D")
            boxes = ground.boxes.iloc[ground.addressees(days, rng)]
            customers = boxes["customer"].to_numpy()
            for row in zip(scores.tolist(), customer_ids(customers), ground.country(customers), days.astype(object), strict=True):
                score, who, country, day = row
                yield stage, score, who, country, day.strftime("%d/%m/%Y")
