"""Customers active at each month's end and their value, without the ledger: what it is checked against."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import pandas as pd
from sqlalchemy import Connection, delete, func, select

from wallboard.calendar import last_of
from wallboard.loaders.counting.changes import first_written, ledger_moved
from wallboard.loaders.counting.declared import Change, Fact, Grain
from wallboard.loaders.counting.groups import group_steps
from wallboard.loaders.counting.portions import Customers, Portion, by_customers, nothing
from wallboard.loaders.counting.purchases import brought, purchase_days
from wallboard.loaders.counting.stays import TURN, active_by_month, contract_stays, purchase_stays, table_of, turns_by_month
from wallboard.settings import Room
from wallboard.store.schema import (
    contract,
    customer,
    customer_alias,
    customer_month,
    exchange_rate,
    membership,
    purchase,
)
from wallboard.store.write import insert_rows

_M = customer_month.c


class Since(NamedTuple):
    """The months from that of `day` on (all for None); `bought` are all purchase days where a load has brought them."""

    day: date | None = None
    bought: pd.DataFrame | None = None


def _batches(connection: Connection, room: Room) -> Iterator[Portion[None]]:
    """By customers of whichever the room counts by."""
    source = contract if room.settings.customers.rule == "contracts" else purchase
    return iter(by_customers(source.c.customer, lambda _change: True, nothing).batches(connection, room))


def _touched(change: Change) -> Since | None:
    if not ledger_moved(change.written, change.room):
        return None
    lines = brought(change)
    if lines is not None:
        return Since(None, purchase_days(change.connection, lines, None, change.room))
    return Since(first_written(change.written))


def _count(connection: Connection, room: Room, part: Since | Portion[None]) -> None:
    if isinstance(part, Portion):
        of = part.customers
        turns = part.total(turns_by_month(_stays(connection, room, of=of), group_steps(connection, of)), TURN)
        if turns is not None:
            insert_rows(connection, customer_month, table_of(turns))
        return
    since = part.day
    if since is not None:
        newest = connection.scalar(select(func.max(_M.month)))
        since = None if newest is None else min(since, last_of(newest) + timedelta(days=1)).replace(day=1)
    stays = _stays(connection, room, since, part.bought)
    connection.execute(delete(customer_month) if since is None else delete(customer_month).where(_M.month >= since))
    insert_rows(connection, customer_month, active_by_month(stays, group_steps(connection, None), since))


def _stays(
    connection: Connection,
    room: Room,
    since: date | None = None,
    bought: pd.DataFrame | None = None,
    of: Customers | None = None,
) -> pd.DataFrame:
    if room.settings.customers.rule == "contracts":
        return contract_stays(connection, room, since, of)
    return purchase_stays(connection, room, since, bought, of)


FACT = Fact(
    reads=(contract, purchase, customer, customer_alias, membership, exchange_rate),
    writes=(customer_month,),
    version=2,
    grain=Grain[Since | Portion[None]]("months from one on, or portions of the customers", _touched, _batches),
    count=_count,
    rules=lambda settings: (settings.customers.rule, settings.customers.lapse_days, settings.currency),
)
