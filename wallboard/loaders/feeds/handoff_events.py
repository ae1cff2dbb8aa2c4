"""Cases that were handed over: when, when somebody took them, whether all came along, and whether they came back."""

import pandas as pd
import pandera.pandas as pa

from wallboard.loaders.feed import Feed, contract, rule
from wallboard.loaders.places import with_days
from wallboard.settings import Room
from wallboard.store.schema import handoff_event


def _later(name: str, what: str) -> pa.Check:
    return rule(
        lambda frame: frame[name].isna() | (frame[name] >= frame["handed_at"]),
        f"{what} before it was handed over: {name} lies before handed_at",
        "Correct one of the times",
    )


def _derive(frame: pd.DataFrame, room: Room) -> pd.DataFrame:
    return with_days(frame, room, day="handed_at")


FEED = Feed(
    "handoff_events",
    150,
    handoff_event,
    contract(
        handoff_event,
        _later("taken_at", "taken"),
        _later("returned_at", "came back"),
    ),
    fact="handed_at",
    spans=(("handed_at", "taken_at"), ("handed_at", "returned_at")),
    part=handoff_event.c.handoff,
    derived=("day",),
    derive=_derive,
)
