"""Changes of status of tickets at the helpdesk: the log of events behind flow, ageing and cycle time."""

import pandas as pd

from wallboard.loaders.feed import Feed, contract, one_of, rule
from wallboard.loaders.places import with_days
from wallboard.settings import Room
from wallboard.store.schema import ticket_event
from wallboard.store.schema.flow import OPEN, STATUSES


def _derive(frame: pd.DataFrame, room: Room) -> pd.DataFrame:
    return with_days(frame, room, day="at", opened_day="opened_at")


FEED = Feed(
    "ticket_events",
    105,
    ticket_event,
    contract(
        ticket_event,
        rule(
            lambda f: f["opened_at"].isna() | (f["at"] >= f["opened_at"]) | f["status"].isin(OPEN),
            "solved before it was opened: at lies before opened_at",
            "Correct one of the times",
        ),
        status=one_of(*STATUSES),
    ),
    fact="at",
    spans=(("opened_at", "at"),),
    derived=("day", "opened_day"),
    derive=_derive,
    placed=True,
)
