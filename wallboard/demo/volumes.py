"""volumes.csv: how many bills, calls, refunds and payments there were, by day: what complaints are divided by."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from wallboard.demo.arrivals import by_week
from wallboard.demo.boxes import sent_by_day
from wallboard.demo.ground import Ground
from wallboard.demo.story import Numbers, day_weights
from wallboard.demo.words import read_words

COUNTRIES = ("GB", "IE")


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write one row per day, country and contact point."""
    rng = ground.story.rng("volumes")
    plan = read_words("kpis")["exposure"]
    parts = [
        pd.DataFrame({
            "date": ground.story.days.astype(str), "country": country, "contact point": channel["at"], "what": channel["kind"],
            "count": rng.poisson(base * channel["per_box"]),
        })
        for country, base in daily_bases(ground, plan["weekdays"])
        for channel in plan["counted"]
    ]  # fmt: skip
    file = folder / "volumes.csv"
    pd.concat(parts).to_csv(file, index=False, lineterminator="\n")
    return [file]


def daily_bases(ground: Ground, weekdays: Iterable[float]) -> Iterator[tuple[str, Numbers]]:
    """Country, and its boxes of each week spread over the days on which something works."""
    sent = sent_by_day(ground)
    days = ground.story.days
    weights = day_weights(days, weekdays)
    for country in COUNTRIES:
        boxes = sent.loc[sent["country"] == country, "boxes"].to_numpy().astype(float)
        yield country, by_week(days, boxes) * weights / np.sum(list(weekdays))
