"""Reasons for leaving and for joining, in the customer's wording."""

from wallboard.loaders.feed import Feed, contract, one_of
from wallboard.store.schema import reason

FEED = Feed("reasons", 60, reason, contract(reason, kind=one_of("left", "joined")), key="reason", defaults={"kind": "left"})
