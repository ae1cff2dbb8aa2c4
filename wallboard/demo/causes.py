"""Who heard a ticket, which department caused it, and who had to come back: three columns that the helpdesk's export has."""

from typing import Any

import numpy as np
import pandas as pd

from wallboard.demo.ground import Ground
from wallboard.demo.story import DAY, Whole
from wallboard.demo.words import read_words

TRACED = [[104, 0.0], [40, 0.0], [34, 0.35], [17, 0.6], [8, 0.78], [0, 0.8]]  # share with a cause, by weeks ago
WINDOW = 7 * DAY
MERGED = 0.12
"""The share of repeated contacts that an agent puts together with the first one."""


def with_repeats(ground: Ground, tickets: pd.DataFrame) -> pd.DataFrame:
    """Some tickets are of a customer who has called about the same thing within the last days; column `again` says which."""
    rng = ground.story.rng("called again")
    shares = read_words("causes")["again"]
    box = tickets["box"].to_numpy().copy()
    again = np.zeros(len(tickets), dtype=bool)
    for issue, places in tickets.groupby("issue").indices.items():
        rows = np.asarray(places)
        chosen = rows[rng.random(len(rows)) < shares.get(issue, 0.0)]
        earlier = _earlier(tickets["created"].to_numpy(), rows, chosen, rng)
        for row, before in zip(chosen, earlier, strict=True):
            if before >= 0:
                box[row], again[row] = box[before], True
    return tickets.assign(box=box, again=again)


def _earlier(created: Any, rows: Whole, chosen: Whole, rng: np.random.Generator) -> Whole:
    """For each chosen ticket one of the same issue within the window before it; −1 where there is none."""
    first = np.searchsorted(created[rows], created[chosen] - WINDOW + DAY)
    place = np.searchsorted(rows, chosen)
    picked = first + (rng.random(len(chosen)) * (place - first)).astype(int)
    earlier: Whole = np.where(place > first, rows[np.minimum(picked, len(rows) - 1)], -1)
    return earlier


def columns(ground: Ground, tickets: pd.DataFrame) -> dict[str, Any]:
    """Department that heard, department that caused (empty: nobody has traced it yet)."""
    rng = ground.story.rng("causes")
    words = read_words("causes")
    traced = rng.random(len(tickets)) < ground.story.line(TRACED, tickets["created"].to_numpy().astype("datetime64[D]"))
    cause = np.full(len(tickets), "", dtype=object)
    for issue, rows in tickets.groupby("issue").indices.items():
        departments = words["caused"].get(issue)
        if departments:
            cause[rows] = _one_of(departments, len(rows), rng)
    channels = np.where(
        (tickets["via"] == "Phone call (incoming)").to_numpy(),
        _one_of(words["heard"]["phone"], len(tickets), rng),
        _one_of(words["heard"]["else"], len(tickets), rng),
    )
    return {"Handled by": channels, "Cause department": np.where(traced, cause, "")}


def tags(ground: Ground, tickets: pd.DataFrame) -> object:
    """What Zendesk writes into Tags; a ticket that was put together with another one carries closed_by_merge."""
    rng = ground.story.rng("merged")
    kind = np.where(tickets["section"] == "complaints", "complaint", "question")
    merged = tickets["again"].to_numpy() & (rng.random(len(tickets)) < MERGED)
    return np.where(merged, "closed_by_merge", kind)


def _one_of(shares: dict[str, float], count: int, rng: np.random.Generator) -> Any:
    weights = np.array(list(shares.values()))
    return rng.choice(list(shares), count, p=weights / weights.sum())
