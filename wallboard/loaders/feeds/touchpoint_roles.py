"""Who else answers at a touchpoint, or takes part, from when until when."""

from wallboard.loaders.feed import Feed, contract, one_of, rule
from wallboard.store.schema import touchpoint_role
from wallboard.store.schema.journey import ROLES_AT_A_TOUCHPOINT

FEED = Feed(
    "touchpoint_roles",
    43,
    touchpoint_role,
    contract(
        touchpoint_role,
        rule(
            lambda f: f["valid_to"].isna() | (f["valid_to"] > f["valid_from"]),
            "ends before it begins",
            "Correct one of the dates",
        ),
        role=one_of(*ROLES_AT_A_TOUCHPOINT),
    ),
    ends=("valid_to",),
    defaults={"role": "accountable"},
)
