"""When leaders meet in the room, and when they did."""

from wallboard.loaders.feed import Feed, contract, rule
from wallboard.store.schema import meeting

FEED = Feed(
    "meetings",
    156,
    meeting,
    contract(
        meeting,
        rule(
            lambda f: f["held_on"].isna() | (f["held_on"] >= f["planned_on"]),
            "was held before it was planned",
            "Correct one of the dates",
        ),
    ),
    fact="planned_on",
    defaults={"kind": "monthly"},
)
