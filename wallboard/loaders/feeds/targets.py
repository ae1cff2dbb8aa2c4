"""What is aimed at, by metric, perimeter and date; an empty perimeter is the whole company."""

import pandas as pd

from wallboard.catalogue import catalogue
from wallboard.errors import nearest
from wallboard.loaders.feed import Feed, contract
from wallboard.loaders.feeds.metric_definitions import known_metrics
from wallboard.loaders.refusals import Refusals
from wallboard.settings import Room
from wallboard.store.schema import target

LARGEST_SHARE = 2.0
"""Net revenue retention may be aimed above 100 %; nothing is aimed above 200 %, so that is a number of per cent."""


def _check(frame: pd.DataFrame, room: Room, refusals: Refusals) -> None:
    known_metrics(frame, room, refusals)
    known = ("", *room.settings.perimeter)
    strange = frame["applies_to"][~frame["applies_to"].isin(known)]
    reasons = (f"'{name}' is not a perimeter of room.toml. {nearest(name, known)}" for name in strange)
    refusals.add(strange.index, "applies_to", reasons, "Leave it empty for the whole company.")
    shares = {name for name, metric in catalogue().items() if metric.unit == "share"}
    whole = frame["value"][frame["metric"].isin(shares) & ~frame["value"].between(0, LARGEST_SHARE)]
    refusals.add_values(whole, "value", "is not a share.", "Write 0.85 for 85 %.")


FEED = Feed("targets", 152, target, contract(target), fact="valid_from", defaults={"applies_to": ""}, check=_check)
