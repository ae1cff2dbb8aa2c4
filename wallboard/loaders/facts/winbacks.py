"""Who left in a month, and how many of them were back within 90, 180 and 365 days."""

import pandas as pd
from sqlalchemy import Connection, delete

from wallboard.loaders.facts.changes import ledger_moved
from wallboard.loaders.facts.purchases import WHO
from wallboard.loaders.facts.retention import read_events
from wallboard.loaders.feed import Facts
from wallboard.settings import Room
from wallboard.store.schema import winback_month
from wallboard.store.write import Written, insert_rows

DAYS = (90, 180, 365)


def _refresh(connection: Connection, written: Written, room: Room) -> None:
    if ledger_moved(written, room):
        count_winbacks(connection)


def count_winbacks(connection: Connection) -> None:
    """Count every month of leaving again, from the ledger."""
    connection.execute(delete(winback_month))
    insert_rows(connection, winback_month, returns(read_events(connection, "lost", "won back")))


def returns(events: pd.DataFrame) -> pd.DataFrame:
    """The rows of winback_month from events 'lost' and 'won back'; every departure counts, also a second one."""
    if events.empty:
        return pd.DataFrame()
    ordered = events.sort_values([*WHO, "day"], kind="stable", ignore_index=True)
    after = ordered.shift(-1)
    same = (after["customer"] == ordered["customer"]) & (after["perimeter"] == ordered["perimeter"])
    gap = (after["day"] - ordered["day"]).dt.days.where(same & (after["kind"] == "won back"))
    within = {f"within_{days}": (gap <= days).astype("int64") for days in DAYS}
    month = ordered["day"].to_numpy(dtype="datetime64[M]").astype("datetime64[us]")
    departures = ordered.assign(month=month, lost=1, **within)[ordered["kind"] == "lost"]
    sums = departures.groupby(["month", "perimeter", "customer_group"], as_index=False)[["lost", *within]].sum()
    return sums.astype({"perimeter": "str", "customer_group": "str"})


WINBACKS = Facts((winback_month,), _refresh)
