"""The ledger: when each customer came, left, came back, moved and changed in value."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import pandas as pd
from sqlalchemy import Connection, delete, select, true

from wallboard.loaders.counting.aliases import aliases, everybody_of, merged, numbers_in
from wallboard.loaders.counting.changes import ledger_moved
from wallboard.loaders.counting.days import dates
from wallboard.loaders.counting.declared import EVERYTHING, Change, Days, Everything, Fact, Grain
from wallboard.loaders.counting.groups import group_steps
from wallboard.loaders.counting.leavers import undated
from wallboard.loaders.counting.ledger import from_contracts, from_orders
from wallboard.loaders.counting.money import in_room_money
from wallboard.loaders.counting.movements import with_groups
from wallboard.loaders.counting.purchases import MANY, brought, purchase_days, real
from wallboard.settings import Room
from wallboard.store.portions import in_portions
from wallboard.store.schema import contract, customer, customer_alias, customer_event, exchange_rate, membership, purchase
from wallboard.store.write import insert_rows, read_frame

_E = customer_event.c


class Customers(NamedTuple):
    """Some customers (all for None), by any of their numbers; `lines` are all purchases where a load has brought them."""

    numbers: list[str] | None
    lines: pd.DataFrame | None = None


def _touched(change: Change) -> Customers | Everything | None:
    if not ledger_moved(change.written, change.room):
        return None
    if change.table is exchange_rate:
        return EVERYTHING
    lines = brought(change)
    every = change.written.first and change.table in (contract, purchase)
    numbers = None if every else sorted(numbers_in(change.written))
    if numbers is not None and len(numbers) > MANY:
        return EVERYTHING
    return Customers(numbers, lines)


def _batches(connection: Connection, room: Room) -> Iterator[Customers]:
    """Everybody by name, so many at a time."""
    table = contract if room.settings.customers.rule == "contracts" else purchase
    chosen = select(table.c.customer).distinct().order_by(table.c.customer).limit(MANY)
    numbers = connection.scalars(chosen).all()
    while numbers:
        yield Customers(list(numbers))
        numbers = connection.scalars(chosen.where(table.c.customer > numbers[-1])).all()


def _count(connection: Connection, room: Room, part: Customers) -> Days:
    """Make the events of some customers again; gives the days on which one stood or stands."""
    touched = None if part.numbers is None else everybody_of(connection, part.numbers)
    days = _forget(connection, touched)
    rule = room.settings.customers.rule
    if rule == "contracts":
        events = from_contracts(_contracts(connection, touched, room))
    else:
        events = from_orders(purchase_days(connection, part.lines, touched, room), room.settings.customers.lapse_days)
    events = with_groups(events, group_steps(connection, touched))
    insert_rows(connection, customer_event, events, {"rule": rule})
    return frozenset(days | dates(events["day"].drop_duplicates()))


def _forget(connection: Connection, touched: list[str] | None) -> set[date]:
    whose = [true()] if touched is None else [_E.customer.in_(some) for some in in_portions(touched)]
    days = {day for who in whose for day in connection.scalars(select(_E.day).distinct().where(who))}
    for who in whose:
        connection.execute(delete(customer_event).where(who))
    return days


def _contracts(connection: Connection, touched: list[str] | None, room: Room) -> pd.DataFrame:
    c = contract.c
    value = in_room_money(connection, room, c.annual_value, c.currency).label("value")
    reasons = (c.reason, c.reason_source, c.reason_words, c.joined_reason, c.joined_reason_source, c.joined_reason_words)
    chosen = select(c.customer, c.perimeter, c.started_on, c.ended_on, value, *reasons).where(real(c.customer), ~undated())
    parts = [chosen] if touched is None else [chosen.where(c.customer.in_(some)) for some in in_portions(touched)]
    contracts = pd.concat([read_frame(connection, part) for part in parts])
    return contracts.assign(customer=merged(contracts["customer"], aliases(connection)))


FACT = Fact(
    reads=(contract, purchase, customer, customer_alias, membership, exchange_rate),
    writes=(customer_event,),
    version=2,
    grain=Grain("customers", _touched, _batches),
    count=_count,
    rules=lambda settings: (settings.customers.rule, settings.customers.lapse_days, settings.currency),
)
