"""key_behaviours.csv, kept by hand, and app_events.csv: what each customer did in a month, as the app's analytics count it."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from wallboard.demo.ground import Ground, customer_ids
from wallboard.demo.story import Numbers, Story, Whole, season
from wallboard.demo.words import read_words

MONTHS_KEPT = 15
"""The running month is exported when it is over."""


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write the list of behaviours, and one row per customer, month and event that happened at all."""
    plan = read_words("bond")["behaviour"]
    listed, events = folder / "key_behaviours.csv", folder / "app_events.csv"
    columns = {"event": "key", "in plain words": "name", "counted in": "unit", "key": "flagged", "counts from": "grows_at"}
    columns |= {"compared with": "compared_with"}
    pd.DataFrame({name: [behaviour[key] for behaviour in plan] for name, key in columns.items()}).to_csv(
        listed, index=False, lineterminator="\n"
    )
    parts = [
        _events(ground, behaviour, ago) for ago in range(MONTHS_KEPT, 0, -1) for behaviour in plan if ago <= behaviour["months"]
    ]
    pd.concat(parts).to_csv(events, index=False, lineterminator="\n")
    return [listed, events]


def _events(ground: Ground, behaviour: dict[str, Any], ago: int) -> pd.DataFrame:
    story = ground.story
    first, after = story.month(ago)
    there = customers_at(ground, after)
    rng = story.rng(f"behaviour {behaviour['key']} {ago}")
    counts = _taken(story, there, first, rng) if behaviour["key"] == "box_taken" else _done(story, there, first, behaviour, rng)
    did = np.flatnonzero(counts)
    columns = {"customer_no": customer_ids(there[did]), "country": ground.country(there[did]), "month": str(first)[:7]}
    return pd.DataFrame(columns | {"event": behaviour["key"], "count": counts[did]})


def _taken(story: Story, there: Whole, first: object, rng: np.random.Generator) -> Whole:
    """Boxes taken of two that a month can bring: some only ever take one, and after a late autumn some pause."""
    usual = np.where(_leaning(story, "box_taken", there) > 1.6, 2, 1)
    pauses = rng.random(len(there)) < 0.03 + 0.035 * float(story.level("share", "unhappy", np.array([first]))[0])
    more = (rng.random(len(there)) < 0.03 * float(season(np.array([first]))[0])) & (usual == 1)
    counts: Whole = np.where(pauses, 0, usual + more)
    return counts


def _done(story: Story, there: Whole, first: Any, behaviour: dict[str, Any], rng: np.random.Generator) -> Whole:
    """What each leans to, at the level of the story in that month, and chance."""
    middle = np.array([first + np.timedelta64(14, "D")])
    level = float(story.line(behaviour["level"], middle)[0]) * (float(season(middle)[0]) if behaviour["seasonal"] else 1.0)
    december = behaviour["december"] if str(first)[5:7] == "12" else 1.0
    counts: Whole = rng.poisson(_leaning(story, behaviour["key"], there) * level * december)
    return counts


def _leaning(story: Story, key: str, customers: Whole) -> Numbers:
    """How much each customer leans to a behaviour: most a little, some a lot, and always the same."""
    every: Numbers = story.rng(f"leaning {key}").gamma(0.45, 1 / 0.45, int(customers.max()) + 1)
    return every[customers]


def customers_at(ground: Ground, day: object) -> Whole:
    """Who is a customer on a day, in the order of their numbers."""
    start, end = (getattr(ground.spells, name).astype("datetime64[D]") for name in ("start", "end"))
    present: Whole = np.unique(ground.spells.customer[(start < day) & (np.isnat(end) | (end >= day))])
    return present
