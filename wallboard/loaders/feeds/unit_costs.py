"""What one contact, visit or return costs us from a day on, and how many minutes it takes the customer."""

from wallboard.loaders.feed import Feed, at_least, contract
from wallboard.store.schema import unit_cost

FEED = Feed(
    "unit_costs",
    142,
    unit_cost,
    contract(unit_cost, amount=at_least(0), customer_minutes=at_least(0)),
    fact="valid_from",
)
