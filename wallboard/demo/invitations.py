"""Whom Qualtrics wrote to, one message a row, for two of the surveys; whoever answered through the open link was not invited."""

from pathlib import Path

import numpy as np
import pandas as pd

from wallboard.demo.ground import Ground, customer_ids
from wallboard.demo.surveys import choose_days

SURVEYS = {"delivery_csat": 0.26, "relationship_nps": 0.18}
"""How many of those who were written to answer."""

SILENT = {"Success": 0.55, "Opened": 0.33, "SurveyStarted": 0.05, "SoftBounce": 0.03, "HardBounce": 0.02, "Blocked": 0.02}
"""What became of the messages that nobody answered, as Qualtrics calls it."""


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write one history for each of the surveys, after their answers."""
    return [_history(ground, folder, name, rate) for name, rate in SURVEYS.items()]


def _history(ground: Ground, folder: Path, name: str, rate: float) -> Path:
    rng = ground.story.rng(f"invitations {name}")
    answered = _answered(folder / f"qualtrics_{name}.csv", rng)
    count = int(len(answered) * (1 / rate - 1))
    days = choose_days(ground.story, count, rng)
    customers = ground.boxes["customer"].to_numpy()[ground.addressees(days, rng)]
    sent = pd.DatetimeIndex(days.astype("datetime64[s]") + rng.integers(7 * 3600, 19 * 3600, count).astype("timedelta64[s]"))
    silent = pd.DataFrame({
        "External Data Reference": customer_ids(customers), "Country": ground.country(customers), "Sent At": sent,
        "Status": rng.choice(list(SILENT), count, p=list(SILENT.values())), "Response ID": "",
    })  # fmt: skip
    frame = pd.concat([answered, silent]).sort_values("Sent At", kind="stable", ignore_index=True)
    frame["Sent At"] = frame["Sent At"].dt.strftime("%Y-%m-%d %H:%M:%S")
    frame.insert(0, "Message ID", [f"EMD_{n:07x}Fk" for n in 0x2C3D4E + 6203 * np.arange(len(frame))])
    file = folder / f"qualtrics_invitations_{name}.csv"
    frame.to_csv(file, index=False, lineterminator="\n")
    return file


def _answered(file: Path, rng: np.random.Generator) -> pd.DataFrame:
    """The messages that led to an answer: sent some hours before it began."""
    responses = pd.read_csv(file, dtype=str, keep_default_na=False, skiprows=[1, 2], encoding="utf-8-sig")
    responses = responses[
        (responses["DistributionChannel"] == "email") & (responses["Status"] == "0") & (responses["ExternalReference"] != "")
    ]
    status = np.where(responses["Finished"] == "1", "SurveyFinished", "SurveyPartiallyFinished")
    waited = pd.to_timedelta(rng.integers(3600, 40 * 3600, len(responses)), unit="s")
    return pd.DataFrame({
        "External Data Reference": responses["ExternalReference"], "Country": responses["Country"],
        "Sent At": pd.to_datetime(responses["StartDate"]) - waited, "Status": status, "Response ID": responses["ResponseId"],
    })  # fmt: skip
