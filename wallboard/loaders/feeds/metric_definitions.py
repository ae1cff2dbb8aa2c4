"""What each metric means here, who answers for it, and whether it may hang on a wall; a changed formula is a new version."""

import pandas as pd

from wallboard.catalogue import catalogue
from wallboard.errors import nearest
from wallboard.loaders.feed import Feed, at_least, contract
from wallboard.loaders.refusals import Refusals
from wallboard.settings import Room
from wallboard.store.schema import metric_definition


def known_metrics(
    frame: pd.DataFrame, room: Room, refusals: Refusals, remedy: str = "docs/metrics.md lists the metrics."
) -> None:
    """Refuse rows about a metric that this program does not know."""
    strange = frame["metric"][frame["metric"].notna() & ~frame["metric"].isin(catalogue().keys())]
    reasons = (f"'{name}' is not a metric of a wall. {nearest(name, catalogue())}" for name in strange)
    refusals.add(strange.index, "metric", reasons, remedy)


def _check(frame: pd.DataFrame, room: Room, refusals: Refusals) -> None:
    known_metrics(frame, room, refusals)
    again = frame["version"][frame.duplicated(["metric", "version"]) & ~frame["source_key"].duplicated()]
    refusals.add_values(again, "version", "stands twice for this metric.", "Give a changed definition a version of its own.")


FEED = Feed(
    "metric_definitions",
    150,
    metric_definition,
    contract(metric_definition, version=at_least(1)),
    fact="valid_from",
    defaults={"version": 1, "priority": True},
    check=_check,
)
