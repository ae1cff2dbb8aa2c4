"""What happened and may explain why a number moved: a release, a price change, a strike, a new carrier; from when to when."""

import pandas as pd

from wallboard.loaders.feed import Feed, contract, one_of, rule
from wallboard.loaders.feeds.metric_definitions import known_metrics
from wallboard.loaders.refusals import Refusals
from wallboard.settings import Room
from wallboard.store.schema import event
from wallboard.store.schema.events import EVENT_KINDS


def _check(frame: pd.DataFrame, room: Room, refusals: Refusals) -> None:
    known_metrics(frame, room, refusals, "docs/metrics.md lists the metrics; leave it empty for all of them.")


FEED = Feed(
    "events",
    158,
    event,
    contract(
        event,
        rule(
            lambda f: f["ends_on"].isna() | (f["ends_on"] >= f["starts_on"]), "ended before it began", "Correct one of the dates"
        ),
        kind=one_of(*EVENT_KINDS),
    ),
    fact="starts_on",
    placed=True,
    check=_check,
)
