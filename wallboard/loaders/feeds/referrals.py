"""Who was sent to us by whom; without a referrer somebody came by a word of mouth that nobody can name."""

from wallboard.loaders.feed import Feed, at_least, contract, rule
from wallboard.store.schema import referral

FEED = Feed(
    "referrals",
    88,
    referral,
    contract(
        referral,
        rule(
            lambda f: f["converted_on"].isna() | (f["converted_on"] >= f["referred_on"]),
            "became a customer before the referral",
            "Correct one of the dates",
        ),
        rule(
            lambda f: f["referrer"].isna() | f["referred_customer"].isna() | (f["referrer"] != f["referred_customer"]),
            "sent itself",
            "Correct one of the two customers",
        ),
        value=at_least(0),
    ),
    fact="referred_on",
)
