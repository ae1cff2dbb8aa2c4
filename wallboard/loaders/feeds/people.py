"""People who answer for something."""

from wallboard.loaders.feed import Feed, contract
from wallboard.store.schema import person

FEED = Feed("people", 30, person, contract(person), key="person")
