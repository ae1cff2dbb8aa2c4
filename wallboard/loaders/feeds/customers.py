"""Customers: the unit that is counted."""

from wallboard.loaders.facts.buyers import BUYERS
from wallboard.loaders.facts.customers import CUSTOMERS
from wallboard.loaders.feed import Feed, contract
from wallboard.store.schema import customer

FEED = Feed(
    "customers",
    70,
    customer,
    contract(customer),
    key="customer",
    defaults={"test_account": False},
    facts=(CUSTOMERS, BUYERS),
)
