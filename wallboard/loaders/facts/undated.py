"""Customers who have left on a day that nobody wrote down: counted by the day on which they came, and in no month's flow."""

import pandas as pd
from sqlalchemy import Connection, select

from wallboard.loaders.counting.aliases import aliases, merged
from wallboard.loaders.counting.changes import ledger_moved
from wallboard.loaders.counting.declared import Fact
from wallboard.loaders.counting.groups import group_on, group_steps
from wallboard.loaders.counting.leavers import undated
from wallboard.loaders.counting.money import in_room_money
from wallboard.loaders.counting.portions import Customers, Portion, by_customers, nothing
from wallboard.loaders.counting.purchases import WHO, real
from wallboard.settings import Room
from wallboard.store.schema import contract, customer, customer_alias, exchange_rate, membership, undated_loss
from wallboard.store.write import insert_rows, read_frame

_C = contract.c
_NEVER = pd.Timestamp(9999, 12, 31)
_CELL = ["day", "perimeter", "customer_group"]


def _count(connection: Connection, room: Room, portion: Portion[None]) -> None:
    if room.settings.customers.rule != "contracts":
        return
    total = portion.total(_counted(connection, room, portion.customers), _CELL)
    if total is not None:
        insert_rows(connection, undated_loss, total)


def _counted(connection: Connection, room: Room, of: Customers) -> pd.DataFrame:
    value = in_room_money(connection, room, _C.annual_value, _C.currency).label("value")
    columns = (_C.customer, _C.perimeter, _C.started_on, _C.ended_on, value)
    known, chosen = aliases(connection), select(*columns).where(real(_C.customer), of.are(_C.customer))
    gone, others = (read_frame(connection, chosen.where(which)) for which in (undated(), ~undated()))
    gone, others = (frame.assign(customer=merged(frame["customer"], known)) for frame in (gone, others))
    rows = gone if gone.empty else undated_losses(gone, others)
    if rows.empty:
        return pd.DataFrame()
    groups = group_on(rows["customer"], rows["day"], group_steps(connection, rows["customer"]))
    sums = rows.assign(customer_group=groups, customers=1).groupby(_CELL, as_index=False)
    return sums[["customers", "value", "value_unknown"]].sum()


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
    losses = by.agg(day=("started_on", "min"), value=("value", "sum"), value_unknown=("value_unknown", "max"))
    return losses.assign(value=losses["value"].where(losses["value_unknown"] == 0, 0.0))


FACT = Fact(
    reads=(contract, customer, customer_alias, membership, exchange_rate),
    writes=(undated_loss,),
    version=2,
    grain=by_customers(_C.customer, lambda change: ledger_moved(change.written, change.room), nothing),
    count=_count,
    rules=lambda settings: (settings.customers.rule, settings.currency),
)
