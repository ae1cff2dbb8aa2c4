"""boxes_sent.csv: the warehouse's own list, in its German software's fashion: semicolons, 31.12.2025 and 1.234,5."""

from pathlib import Path

import numpy as np
import pandas as pd

from wallboard.demo.ground import Ground


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write one row per day and country: boxes that left the house, and their weight."""
    sent = sent_by_day(ground)
    weight = sent["boxes"] * (1.31 + 0.04 * np.sin(np.arange(len(sent))))
    frame = pd.DataFrame({
        "Versandtag": sent["day"].dt.strftime("%d.%m.%Y"),
        "Land": sent["country"].map({"GB": "Großbritannien", "IE": "Irland"}),
        "Kartons": [_german(n, 0) for n in sent["boxes"]],
        "Gewicht kg": [_german(w, 1) for w in weight],
    })  # fmt: skip
    file = folder / "boxes_sent.csv"
    frame.to_csv(file, index=False, sep=";", encoding="utf-8", lineterminator="\r\n")
    return [file]


def sent_by_day(ground: Ground) -> pd.DataFrame:
    """Boxes by the day on which they were promised, and country; Sundays are zero days."""
    boxes = ground.boxes
    day = pd.DatetimeIndex(boxes["promised_day"], name="day")
    counted = boxes.groupby([day, np.where(boxes["ireland"], "IE", "GB")]).size()
    grid = pd.MultiIndex.from_product([pd.DatetimeIndex(ground.story.days), ["GB", "IE"]], names=["day", "country"])
    return counted.reindex(grid, fill_value=0).rename("boxes").reset_index()


def _german(number: float, places: int) -> str:
    return f"{number:,.{places}f}".translate(str.maketrans(",.", ".,"))
