"""How near customers find a stage to the desired experience, from 1 (far from it) to 5 (just right)."""

from wallboard.loaders.feed import Feed, contract, rule
from wallboard.store.schema import desired_rating

FEED = Feed(
    "desired_ratings",
    52,
    desired_rating,
    contract(desired_rating, score=rule(lambda cells: cells.between(1, 5), "lies outside 1 to 5", "Bring it to that scale")),
    fact="day",
)
