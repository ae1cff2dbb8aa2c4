"""Studies about customers: how they were made, how many were asked, and what they found."""

from wallboard.loaders.feed import Feed, at_least, contract
from wallboard.store.schema import research

FEED = Feed("research", 55, research, contract(research, n=at_least(0)), key="study", fact="finished_on")
