"""Public posts about us and competitors; nothing in it can hide one."""

from wallboard.loaders.feed import Feed, contract, one_of
from wallboard.store.schema import post
from wallboard.store.schema.voices import TONES

FEED = Feed(
    "posts",
    160,
    post,
    contract(post, tone=one_of(*TONES)),
    fact="posted_at",
    defaults={"network": lambda frame, source: source},
)
