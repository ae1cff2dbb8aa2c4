"""customer_tiers.csv: the tiers, drawn again two months ago; actions_tiers.csv: what is done for the customers of each."""

from pathlib import Path

import pandas as pd

from wallboard.demo.ground import Ground

NAMES = {
    "platinum": "Best customers",
    "gold": "Good customers",
    "iron": "Small customers",
    "lead": "Cost us money",
}
FIRST = {"platinum": 150, "gold": 64, "iron": 0, "lead": None}
NOW = {"platinum": 160, "gold": 70, "iron": 0, "lead": None}
CHANGED = 2
"""Months ago."""

ACTIONS = (
    ("T-01", "platinum", "a name and a number to ring", "best customers rang five people", "priya", -140, -40, -52),
    ("T-02", "platinum", "a visit a year to each", "nobody had asked them anything", "miriam", -46, 70, None),
    ("T-03", "gold", "offer the larger box", "most still drink the first one", "imogen", -70, 30, None),
    ("T-04", "iron", "two boxes in one parcel", "the post eats the margin", "mateusz", -95, -12, None),
    ("T-05", "lead", "repair what makes them ring", "late boxes cost us two calls each", "ana", -60, 25, None),
    ("T-06", "lead", "ask before we raise any price", "half of them we made expensive", "ben", -150, -80, -77),
)


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write both lists."""
    return [_tiers(ground, folder), _actions(ground, folder)]


def _tiers(ground: Ground, folder: Path) -> Path:
    rules = (("2024-01-01", FIRST), (str(ground.story.month(CHANGED)[0]), NOW))
    rows = [(tier, NAMES[tier], n, least, since) for since, rule in rules for n, (tier, least) in enumerate(rule.items(), 1)]
    file = folder / "customer_tiers.csv"
    frame = pd.DataFrame(rows, columns=["tier", "we call them", "order", "profit a year from", "valid from"])
    frame.astype({"profit a year from": "Int64"}).to_csv(file, index=False, lineterminator="\n")
    return file


def _actions(ground: Ground, folder: Path) -> Path:
    def day(ago: int | None) -> str:
        return "" if ago is None else ground.story.date(ago).isoformat()

    rows = [
        (ref, tier, what, why, who, day(since), day(due), day(done)) for ref, tier, what, why, who, since, due, done in ACTIONS
    ]
    file = folder / "actions_tiers.csv"
    columns = ["ref", "tier", "what we do", "because", "who", "since", "by", "done"]
    pd.DataFrame(rows, columns=columns).to_csv(file, index=False, lineterminator="\n")
    return file
