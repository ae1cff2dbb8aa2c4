"""Tickets of a helpdesk in the facts, as a load would have counted them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

import pandas as pd
from sqlalchemy import Connection

from wallboard.loaders.counting.lives import EVENT, lives
from wallboard.loaders.facts.tickets import add

Change = tuple[str, str, date]
"""Ticket, the status it comes to, and the day."""


def frame(changes: Iterable[Change], perimeter: str = "north", opened: date | None = None) -> pd.DataFrame:
    rows = [
        (ticket, status, datetime(day.year, day.month, day.day, 9, tzinfo=UTC), day, n, opened, opened, perimeter)
        for n, (ticket, status, day) in enumerate(changes)
    ]
    events = pd.DataFrame(rows, columns=EVENT)
    instants = {name: pd.to_datetime(events[name], utc=True).astype("datetime64[us, UTC]") for name in ("at", "opened_at")}
    days = {name: pd.to_datetime(events[name]).astype("datetime64[us]") for name in ("day", "opened_day")}
    return events.assign(**instants, **days, seq=events["seq"].astype("Int64"))


def changes(connection: Connection, *rows: Change, perimeter: str = "north", opened: date | None = None) -> None:
    """Changes of status of tickets that the store does not know yet."""
    add(connection, lives(frame(rows, perimeter, opened)))


def solved(connection: Connection, day: date, *days: int, perimeter: str = "north", name: str = "done") -> None:
    """One ticket for each number of days, solved on one day after so many."""
    rows = []
    for n, long in enumerate(days):
        began = date.fromordinal(day.toordinal() - long + 1)
        rows += [(f"{name}-{n}-{day}", "new", began), (f"{name}-{n}-{day}", "solved", day)]
    changes(connection, *rows, perimeter=perimeter)
