"""Contracts of customers; under the rule "contracts" they say who is in."""

from wallboard.loaders.contract_hints import contract_hints
from wallboard.loaders.feed import Feed, at_least, contract, one_of, rule
from wallboard.store.schema import contract as table
from wallboard.store.schema.customers import SAYERS

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
        rule(
            lambda f: f["cancel_requested_on"].isna() | (f["cancel_requested_on"] >= f["started_on"]),
            "was cancelled before it started",
            "Correct one of the dates",
        ),
        rule(
            lambda f: f["term_ends_on"].isna() | (f["term_ends_on"] > f["started_on"]),
            "its term ends before it started",
            "Correct one of the dates",
        ),
        term_months=at_least(1),
        reason_source=one_of(*SAYERS),
        joined_reason_source=one_of(*SAYERS),
    ),
    fact="started_on",
    ends=("ended_on", "term_ends_on"),
    hints=contract_hints,
)
