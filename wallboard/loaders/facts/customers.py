"""The customer ledger in the store: events of touched customers, and their counts by day and by month."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Integer, Select, case, cast, delete, func, insert, literal_column, select, true

from wallboard.loaders.facts.aliases import aliases, everybody_of, merged, numbers_in
from wallboard.loaders.facts.changes import ledger_moved
from wallboard.loaders.facts.days import Within, dates, recount
from wallboard.loaders.facts.groups import group_steps
from wallboard.loaders.facts.leavers import undated
from wallboard.loaders.facts.money import in_room_money
from wallboard.loaders.facts.months import count_months
from wallboard.loaders.facts.movements import with_groups
from wallboard.loaders.facts.purchases import MANY, brought, purchase_days, real, slices
from wallboard.loaders.feed import Facts
from wallboard.loaders.ledger import from_contracts, from_orders
from wallboard.settings import Room
from wallboard.store.schema import (
    contract,
    customer_day,
    customer_event,
    customer_month,
    customer_movement,
    exchange_rate,
    purchase,
    reason_day,
    store_mark,
)
from wallboard.store.write import Written, insert_rows, read_frame

TABLES = (customer_event, customer_day, reason_day, customer_movement, customer_month)
_MARK = "customers.rule"
_MADE_BY = 5
"""Raised when events or their counts are made in another way than before."""
_E = customer_event.c


def _refresh(connection: Connection, written: Written, room: Room) -> None:
    if not ledger_moved(written, room):
        return
    name = written.table.name
    if name in (contract.name, purchase.name):
        since = None if written.first else _earliest(written)
        _recount(connection, sorted(written.touched("customer")), room, brought(connection, written, room), since)
    elif name == exchange_rate.name:
        _recount(connection, None, room, None)
    else:
        _recount(connection, sorted(numbers_in(written)), room, None)


def follow_rule(connection: Connection, room: Room) -> bool:
    """Count every customer again where room.toml now has another rule than the events were made by; True if it did."""
    said, parts = room.settings.customers, (None, *room.settings.perimeter)
    leaves = sorted({",".join(room.settings.leaves(part)) for part in parts})
    rule = f"{said.rule} {said.lapse_days} {room.settings.currency} {_MADE_BY} {' '.join(leaves)}"
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
    if touched is not None:
        touched = everybody_of(connection, touched)
    days = _forget(connection, touched)
    rule = room.settings.customers.rule
    if rule == "contracts":
        events = from_contracts(_contracts(connection, touched, room))
    else:
        bought = purchase_days(connection, lines, touched, room)
        everybody = bought if touched is None else None
        events = from_orders(bought, room.settings.customers.lapse_days)
    events = with_groups(events, group_steps(connection, touched))
    insert_rows(connection, customer_event, events, {"rule": rule})
    count_events(connection, days | dates(events["day"].drop_duplicates()))
    count_months(connection, room, since, everybody)


def _forget(connection: Connection, touched: list[str] | None) -> set[date]:
    whose = [true()] if touched is None else [_E.customer.in_(some) for some in slices(touched)]
    days = {day for who in whose for day in connection.scalars(select(_E.day).distinct().where(who))}
    for who in whose:
        connection.execute(delete(customer_event).where(who))
    return days


def _contracts(connection: Connection, touched: list[str] | None, room: Room) -> pd.DataFrame:
    c = contract.c
    value = in_room_money(connection, room, c.annual_value, c.currency).label("value")
    said = (c.reason, c.reason_source, c.reason_words, c.joined_reason, c.joined_reason_source, c.joined_reason_words)
    chosen = select(c.customer, c.perimeter, c.started_on, c.ended_on, value, *said).where(real(c.customer), ~undated())
    parts = [chosen] if touched is None else [chosen.where(c.customer.in_(some)) for some in slices(touched)]
    found = pd.concat([read_frame(connection, one) for one in parts])
    return found.assign(customer=merged(found["customer"], aliases(connection)))


def count_events(connection: Connection, days: Iterable[date]) -> None:
    """Count the events of some days again, and those of the months in which they lie."""
    touched = set(days)
    recount(connection, customer_day, touched, _stayed, _moved_out)
    recount(connection, reason_day, touched, _reasons)
    months = {day.replace(day=1) for day in touched}
    recount(connection, customer_movement, months, _came_and_left, _changed, _revalued, _moved_in_month, _moved_out_month)


_UNKNOWN = func.sum(case((_E.value.is_(None), 1), else_=0)).label("value_unknown")
_SUMS = (func.count().label("customers"), func.coalesce(func.sum(_E.value), 0.0).label("value"))
_KIND = case((_E.kind == "moved", literal_column("'moved in'")), else_=_E.kind)


def _stayed(within: Within) -> Select[Any]:
    by = (_E.day, _E.perimeter, _E.customer_group)
    return select(*by, _KIND.label("kind"), *_SUMS, _UNKNOWN).where(within(_E.day)).group_by(*by, _E.kind)


def _moved_out(within: Within) -> Select[Any]:
    by = (_E.day, _E.perimeter, _E.from_group)
    return _out(*by).where(within(_E.day)).group_by(*by)


def _came_and_left(within: Within) -> Select[Any]:
    by = (_E.month, _E.perimeter, _E.customer_group, _E.kind)
    kinds = ("new", "won back", "lost")
    return select(*by, *_SUMS, _UNKNOWN).where(within(_E.month), _E.kind.in_(kinds)).group_by(*by)


def _moved_in_month(within: Within) -> Select[Any]:
    by = (_E.month, _E.perimeter, _E.customer_group)
    return select(*by, _named("moved in"), *_SUMS, _UNKNOWN).where(within(_E.month), _E.kind == "moved").group_by(*by)


def _moved_out_month(within: Within) -> Select[Any]:
    by = (_E.month, _E.perimeter, _E.from_group)
    return _out(*by).where(within(_E.month)).group_by(*by)


def _named(kind: str) -> ColumnElement[str]:
    written: ColumnElement[str] = literal_column(f"'{kind}'")
    return written.label("kind")


def _out(day: Any, perimeter: Any, group: Any) -> Select[Any]:
    chosen = select(day, perimeter, group.label("customer_group"), _named("moved out"), *_SUMS, _UNKNOWN)
    return chosen.where(_E.kind == "moved")


def _changed(within: Within) -> Select[Any]:
    """Each customer's changes of value in a month netted: who grew is an expansion, who shrank a contraction."""
    by = (_E.month, _E.perimeter, _E.customer_group)
    net = func.sum(_E.value).label("net")
    each = select(*by, _E.customer, net).where(within(_E.month), _E.kind == "changed").group_by(*by, _E.customer).subquery()
    grown = each.c.net > 0
    kind = case((grown, literal_column("'expansion'")), else_=literal_column("'contraction'")).label("kind")
    sums = (
        func.count().label("customers"),
        func.sum(func.abs(each.c.net)).label("value"),
        cast(literal_column("0"), Integer).label("value_unknown"),
    )
    columns = (each.c.month, each.c.perimeter, each.c.customer_group)
    return select(*columns, kind, *sums).where(each.c.net != 0).group_by(*columns, kind)


def _revalued(within: Within) -> Select[Any]:
    by = (_E.month, _E.perimeter, _E.customer_group)
    return select(*by, _named("revalued"), *_SUMS, _UNKNOWN).where(within(_E.month), _E.kind == "revalued").group_by(*by)


def _reasons(within: Within) -> Select[Any]:
    by = (_E.day, _E.perimeter, _E.kind, _E.reason, _E.reason_source)
    return select(*by, *_SUMS, _UNKNOWN).where(_E.kind.in_(("new", "won back", "lost")), within(_E.day)).group_by(*by)


CUSTOMERS = Facts(TABLES, _refresh)
