"""Customers who have left on a day that nobody wrote down: counted by the day on which they came, and in no month's flow."""

import pandas as pd
from sqlalchemy import Connection, delete, select

from wallboard.loaders.facts.aliases import aliases, merged
from wallboard.loaders.facts.changes import ledger_moved
from wallboard.loaders.facts.groups import group_on, group_steps
from wallboard.loaders.facts.leavers import undated
from wallboard.loaders.facts.money import in_room_money
from wallboard.loaders.facts.purchases import WHO, real
from wallboard.loaders.feed import Facts
from wallboard.settings import Room
from wallboard.store.schema import contract, undated_loss
from wallboard.store.write import Written, insert_rows, read_frame

_C = contract.c
_NEVER = pd.Timestamp(9999, 12, 31)
_CELL = ["day", "perimeter", "customer_group"]


def _refresh(connection: Connection, written: Written, room: Room) -> None:
    if room.settings.customers.rule != "contracts":
        connection.execute(delete(undated_loss))
    elif ledger_moved(written, room):
        count_undated(connection, room)


def count_undated(connection: Connection, room: Room) -> None:
    """Count everybody again whose leaving has no day, from the contracts."""
    connection.execute(delete(undated_loss))
    value = in_room_money(connection, room, _C.annual_value, _C.currency).label("value")
    columns = (_C.customer, _C.perimeter, _C.started_on, _C.ended_on, value)
    known = aliases(connection)
    gone, others = (read_frame(connection, select(*columns).where(real(_C.customer), which)) for which in (undated(), ~undated()))
    gone, others = (frame.assign(customer=merged(frame["customer"], known)) for frame in (gone, others))
    if gone.empty:
        return
    rows = undated_losses(gone, others)
    if len(rows):
        groups = group_on(rows["customer"], rows["day"], group_steps(connection, rows["customer"]))
        sums = rows.assign(customer_group=groups, customers=1).groupby(_CELL, as_index=False)
        insert_rows(connection, undated_loss, sums[["customers", "value", "value_unknown"]].sum())


def undated_losses(gone: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Who left on an unknown day (customer, perimeter, day of coming, value, value_unknown): one row per customer.

    A customer of unknown value is worth 0 here.

    Both are contracts (customer, perimeter, started_on, ended_on, value): those that `leavers.undated` finds, and the others. Who
    has another one that ends later, or not at all, has not left with this one.
    """
    running = others.assign(until=others["ended_on"].fillna(_NEVER)).groupby(WHO, as_index=False)["until"].max()
    both = gone.merge(running, on=WHO, how="left")
    left = both[both["until"].isna() | (both["until"] <= both["started_on"])]
    worth = left.assign(value_unknown=left["value"].isna().astype("int64"), value=left["value"].fillna(0.0))
    by = worth.groupby(WHO, as_index=False)
    found = by.agg(day=("started_on", "min"), value=("value", "sum"), value_unknown=("value_unknown", "max"))
    return found.assign(value=found["value"].where(found["value_unknown"] == 0, 0.0))


UNDATED = Facts((undated_loss,), _refresh)
