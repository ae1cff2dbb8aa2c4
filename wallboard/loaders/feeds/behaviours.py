"""The few things customers do that show a stronger or weaker bond."""

from wallboard.loaders.feed import Feed, contract, one_of, rule
from wallboard.store.schema import behaviour

FEED = Feed(
    "behaviours",
    82,
    behaviour,
    contract(
        behaviour,
        grows_at=rule(lambda cells: cells > 0, "is not above 0", "Write the share of change that counts, such as 0.1"),
        compared_with=one_of("month before", "same month last year"),
    ),
    key="behaviour",
    defaults={"is_key": False, "grows_at": 0.1, "compared_with": "month before"},
)
