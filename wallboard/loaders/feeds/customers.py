"""Customers: the unit that is counted."""

from wallboard.loaders.feed import Feed, contract, rule
from wallboard.store.schema import customer

FEED = Feed(
    "customers",
    70,
    customer,
    contract(
        customer,
        rule(
            lambda f: f["parent"].isna() | (f["parent"] != f["customer"]),
            "is its own parent",
            "Leave `parent` empty for the topmost account",
        ),
    ),
    key="customer",
    defaults={"test_account": False},
)
