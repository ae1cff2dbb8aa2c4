"""What we promise customers at a stage: the words, where they stand, and the KPI that tells whether it is kept."""

from wallboard.loaders.feed import Feed, contract
from wallboard.store.schema import promise

FEED = Feed("promises", 51, promise, contract(promise), placed=True)
