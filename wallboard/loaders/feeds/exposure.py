"""How many customers could have complained: orders, visits, calls of a touchpoint by day."""

from wallboard.loaders.feed import Feed, at_least, contract
from wallboard.store.schema import exposure

FEED = Feed(
    "exposure",
    140,
    exposure,
    contract(exposure, quantity=at_least(0)),
    fact="day",
    part=exposure.c.touchpoint + ":" + exposure.c.kind,
    volume=exposure.c.quantity,
    defaults={"kind": "orders"},
)
