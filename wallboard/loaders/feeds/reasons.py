"""Reasons for leaving, in the customer's wording."""

from wallboard.loaders.feed import Feed, contract
from wallboard.store.schema import reason

FEED = Feed("reasons", 60, reason, contract(reason), key="reason")
