"""How often, or how much, a customer did something in a month."""

import pandas as pd

from wallboard.loaders.feed import Feed, at_least, contract
from wallboard.loaders.places import month_key, with_months
from wallboard.settings import Room
from wallboard.store.schema import customer_behaviour


def _derive(frame: pd.DataFrame, room: Room) -> pd.DataFrame:
    return month_key(with_months(frame), "customer", "perimeter", "month", "behaviour")


FEED = Feed(
    "customer_behaviours",
    84,
    customer_behaviour,
    contract(customer_behaviour, value=at_least(0)),
    fact="month",
    derived=("month_key",),
    derive=_derive,
    claims="month_key",
)
