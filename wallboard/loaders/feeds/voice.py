"""What customers said: tickets, reviews, complaints, relayed remarks."""

import pandas as pd
from sqlalchemy import case, func

from wallboard.loaders.feed import Feed, contract, rule
from wallboard.loaders.places import with_days
from wallboard.settings import Room
from wallboard.store.schema import voice


def _derive(frame: pd.DataFrame, room: Room) -> pd.DataFrame:
    return with_days(frame, room, day="occurred_at", solved_day="solved_at")


FEED = Feed(
    "voice",
    100,
    voice,
    contract(
        voice,
        rule(
            lambda f: f["solved_at"].isna() | (f["solved_at"] >= f["occurred_at"]),
            "solved before it was heard: solved_at lies before occurred_at",
            "Correct one of the times",
        ),
    ),
    fact="occurred_at",
    spans=(("occurred_at", "solved_at"),),
    part=case((voice.c.complaint, "complaint:"), else_="other:") + func.coalesce(voice.c.issue_type, ""),
    defaults={"complaint": False, "channel": lambda frame, source: source},
    derived=("day", "solved_day"),
    derive=_derive,
    placed=True,
)
