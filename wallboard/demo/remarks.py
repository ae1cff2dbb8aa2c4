"""relayed_remarks.csv: what drivers and sales people heard and passed on, in a list kept by hand."""

from pathlib import Path

import numpy as np
import pandas as pd

from wallboard.demo.deliveries import CARRIER_CHANGED
from wallboard.demo.ground import Ground, customer_ids
from wallboard.demo.words import deal, read_words

REMARKS = 152
ABOUT = ("Billing", "Choosing a blend", "Doorstep", "Pausing a box")
DRIVERS_BEFORE, DRIVERS = (
    ("Jo Penrose (Royal Post)", "Sal Burke (Royal Post)"),
    ("Dara Quinn (Parcelway)", "Les Hobbs (Parcelway)"),
)
SALES = ("Imogen Clarke", "Miriam Vance")


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write one row per remark; the keeper of the list once wrote a 31st of February."""
    story, rng = ground.story, ground.story.rng("remarks")
    days = np.sort(rng.choice(story.days, REMARKS))
    kind = rng.choice(["driver", "sales"], REMARKS)
    customers = ground.boxes["customer"].to_numpy()[ground.addressees(days, rng)]
    words = np.full(REMARKS, "", dtype=object)
    for name, pool in read_words("surveys")["remark"].items():
        rows = np.flatnonzero(kind == name)
        words[rows] = deal(pool, len(rows), rng)
    lately = story.weeks_ago(days) < CARRIER_CHANGED
    drivers = np.where(lately, rng.choice(DRIVERS, REMARKS), rng.choice(DRIVERS_BEFORE, REMARKS))
    frame = pd.DataFrame({
        "No": np.arange(1, REMARKS + 1),
        "Date": pd.DatetimeIndex(days).strftime("%d/%m/%Y"),
        "Heard by": np.where(kind == "sales", rng.choice(SALES, REMARKS), drivers),
        "Customer": customer_ids(customers),
        "Country": ground.country(customers),
        "About": np.where(kind == "driver", "Doorstep", rng.choice(ABOUT, REMARKS)),
        "In the customer's words": words,
    })  # fmt: skip
    frame.loc[40, "Date"] = "31/02/" + str(frame.loc[40, "Date"])[-4:]
    file = folder / "relayed_remarks.csv"
    frame.to_csv(file, index=False, lineterminator="\r\n")
    return [file]
