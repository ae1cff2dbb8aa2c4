"""Kinds of issues, in the customer's wording."""

from wallboard.loaders.feed import Feed, contract, one_of
from wallboard.store.schema import issue_type

FEED = Feed(
    "issue_types",
    50,
    issue_type,
    contract(issue_type, demand=one_of("failure", "value", "unclassified")),
    key="issue_type",
    defaults={"demand": "unclassified"},
)
