"""Our own lingo, and what a customer would say: an answer is read with it before it goes out."""

from wallboard.loaders.feed import Feed, contract
from wallboard.store.schema import glossary_term

FEED = Feed("glossary", 180, glossary_term, contract(glossary_term), key="term")
