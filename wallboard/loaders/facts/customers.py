"""The customer ledger in the store: events of touched customers, and their counts by day."""

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select, case, delete, func, insert, select, true

from wallboard.loaders.facts.days import Within, dates, recount
from wallboard.loaders.facts.months import count_months
from wallboard.loaders.facts.purchases import MANY, brought, purchase_days, real, slices
from wallboard.loaders.feed import Facts
from wallboard.loaders.ledger import from_contracts, from_orders
from wallboard.settings import Room
from wallboard.store.schema import (
    contract,
    customer,
    customer_day,
    customer_event,
    customer_month,
    lost_day,
    purchase,
    store_mark,
)
from wallboard.store.write import Written, insert_rows, read_frame

TABLES = (customer_event, customer_day, lost_day, customer_month)
_MARK = "customers.rule"


def _refresh(connection: Connection, written: Written, room: Room) -> None:
    counted = contract if room.settings.customers.rule == "contracts" else purchase
    if written.table.name == counted.name:
        since = None if written.first else _earliest(written)
        _recount(connection, sorted(written.touched("customer")), room, brought(connection, written, room), since)
    elif written.table.name == customer.name and written.touched("test_account").any():
        _recount(connection, sorted(written.touched("customer")), room, None)


def follow_rule(connection: Connection, room: Room) -> bool:
    """Count every customer again where room.toml now has another rule than the events were made by; True if it did."""
    rule = f"{room.settings.customers.rule} {room.settings.customers.lapse_days} {room.settings.currency}"
    made_by = connection.scalar(select(store_mark.c.value).where(store_mark.c.mark == _MARK))
    if made_by == rule:
        return False
    connection.execute(delete(store_mark).where(store_mark.c.mark == _MARK))
    connection.execute(insert(store_mark).values(mark=_MARK, value=rule))
    if made_by is None:
        return False
    _recount(connection, None, room, None)
    return True


def _earliest(written: Written) -> date:
    """The first day on which a touched contract or purchase can make a customer active."""
    earliest: date = written.touched("started_on" if written.table.name == contract.name else "day").min().date()
    return earliest


def _recount(
    connection: Connection, touched: list[str] | None, room: Room, lines: pd.DataFrame | None, since: date | None = None
) -> None:
    """Make the events of touched customers (all for None) again, and the counts of every day on which one stood or stands.

    Nobody was touched by anything before `since`.
    """
    everybody = None
    if lines is not None or (touched is not None and len(touched) > MANY):
        touched = None
    days = _forget(connection, touched)
    rule = room.settings.customers.rule
    if rule == "contracts":
        events = from_contracts(_contracts(connection, touched, room))
    else:
        bought = purchase_days(connection, lines, touched, room)
        everybody = bought if touched is None else None
        events = from_orders(bought, room.settings.customers.lapse_days)
    insert_rows(connection, customer_event, events, {"rule": rule})
    days |= dates(events["day"].drop_duplicates())
    recount(connection, customer_day, days, _counted)
    recount(connection, lost_day, days, _lost)
    count_months(connection, room, since, everybody)


def _forget(connection: Connection, touched: list[str] | None) -> set[date]:
    e = customer_event.c
    whose = [true()] if touched is None else [e.customer.in_(some) for some in slices(touched)]
    days = {day for who in whose for day in connection.scalars(select(e.day).distinct().where(who))}
    for who in whose:
        connection.execute(delete(customer_event).where(who))
    return days


def _contracts(connection: Connection, touched: list[str] | None, room: Room) -> pd.DataFrame:
    c = contract.c
    value = case((c.currency == room.settings.currency, c.annual_value)).label("value")
    said = (c.reason, c.reason_source, c.reason_words)
    chosen = select(c.customer, c.perimeter, c.started_on, c.ended_on, value, *said).where(real(c.customer))
    if touched is None:
        return read_frame(connection, chosen)
    return pd.concat([read_frame(connection, chosen.where(c.customer.in_(some))) for some in slices(touched)])


def _counted(within: Within) -> Select[Any]:
    e = customer_event.c
    by = (e.day, e.perimeter, e.kind)
    unknown = func.sum(case((e.value.is_(None), 1), else_=0)).label("value_unknown")
    sums = (func.count().label("customers"), func.coalesce(func.sum(e.value), 0.0).label("value"), unknown)
    return select(*by, *sums).where(within(e.day)).group_by(*by)


def _lost(within: Within) -> Select[Any]:
    e = customer_event.c
    by = (e.day, e.perimeter, e.reason, e.reason_source)
    sums = (func.count().label("customers"), func.coalesce(func.sum(e.value), 0.0).label("value"))
    return select(*by, *sums).where(e.kind == "lost", within(e.day)).group_by(*by)


CUSTOMERS = Facts(TABLES, _refresh)
