"""Who left in a month, and how many of them were back within 90, 180 and 365 days."""

import pandas as pd
from sqlalchemy import Connection

from wallboard.loaders.counting.calendar import month_of
from wallboard.loaders.counting.declared import Fact
from wallboard.loaders.counting.events import read_events
from wallboard.loaders.counting.portions import Portion, by_customers, nothing
from wallboard.loaders.counting.purchases import WHO
from wallboard.settings import Room
from wallboard.store.schema import customer_alias, customer_event, winback_month
from wallboard.store.write import insert_rows

DAYS = (90, 180, 365)
_CELL = ["month", "perimeter", "customer_group"]


def _count(connection: Connection, _room: Room, portion: Portion[None]) -> None:
    total = portion.total(returns(read_events(connection, "lost", "won back", of=portion.customers)), _CELL)
    if total is not None:
        insert_rows(connection, winback_month, total)


def returns(events: pd.DataFrame) -> pd.DataFrame:
    """The rows of winback_month from events 'lost' and 'won back'; every departure counts, also a second one."""
    if events.empty:
        return pd.DataFrame()
    ordered = events.sort_values([*WHO, "day"], kind="stable", ignore_index=True)
    after = ordered.shift(-1)
    same = (after["customer"] == ordered["customer"]) & (after["perimeter"] == ordered["perimeter"])
    gap = (after["day"] - ordered["day"]).dt.days.where(same & (after["kind"] == "won back"))
    within = {f"within_{days}": (gap <= days).astype("int64") for days in DAYS}
    month = month_of(ordered["day"])
    departures = ordered.assign(month=month, lost=1, **within)[ordered["kind"] == "lost"]
    sums = departures.groupby(_CELL, as_index=False)[["lost", *within]].sum()
    return sums.astype({"perimeter": "str", "customer_group": "str"})


FACT = Fact(
    reads=(customer_event, customer_alias),
    writes=(winback_month,),
    version=1,
    grain=by_customers(customer_event.c.customer, lambda change: change.moved(customer_event), nothing),
    count=_count,
)
