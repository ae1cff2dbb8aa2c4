"""What every export of the demo company is cut from: the story, the households, their contracts and their boxes."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wallboard.demo.contracts import contracts_of
from wallboard.demo.households import Spells, live
from wallboard.demo.joining import with_joining
from wallboard.demo.past import with_past
from wallboard.demo.shipping import boxes_of
from wallboard.demo.story import Days, Story, Whole
from wallboard.settings import Room


@dataclass(frozen=True)
class Ground:
    """The company as it really was; each export tells a part of it."""

    story: Story
    spells: Spells
    contracts: pd.DataFrame
    boxes: pd.DataFrame
    media: Path

    def addressees(self, days: Days, rng: np.random.Generator) -> Whole:
        """Rows of boxes promised about each day: whom something happened to then."""
        promised = self.boxes["promised_day"].to_numpy().astype("datetime64[D]")
        last = np.searchsorted(promised, days, side="right")
        addressees: Whole = np.clip(last - 1 - rng.integers(0, 400, len(days)), 0, len(promised) - 1)
        return addressees

    def country(self, customers: Whole) -> NDArray[np.object_]:
        """GB or IE of each customer."""
        return np.where(self.spells.ireland[customers], "IE", "GB").astype(object)


def lay(at: datetime, room: Room) -> Ground:
    """Play the company up to `at`."""
    story = Story(at, room.settings.zone())
    spells = live(story)
    contracts = with_joining(story, contracts_of(story, spells))
    boxes = boxes_of(story, spells, contracts)
    spells, contracts = with_past(story, spells, contracts)
    return Ground(story, spells, contracts, boxes, room.media)


def customer_ids(customers: Whole) -> list[str]:
    """The customer numbers of the CRM."""
    return [f"FK-{100000 + c}" for c in customers]
