"""Things promised for a date, and when they came."""

import pandas as pd

from wallboard.loaders.feed import Feed, contract
from wallboard.loaders.places import with_days
from wallboard.settings import Room
from wallboard.store.schema import delivery


def _derive(frame: pd.DataFrame, room: Room) -> pd.DataFrame:
    return with_days(frame, room, day="delivered_at", promised_day="promised_at")


FEED = Feed(
    "deliveries",
    130,
    delivery,
    contract(delivery),
    fact="ordered_at",
    spans=(("ordered_at", "promised_at"), ("ordered_at", "delivered_at")),
    defaults={"cancelled": False},
    derived=("day", "promised_day"),
    derive=_derive,
)
