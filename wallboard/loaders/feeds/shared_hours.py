"""How many of its hours a function gives to what is beyond its own job, week by week."""

from wallboard.loaders.feed import Feed, at_least, contract, rule
from wallboard.store.schema import shared_hours

FEED = Feed(
    "shared_hours",
    152,
    shared_hours,
    contract(
        shared_hours,
        rule(lambda f: f["hours_shared"] <= f["hours"], "shares more hours than it worked", "Correct one of the numbers"),
        hours=at_least(0),
        hours_shared=at_least(0),
    ),
    fact="day",
)
