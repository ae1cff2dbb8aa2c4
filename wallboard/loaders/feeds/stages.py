"""Stages of the customer's life, named as the customer says it."""

from wallboard.loaders.feed import Feed, contract
from wallboard.loaders.naming import naming_hints
from wallboard.store.schema import stage

FEED = Feed("stages", 10, stage, contract(stage), key="stage", hints=lambda connection: naming_hints(connection, (stage,)))
