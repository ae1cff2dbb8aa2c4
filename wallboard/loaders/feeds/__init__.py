"""One canonical feed a file, each with one contract; found by its name."""

import importlib
import pkgutil
from functools import cache

from wallboard.loaders.feed import Feed


@cache
def feeds() -> dict[str, Feed]:
    """Every feed by name, found by the files of this folder, in the order in which they are loaded."""
    modules = (importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
    ordered = sorted((module.FEED for module in modules), key=lambda feed: feed.order)
    return {feed.name: feed for feed in ordered}
