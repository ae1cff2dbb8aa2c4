"""The boxes that were sent: one a month and contract, promised for a day, and late or broken as the carrier would have it."""

import numpy as np
import pandas as pd

from wallboard.demo.households import Spells
from wallboard.demo.story import DAY, Days, Numbers, Story, instants, weekday

EVERY = 30
PROMISED_BY = 20 * 3600


def boxes_of(story: Story, spells: Spells, contracts: pd.DataFrame) -> pd.DataFrame:
    """One row per box, in the order of the promised day."""
    rng = story.rng("boxes")
    frame = _planned(story, contracts, rng)
    frame["ireland"] = spells.ireland[frame["customer"].to_numpy()]
    promised = frame["promised_day"].to_numpy().astype("datetime64[D]")
    late = rng.random(len(frame)) < _late_share(story, frame, promised)
    lost = rng.random(len(frame)) < story.level("share", "never", promised)
    arrived: Days = np.add(promised, np.where(late, np.minimum(rng.geometric(0.42, len(frame)), 12), 0) * DAY)
    arrived += np.where(weekday(arrived) == 6, 1, 0) * DAY
    frame["ordered_at"] = instants(frame["ordered_day"].to_numpy(), rng.integers(6 * 3600, 82000, len(frame)), story.zone)
    frame["promised_at"] = instants(promised, np.full(len(frame), PROMISED_BY), story.zone)
    frame["delivered_at"] = instants(arrived, rng.integers(8 * 3600, PROMISED_BY, len(frame)), story.zone)
    frame["cancelled"] = rng.random(len(frame)) < 0.005
    frame.loc[lost | frame["cancelled"] | (frame["delivered_at"] > pd.Timestamp(story.at)), "delivered_at"] = pd.NaT
    return frame


def _planned(story: Story, contracts: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    start, end = (contracts[name].to_numpy().astype("datetime64[D]") for name in ("start", "end"))
    until = np.where(np.isnat(end), story.today, end)
    number = np.maximum((until - start).astype(np.int64) - 1, 0) // EVERY + 1
    row = np.repeat(np.arange(len(contracts)), number)
    nth = np.arange(len(row)) - np.repeat(number.cumsum() - number, number)
    ordered: Days = start[row] + nth * EVERY * DAY
    promised: Days = ordered + rng.integers(3, 7, len(row)) * DAY
    promised += np.where(weekday(promised) == 6, 1, 0) * DAY
    frame = pd.DataFrame({"customer": contracts["customer"].to_numpy()[row], "ordered_day": ordered, "promised_day": promised})
    inside = (promised >= story.first_day) & (ordered < story.today)
    planned: pd.DataFrame = frame[inside].sort_values(["promised_day", "customer"], kind="stable", ignore_index=True)
    return planned


def _late_share(story: Story, frame: pd.DataFrame, promised: Days) -> Numbers:
    """Mondays, December and the Irish Sea make a box later than usual."""
    share = story.level("share", "late", promised)
    december = promised.astype("datetime64[M]").astype(np.int64) % 12 == 11
    day, sea = np.where(weekday(promised) == 0, 1.25, 0.96), np.where(frame["ireland"], 1.15, 0.92)
    late: Numbers = share * day * sea * np.where(december, 1.2, 1.0)
    return late
