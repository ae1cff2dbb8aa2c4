"""Customers who were merged: the number they had, and the one they are kept under now."""

from wallboard.loaders.feed import Feed, contract, rule
from wallboard.store.schema import customer_alias

FEED = Feed(
    "customer_aliases",
    65,
    customer_alias,
    contract(
        customer_alias,
        rule(lambda f: f["alias"] != f["customer"], "is merged into itself", "Remove this row"),
    ),
    key="alias",
)
