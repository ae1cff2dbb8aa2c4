"""trust_pulse.csv: two questions about trust from a web form, of the company and of those who served the customer last."""

from pathlib import Path

import numpy as np
import pandas as pd

from wallboard.demo.ground import Ground, customer_ids
from wallboard.demo.story import DAY, instants
from wallboard.demo.surveys import choose_days, scores, unhappiness

ANSWERS = 2600
SERVED = {
    "doorstep": (0.26, 0.08, 0.52), "track": (0.12, 0.10, 0.42), "unpack": (0.15, 0.06, 0.20), "call": (0.19, 0.16, 0.34),
    "chat": (0.10, 0.07, 0.12), "bill": (0.10, 0.10, 0.10), "pay": (0.08, 0.06, 0.02),
}  # fmt: skip
"""Contact point: the share of answers about it, how many are cross in good times, and how many more in the worst."""


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write one answer a row."""
    story, rng = ground.story, ground.story.rng("trust")
    days = choose_days(story, ANSWERS, rng)
    customers = ground.boxes["customer"].to_numpy()[ground.addressees(days, rng)]
    share, plain, worse = (np.array(column) for column in zip(*SERVED.values(), strict=True))
    point = rng.choice(len(share), len(days), p=share)
    sad = unhappiness(story, days)
    us = scores(np.clip(0.06 + 0.24 * unhappiness(story, days - np.int64(28) * DAY), 0, 1), rng)
    answered = instants(days, rng.integers(8 * 3600, 22 * 3600, len(days)), story.zone)
    frame = pd.DataFrame({
        "#": [f"tp{n:06d}" for n in 41_000 + 3 * np.arange(len(days))],
        "Submit Date (UTC)": answered.strftime("%Y-%m-%d %H:%M:%S"),
        "customer": customer_ids(customers), "country": ground.country(customers), "contact": np.array(list(SERVED))[point],
        "trust_us": us, "trust_them": scores(np.clip(plain[point] + worse[point] * sad, 0, 1), rng),
    })  # fmt: skip
    file = folder / "trust_pulse.csv"
    frame.to_csv(file, index=False, lineterminator="\n")
    return [file]
