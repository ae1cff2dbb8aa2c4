"""Public posts about us and competitors; nothing in it can hide one."""

from wallboard.loaders.feed import Feed, contract
from wallboard.store.schema import post

FEED = Feed(
    "posts",
    160,
    post,
    contract(post),
    fact="posted_at",
    defaults={"network": lambda frame, source: source},
)
