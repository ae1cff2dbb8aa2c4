"""Who can solve which kind of issue, and who knows somebody who can."""

from wallboard.loaders.feed import Feed, contract, rule
from wallboard.store.schema import expertise

FEED = Feed(
    "expertise",
    52,
    expertise,
    contract(
        expertise,
        rule(
            lambda f: f["refers_to"].isna() | (f["refers_to"] != f["employee"]),
            "refers to the same person",
            "Leave `refers_to` empty for somebody who can solve it",
        ),
    ),
)
