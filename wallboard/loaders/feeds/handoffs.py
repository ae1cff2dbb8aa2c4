"""Where a case passes from one function to another, what must come along, how long it may wait, and who answers for its way."""

from wallboard.loaders.feed import Feed, contract, rule
from wallboard.store.schema import handoff

LONGEST = 87_600
"""Ten years, in hours."""

FEED = Feed(
    "handoffs",
    45,
    handoff,
    contract(
        handoff,
        rule(
            lambda f: f["from_function"] != f["to_function"],
            "passes from a function to itself",
            "Name the two functions between which the case passes",
        ),
        max_wait_hours=rule(
            lambda cells: (cells > 0) & (cells <= LONGEST),
            f"is not above zero and at most {LONGEST:,}",
            "Say in hours how long a case may wait",
        ),
    ),
    key="handoff",
)
