"""Departments and suppliers."""

from wallboard.loaders.feed import Feed, contract
from wallboard.store.schema import function

FEED = Feed(
    "functions",
    20,
    function,
    contract(function),
    key="function",
    defaults={"customer_facing": False, "outsourced": False},
)
