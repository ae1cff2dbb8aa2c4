"""Revenue and cost of a customer by month; a row without a customer is cost that nobody can say whose it is."""

import pandas as pd

from wallboard.loaders.feed import Feed, contract, rule
from wallboard.loaders.places import month_key, with_months
from wallboard.settings import Room
from wallboard.store.schema import customer_money

_MONEY = ["revenue", "direct_cost", "cost_to_serve"]


def _derive(frame: pd.DataFrame, room: Room) -> pd.DataFrame:
    return month_key(with_months(frame), "customer", "perimeter", "month")


FEED = Feed(
    "customer_money",
    86,
    customer_money,
    contract(
        customer_money,
        rule(lambda f: f[_MONEY].notna().any(axis=1), "says neither revenue nor cost", "Map one of them, or remove the row"),
        rule(
            lambda f: f["customer"].notna() | f["revenue"].isna() | (f["revenue"] == 0),
            "has revenue but no customer",
            "Only cost may be unallocated: name the customer",
        ),
    ),
    fact="month",
    derived=("month_key",),
    derive=_derive,
    claims="month_key",
)
