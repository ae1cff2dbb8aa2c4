"""Tiers of customers by what they earn us in twelve months; another rule is a new row with its own `valid_from`."""

import pandas as pd

from wallboard.loaders.feed import Feed, contract, rule
from wallboard.loaders.refusals import Refusals
from wallboard.settings import Room
from wallboard.store.schema import tier

RESERVED = ("in", "out", "-", "?")
"""What stands in the facts for those who came and left, for cost of nobody, and for the time before any rule."""


def _check(frame: pd.DataFrame, room: Room, refusals: Refusals) -> None:
    """One rule has one lowest tier, which has no threshold, and a threshold of its own for each other one."""
    for _, rows in frame.groupby("valid_from"):
        lowest = rows[rows["at_least"].isna()]
        if len(lowest) > 1:
            why = "the rule has two tiers without a threshold."
            refusals.add(lowest.index[1:], "at_least", (why for _ in lowest.index[1:]), "Only the lowest tier has none.")
        again = rows[rows["at_least"].notna() & rows["at_least"].duplicated()]
        refusals.add_values(again["at_least"], "at_least", "is the threshold of another tier of this rule.", "Give each its own.")


FEED = Feed(
    "tiers",
    85,
    tier,
    contract(
        tier,
        tier=rule(lambda cells: ~cells.isin(RESERVED), "means something else", f"Not one of {', '.join(RESERVED)}: name it"),
    ),
    fact="valid_from",
    check=_check,
)
