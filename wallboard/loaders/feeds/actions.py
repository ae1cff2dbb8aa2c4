"""What is being done about a customer, a tier, a reason, a metric or a stage, by whom, and what came of it."""

from wallboard.loaders.feed import Feed, contract, one_of, rule
from wallboard.store.schema import action

FEED = Feed(
    "actions",
    154,
    action,
    contract(
        action,
        rule(
            lambda f: f["done_on"].isna() | (f["done_on"] >= f["since"]), "was done before it began", "Correct one of the dates"
        ),
        rule(
            lambda f: f["value"].isna() | f["basis"].notna(),
            "names a value without its basis",
            "Say in `basis` how the value was worked out",
        ),
        about=one_of("customer", "tier", "reason", "metric", "stage"),
    ),
    fact="since",
)
