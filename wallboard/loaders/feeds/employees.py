"""People who answer for something."""

from wallboard.loaders.feed import Feed, contract
from wallboard.store.schema import employee

FEED = Feed("employees", 30, employee, contract(employee), key="employee")
