"""group_history.csv: which group the CRM had each customer in, from when until when; who took another plan changed group."""

from pathlib import Path

import numpy as np
import pandas as pd

from wallboard.demo.customers import GROUPS
from wallboard.demo.ground import Ground, customer_ids


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write one row per customer and group before the one of today, which stands in the customer list."""
    file = folder / "group_history.csv"
    table(ground).to_csv(file, index=False)
    return [file]


def table(ground: Ground) -> pd.DataFrame:
    """Spans of groups that have ended, oldest first."""
    first = ground.contracts.sort_values(["customer", "start", "plan"], kind="stable")
    first = first.drop_duplicates(["customer", "start"], keep="last")
    group = pd.Series(np.asarray(GROUPS, dtype=object)[first["plan"].to_numpy()], index=first.index)
    before = group.groupby(first["customer"]).shift(1)
    spans = first[["customer", "start"]].assign(group=group)[group != before]
    spans["until"] = spans.groupby("customer")["start"].shift(-1)
    ended = spans[spans["until"].notna()]
    return pd.DataFrame({
        "Record ID": customer_ids(ended["customer"].to_numpy()),
        "Customer group": ended["group"],
        "Entered on": ended["start"].dt.strftime("%d/%m/%Y"),
        "Left on": ended["until"].dt.strftime("%d/%m/%Y"),
    }).sort_values(["Record ID", "Entered on"], kind="stable", ignore_index=True)  # fmt: skip
