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
    pd.DataFrame({name: [one[key] for one in plan] for name, key in columns.items()}).to_csv(
        listed, index=False, lineterminator="\n"
    )
    parts = [_events(ground, one, ago) for ago in range(MONTHS_KEPT, 0, -1) for one in plan if ago <= one["months"]]
    pd.concat(parts).to_csv(events, index=False, lineterminator="\n")
    return [listed, events]


def _events(ground: Ground, one: dict[str, Any], ago: int) -> pd.DataFrame:
    story = ground.story
    first, after = story.month(ago)
    there = customers_at(ground, after)
    rng = story.rng(f"behaviour {one['key']} {ago}")
    found = _taken(story, there, first, rng) if one["key"] == "box_taken" else _done(story, there, first, one, rng)
    did = np.flatnonzero(found)
    columns = {"customer_no": customer_ids(there[did]), "country": ground.country(there[did]), "month": str(first)[:7]}
    return pd.DataFrame(columns | {"event": one["key"], "count": found[did]})


def _taken(story: Story, there: Whole, first: Any, rng: np.random.Generator) -> Whole:
    """Boxes taken of two that a month can bring: some only ever take one, and after a late autumn some pause."""
    usual = np.where(_leaning(story, "box_taken", there) > 1.6, 2, 1)
    pauses = rng.random(len(there)) < 0.03 + 0.035 * float(story.level("share", "unhappy", np.array([first]))[0])
    more = (rng.random(len(there)) < 0.03 * float(season(np.array([first]))[0])) & (usual == 1)
    found: Whole = np.where(pauses, 0, usual + more)
    return found


def _done(story: Story, there: Whole, first: Any, one: dict[str, Any], rng: np.random.Generator) -> Whole:
    """What each leans to, at the level of the story in that month, and chance."""
    middle = np.array([first + np.timedelta64(14, "D")])
    level = float(story.line(one["level"], middle)[0]) * (float(season(middle)[0]) if one["seasonal"] else 1.0)
    december = one["december"] if str(first)[5:7] == "12" else 1.0
    found: Whole = rng.poisson(_leaning(story, one["key"], there) * level * december)
    return found


def _leaning(story: Story, key: str, customers: Whole) -> Numbers:
    """How much each customer leans to a behaviour: most a little, some a lot, and always the same."""
    every: Numbers = story.rng(f"leaning {key}").gamma(0.45, 1 / 0.45, int(customers.max()) + 1)
    return every[customers]


def customers_at(ground: Ground, day: Any) -> Whole:
    """Who is a customer on a day, in the order of their numbers."""
    start, end = (getattr(ground.spells, name).astype("datetime64[D]") for name in ("start", "end"))
    found: Whole = np.unique(ground.spells.customer[(start < day) & (np.isnat(end) | (end >= day))])
    return found
