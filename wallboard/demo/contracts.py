"""The contracts that billing keeps for each spell: larger and smaller boxes, second boxes for offices, and why they ended."""

import numpy as np
import pandas as pd

from wallboard.demo.households import FIRST_OFFICE, PRICES, Spells
from wallboard.demo.story import DAY, Days, Numbers, Story, Whole
from wallboard.demo.words import deal, read_words

ENTERED_BY = ("leaving form", "agent", "dunning", "")
TERMS = np.array([1, 3, 3, 3, 12, 12])
"""Months after which a contract of each plan is due again."""

REASONS = (
    "late-or-broken", "charged-wrong", "too-dear", "too-much", "found-another", "not-my-taste", "nobody-helped", "life-changed",
    "other",
)  # fmt: skip
REST = np.array([0.0, 0.0, 0.27, 0.22, 0.11, 0.12, 0.07, 0.15, 0.06])


def contracts_of(story: Story, spells: Spells) -> pd.DataFrame:
    """One row per contract, in the order in which they began."""
    rng = story.rng("contracts")
    frame = spells.frame.assign(changed=False)
    frame = pd.concat([_changed(story, frame, rng), _second_boxes(story, frame, rng)], ignore_index=True)
    frame = frame.sort_values(["start", "customer", "plan"], kind="stable", ignore_index=True)
    frame["value"] = PRICES[frame["plan"]].astype(float)
    _forget_some_amounts(story, frame, rng)
    frame["requested"] = _requested(story, frame, rng)
    frame["term"] = TERMS[frame["plan"]]
    return _asked_why(story, _with_reasons(story, frame, rng))


def _changed(story: Story, frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Some long spells are two contracts: the box became larger, or smaller; the second keeps the spell's plan."""
    upto = frame["end"].fillna(pd.Timestamp(story.today))
    room = (upto - frame["start"]).dt.days.to_numpy() - 130
    before = frame["plan"].to_numpy() + np.where(rng.random(len(frame)) < 0.72, -1, 1)
    same_kind = (before // FIRST_OFFICE == frame["plan"] // FIRST_OFFICE) & (before >= 0) & (before < len(PRICES))
    split = same_kind & (room > 0) & (rng.random(len(frame)) < np.clip(room / 365 * 0.09, 0, 0.3))
    day = frame["start"] + pd.to_timedelta(90 + (rng.random(len(frame)) * room.clip(0)).astype(int), unit="D")
    first = frame[split].assign(end=day[split], plan=before[split], changed=True)
    second = frame[split].assign(start=day[split])
    changed: pd.DataFrame = pd.concat([frame[~split], first, second], ignore_index=True)
    return changed


def _second_boxes(story: Story, frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """One office in six takes a second box for the meeting room, and ends both together."""
    upto = frame["end"].fillna(pd.Timestamp(story.today))
    room = (upto - frame["start"]).dt.days.to_numpy() - 60
    chosen = (frame["plan"] >= FIRST_OFFICE) & (room > 0) & (rng.random(len(frame)) < 0.16)
    later = pd.to_timedelta(30 + (rng.random(len(frame)) * room.clip(0)).astype(int), unit="D")
    return frame[chosen].assign(start=(frame["start"] + later)[chosen], plan=2)


def _forget_some_amounts(story: Story, frame: pd.DataFrame, rng: np.random.Generator) -> None:
    """Seven old contracts have no amount, as in every billing system."""
    old = frame.index[(frame["start"] < pd.Timestamp(story.first_day)) & frame["end"].isna()]
    frame.loc[rng.choice(old, 7, replace=False), "value"] = np.nan


def _requested(story: Story, frame: pd.DataFrame, rng: np.random.Generator) -> Days:
    """When the end was asked for: up to a month before it; some have asked and still run."""
    start, end = (frame[name].to_numpy().astype("datetime64[D]") for name in ("start", "end"))
    requests = np.maximum(end - rng.integers(0, 31, len(frame)) * DAY, start)
    running = np.flatnonzero(np.isnat(end) & (start < story.today - 60 * DAY))
    soon = rng.choice(running, 38, replace=False)
    requests[soon] = story.today - rng.integers(1, 22, 38) * DAY
    requests[frame["changed"]] = np.datetime64("NaT", "D")
    requested: Days = requests
    return requested


def _with_reasons(story: Story, frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    ended = (frame["end"].notna() & ~frame["changed"]).to_numpy()
    reason, entered, comment = (np.full(len(frame), "", dtype=object) for _ in range(3))
    days = frame["end"].to_numpy().astype("datetime64[D]")[ended]
    who = rng.choice(4, len(days), p=[0.58, 0.2, 0.07, 0.15])
    picked = np.asarray(REASONS, dtype=object)[_pick(story, days, rng)]
    picked[who == 2], picked[who == 3] = "payment-stopped", ""
    reason[ended], entered[ended] = picked, np.asarray(ENTERED_BY, dtype=object)[who]
    pools = read_words("leaving")["reason"]
    written = ended & (entered == "leaving form") & (rng.random(len(frame)) < 0.7)
    for name, pool in pools.items():
        rows = np.flatnonzero(written & (reason == name))
        comment[rows] = deal(pool["said"], len(rows), rng)
    codes = {name: pool["code"] for name, pool in pools.items()} | {"": ""}
    return frame.assign(reason=[codes[r] for r in reason], comment=comment, entered_by=entered)


def _asked_why(story: Story, frame: pd.DataFrame) -> pd.DataFrame:
    """Who has asked to leave and is still here has said why on the leaving form, most of them in words."""
    rng, pools = story.rng("requests"), read_words("leaving")["reason"]
    requests = np.flatnonzero(frame["end"].isna() & frame["requested"].notna())
    days = frame["requested"].to_numpy().astype("datetime64[D]")[requests]
    for row, place in zip(requests, _pick(story, days, rng), strict=True):
        pool = pools[REASONS[place]]
        frame.loc[row, ["reason", "entered_by"]] = pool["code"], ENTERED_BY[0]
        frame.loc[row, "comment"] = deal(pool["said"], 1, rng)[0] if rng.random() < 0.7 else ""
    return frame


def _pick(story: Story, days: Days, rng: np.random.Generator) -> Whole:
    """Which reason each leaver has: the shares of lateness and double charges move with the story."""
    late, charge = (story.level("share", name, days) for name in ("left-late", "left-charge"))
    shares: Numbers = REST[None, :] * (1 - late - charge)[:, None]
    shares[:, 0], shares[:, 1] = late, charge
    steps = shares.cumsum(axis=1) / shares.sum(axis=1)[:, None]
    picks: Whole = (steps < rng.random(len(days))[:, None]).sum(axis=1)
    return picks
