"""Who became a customer, who left and who came back: the spells from which contracts, boxes and complaints follow."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wallboard.demo.story import DAY, MONTHS, Days, Story, Whole, season

# What a box costs a year: four sizes for homes, two for offices.
PLANS = (("Taster", 132), ("Classic", 216), ("Big pot", 324), ("Family", 468), ("Office", 1140), ("Office Plus", 2280))
PRICES = np.array([price for _, price in PLANS])
FIRST_OFFICE = 4
SHARES_BEFORE = np.array([0.300, 0.400, 0.205, 0.068, 0.022, 0.005])
SHARES_NOW = np.array([0.180, 0.370, 0.280, 0.125, 0.036, 0.009])

AT_FIRST = 3660
LEFT_BEFORE = 420
RUNNING = np.datetime64("NaT", "D")
WORTH_MORE = (5200, 7600)


@dataclass
class Spells:
    """Spells of being a customer: whose, from when, to the first day without (NaT while it runs), and on which plan."""

    customer: Whole
    start: Days
    end: Days
    plan: Whole
    ireland: NDArray[np.bool_]  # by customer

    @property
    def frame(self) -> pd.DataFrame:
        """One row per spell."""
        return pd.DataFrame({"customer": self.customer, "start": self.start, "end": self.end, "plan": self.plan})


def live(story: Story) -> Spells:
    """Play 24 months: each month some come, some leave, some come back; the counts are the story's, the people chance's."""
    rng = story.rng("households")
    count = AT_FIRST + LEFT_BEFORE
    start = story.first_day - np.minimum(rng.exponential(420, count) + 1, 1500).astype(np.int64) * DAY
    end = np.full(count, RUNNING)
    start[:LEFT_BEFORE] -= 400 * DAY
    end[:LEFT_BEFORE] = story.first_day - rng.integers(45, 380, LEFT_BEFORE) * DAY
    spells = Spells(np.arange(count), start, end, _plans(count, 0.0, rng), np.zeros(count, dtype=bool))
    for ago in range(MONTHS, -1, -1):
        _play(story, spells, ago, rng)
    spells.ireland = rng.random(spells.customer.max() + 1) < 0.335
    _settle(story, spells)
    return spells


def _play(story: Story, spells: Spells, ago: int, rng: np.random.Generator) -> None:
    first, after = story.month(ago)
    days = np.arange(first, after)
    if not len(days):
        return
    whole_month = (first.astype("datetime64[M]") + 1).astype("datetime64[D]") - first
    share = float((after - first) / whole_month)
    seasonal = 1 + (season(days[:1])[0] - 1) * (0.8 if ago > 9 else 0.35) if ago > 1 else 1.0
    came = round(_level(story, "came", ago) * share * seasonal)
    left, back = (round(_level(story, name, ago) * share) for name in ("left", "back"))
    returning = rng.choice(_gone(spells, first), back, replace=False)
    leaving = _leaving(spells, first, left, rng)
    spells.end[leaving] = rng.choice(days, left)
    upward = float(story.level("share", "big-boxes", days[:1])[0])
    who = np.concatenate([spells.customer.max() + 1 + np.arange(came), spells.customer[returning]])
    plans = np.concatenate([_plans(came, upward, rng), spells.plan[returning]])
    spells.customer = np.concatenate([spells.customer, who])
    spells.start = np.concatenate([spells.start, rng.choice(days, came + back)])
    spells.end = np.concatenate([spells.end, np.full(came + back, RUNNING)])
    spells.plan = np.concatenate([spells.plan, plans])


def _level(story: Story, name: str, ago: int) -> float:
    points = sorted(story.levels["customers"][name])
    return float(np.interp(ago, [p[0] for p in points], [p[1] for p in points]))


def _plans(count: int, upward: float, rng: np.random.Generator) -> Whole:
    """Plans in their exact shares, in any order: so that a month's value is the story's and not chance's."""
    shares = np.cumsum(SHARES_BEFORE * (1 - upward) + SHARES_NOW * upward)
    plans: Whole = np.searchsorted(shares, (rng.permutation(count) + 0.5) / max(count, 1) * shares[-1])
    return plans


def _leaving(spells: Spells, first: np.datetime64, count: int, rng: np.random.Generator) -> Whole:
    running = np.flatnonzero(np.isnat(spells.end) & (spells.start <= first - 60 * DAY))
    tenure = (first - spells.start[running]).astype(np.int64)
    weights = np.where(tenure < 365, 1.6, 0.9) * np.where(spells.plan[running] >= FIRST_OFFICE, 0.6, 1.0)
    return rng.choice(running, count, replace=False, p=weights / weights.sum())


def _gone(spells: Spells, first: np.datetime64) -> Whole:
    """The last spell of everyone who left at least 45 days ago."""
    last = spells.frame.drop_duplicates("customer", keep="last")
    gone: Whole = last.index[last["end"].notna() & (last["end"] <= first - 45 * DAY)].to_numpy()
    return gone


def _settle(story: Story, spells: Spells) -> None:
    """Trim the boxes of last month's newcomers until the month is worth as much more as the story says."""
    first, after = story.month(1)
    new = np.flatnonzero((spells.start >= first) & (spells.start < after))
    gone = (spells.end >= first) & (spells.end < after)
    lost = PRICES[spells.plan[gone]].sum()
    for i in new:
        net = PRICES[spells.plan[new]].sum() - lost
        if net < WORTH_MORE[0] and spells.plan[i] < 3:
            spells.plan[i] += 1
        elif net > WORTH_MORE[1] and 0 < spells.plan[i] < FIRST_OFFICE:
            spells.plan[i] -= 1
