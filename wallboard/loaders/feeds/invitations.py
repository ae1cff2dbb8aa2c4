"""Who was asked to answer a survey, and what became of it: what response rates are divided by."""

import pandas as pd

from wallboard.loaders.feed import Feed, contract, one_of
from wallboard.loaders.places import with_days
from wallboard.settings import Room
from wallboard.store.schema import invitation
from wallboard.store.schema.voices import OUTCOMES


def _derive(frame: pd.DataFrame, room: Room) -> pd.DataFrame:
    return with_days(frame, room, day="sent_at")


FEED = Feed(
    "invitations",
    112,
    invitation,
    contract(invitation, outcome=one_of(*OUTCOMES)),
    fact="sent_at",
    defaults={"outcome": "unknown"},
    derived=("day",),
    derive=_derive,
)
