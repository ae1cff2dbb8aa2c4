"""Contracts of customers; under the rule "contracts" they say who is in."""

from wallboard.loaders.facts.customers import CUSTOMERS
from wallboard.loaders.feed import Feed, contract, one_of, rule
from wallboard.store.schema import contract as table

FEED = Feed(
    "contracts",
    80,
    table,
    contract(
        table,
        rule(
            lambda f: f["ended_on"].isna() | (f["ended_on"] >= f["started_on"]),
            "ended before it started",
            "Correct one of the dates",
        ),
        reason_source=one_of("customer said", "staff entered", "inferred", "unknown"),
    ),
    fact="started_on",
    facts=(CUSTOMERS,),
)
