"""Visits to customers: for which job, from when to when, whether it was fixed, and whether all that was needed had come along."""

import pandas as pd

from wallboard.loaders.feed import Feed, at_least, contract, one_of, rule
from wallboard.loaders.places import with_days
from wallboard.settings import Room
from wallboard.store.schema import visit
from wallboard.store.schema.touchpoints import VISIT_RESULTS


def _derive(frame: pd.DataFrame, room: Room) -> pd.DataFrame:
    return with_days(frame, room, day="started_at")


FEED = Feed(
    "visits",
    132,
    visit,
    contract(
        visit,
        rule(
            lambda f: f["ended_at"].isna() | (f["ended_at"] >= f["started_at"]),
            "ended before it began: ended_at lies before started_at",
            "Correct one of the times",
        ),
        result=one_of(*VISIT_RESULTS),
        customer_minutes=at_least(0),
    ),
    fact="started_at",
    spans=(("started_at", "ended_at"),),
    derived=("day",),
    derive=_derive,
)
