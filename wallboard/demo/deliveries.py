"""deliveries.parquet: every box of 24 months as the delivery planning keeps it, times in UTC."""

from pathlib import Path

import numpy as np
import pandas as pd

from wallboard.demo.ground import Ground, customer_ids

CARRIER_CHANGED = 43


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write one row per box."""
    boxes = ground.boxes
    new_carrier = ground.story.weeks_ago(boxes["promised_day"].to_numpy().astype("datetime64[D]")) < CARRIER_CHANGED
    frame = pd.DataFrame({
        "box_no": [f"B{7000000 + i}" for i in range(len(boxes))],
        "customer_no": customer_ids(boxes["customer"].to_numpy()),
        "country": np.where(boxes["ireland"], "IE", "GB"),
        "carrier": np.where(new_carrier, "Parcelway", "Royal Post"),
        "ordered_at": boxes["ordered_at"],
        "promised_at": boxes["promised_at"],
        "delivered_at": boxes["delivered_at"],
        "state": np.where(boxes["cancelled"], "cancelled", np.where(boxes["delivered_at"].isna(), "sent", "delivered")),
    })  # fmt: skip
    file = folder / "deliveries.parquet"
    frame.to_parquet(file, index=False, compression="zstd")
    return [file]
