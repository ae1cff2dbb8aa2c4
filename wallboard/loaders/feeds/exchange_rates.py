"""What other currencies are worth in the room's money; without a rate an amount is unknown, not nothing."""

from wallboard.loaders.feed import Feed, contract, rule
from wallboard.store.schema import exchange_rate

FEED = Feed(
    "exchange_rates",
    64,
    exchange_rate,
    contract(exchange_rate, rate=rule(lambda cells: cells > 0, "is not above 0", "Correct the rate")),
    fact="valid_from",
)
