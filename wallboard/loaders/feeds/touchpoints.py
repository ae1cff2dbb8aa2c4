"""Touchpoints within the stages, with who answers for them."""

from wallboard.loaders.feed import Feed, contract
from wallboard.loaders.naming import naming_hints
from wallboard.store.schema import touchpoint

FEED = Feed(
    "touchpoints",
    40,
    touchpoint,
    contract(touchpoint),
    key="touchpoint",
    defaults={"priority": False, "moment_of_truth": False},
    hints=lambda connection: naming_hints(connection, (touchpoint,)),
)
