"""Customers active at each month's end and their value, without the ledger: what it is checked against."""

from datetime import date, timedelta
from typing import NamedTuple

import pandas as pd
from sqlalchemy import Connection, delete, func, select

from wallboard.loaders.counting.calendar import last_day
from wallboard.loaders.counting.changes import first_written, ledger_moved
from wallboard.loaders.counting.declared import Change, Fact, Grain
from wallboard.loaders.counting.groups import group_steps
from wallboard.loaders.counting.purchases import brought, purchase_days
from wallboard.loaders.counting.stays import active_by_month, contract_stays, purchase_stays
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


def _touched(change: Change) -> Since | None:
    if not ledger_moved(change.written, change.room):
        return None
    lines = brought(change)
    if lines is not None:
        return Since(None, purchase_days(change.connection, lines, None, change.room))
    return Since(first_written(change.written))


def _count(connection: Connection, room: Room, part: Since) -> None:
    since = part.day
    if since is not None:
        newest = connection.scalar(select(func.max(_M.month)))
        since = None if newest is None else min(since, last_day(newest) + timedelta(days=1)).replace(day=1)
    if room.settings.customers.rule == "contracts":
        stays = contract_stays(connection, room, since)
    else:
        stays = purchase_stays(connection, room, since, part.bought)
    connection.execute(delete(customer_month) if since is None else delete(customer_month).where(_M.month >= since))
    insert_rows(connection, customer_month, active_by_month(stays, group_steps(connection, None), since))


FACT = Fact(
    reads=(contract, purchase, customer, customer_alias, membership, exchange_rate),
    writes=(customer_month,),
    version=1,
    grain=Grain("months from one on", _touched, lambda _connection, _room: [Since()]),
    count=_count,
    rules=lambda settings: (settings.customers.rule, settings.customers.lapse_days, settings.currency),
)
