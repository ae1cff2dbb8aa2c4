"""Purchase lines of customers; under the rule "orders" they say who is in."""

import pandas as pd

from wallboard.loaders.feed import Feed, contract
from wallboard.loaders.places import with_days
from wallboard.settings import Room
from wallboard.store.schema import purchase


def _derive(frame: pd.DataFrame, room: Room) -> pd.DataFrame:
    return with_days(frame, room, day="ordered_at")


FEED = Feed(
    "orders",
    90,
    purchase,
    contract(purchase),
    fact="ordered_at",
    derived=("day",),
    derive=_derive,
)
