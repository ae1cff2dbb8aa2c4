"""Who bought, by month: distinct customers, orders, value, and how many were never seen before."""

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, case, delete, func, or_, select

from wallboard.loaders.facts.aliases import aliases, everybody_of, merged, numbers_in
from wallboard.loaders.facts.money import in_room_money
from wallboard.loaders.facts.purchases import MANY, WHO, brought, real, slices
from wallboard.loaders.feed import Facts
from wallboard.settings import Room
from wallboard.store.schema import buyer_month, customer, exchange_rate, purchase
from wallboard.store.write import Written, insert_rows, read_frame

_P = purchase.c


def _refresh(connection: Connection, written: Written, room: Room) -> None:
    lines = brought(connection, written, room)
    if lines is not None:
        insert_rows(connection, buyer_month, _counted(lines, lines.groupby(WHO, observed=True, as_index=False)[["day"]].min()))
        return
    months = _touched_months(connection, written)
    if months == []:
        return
    counted = _counted(_lines(connection, months, room), _firsts(connection))
    removed = delete(buyer_month)
    if months is not None:
        removed = removed.where(buyer_month.c.month.in_(months))
        counted = counted[counted["month"].isin(pd.to_datetime(pd.Series(months)))]
    connection.execute(removed)
    insert_rows(connection, buyer_month, counted)


def _touched_months(connection: Connection, written: Written) -> list[date] | None:
    """The months that may be counted otherwise now, those of a customer whose first purchase may be another one among them.

    None for all: another rate moves every amount.
    """
    if written.table.name == exchange_rate.name:
        return None
    if written.table.name == customer.name and not written.touched("test_account").any():
        return []
    touched = numbers_in(written)
    if len(touched) > MANY:
        return None
    months: set[date] = set()
    if written.table.name == purchase.name:
        days = written.touched_rows([*WHO, "day"])
        months = {one.date().replace(day=1) for one in days["day"].drop_duplicates()}
        touched = _moved_firsts(connection, days)
    for some in slices(everybody_of(connection, touched)):
        theirs = connection.scalars(select(_P.day).distinct().where(_P.customer.in_(some)))
        months |= {day.replace(day=1) for day in theirs}
    return sorted(months)


def _moved_firsts(connection: Connection, days: pd.DataFrame) -> set[str]:
    """Customers (today's numbers) among whose touched purchase days the first one of all is, or was."""
    known = aliases(connection)
    earliest = days.assign(customer=merged(days["customer"], known)).groupby("customer")["day"].min()
    firsts: dict[str, date] = {}
    for some in slices(everybody_of(connection, earliest.index)):
        first = select(_P.customer, func.min(_P.day)).where(_P.customer.in_(some)).group_by(_P.customer)
        for number, day in connection.execute(first):
            who = known.get(number, number)
            firsts[who] = min(day, firsts.get(who, day))
    return {str(who) for who, day in earliest.items() if who not in firsts or day <= pd.Timestamp(firsts[str(who)])}


def _lines(connection: Connection, months: list[date] | None, room: Room) -> pd.DataFrame:
    """Orders by customer and day, of some months or of all."""
    amount = in_room_money(connection, room, _P.amount, _P.currency)
    by = (_P.customer, _P.perimeter, _P.day, _P.order_key)
    whole = case((func.count(amount) == func.count(), func.sum(amount)))
    chosen = select(*by, whole.label("value")).where(real(_P.customer)).group_by(*by)
    if months is not None:
        chosen = chosen.where(or_(*(_P.day.between(month, _last(month)) for month in months)))
    found = read_frame(connection, chosen)
    return found.assign(customer=merged(found["customer"], aliases(connection)))


def _firsts(connection: Connection) -> pd.DataFrame:
    by = (_P.customer, _P.perimeter)
    first = read_frame(connection, select(*by, func.min(_P.day).label("day")).where(real(_P.customer)).group_by(*by))
    first = first.assign(customer=merged(first["customer"], aliases(connection)))
    return first.groupby(WHO, observed=True, as_index=False)[["day"]].min()


def _last(month: date) -> date:
    return (pd.Timestamp(month) + pd.offsets.MonthEnd(0)).date()


def _counted(lines: pd.DataFrame, first: pd.DataFrame) -> pd.DataFrame:
    """The fact's rows from purchases and from everyone's first day; both may be of any grain that is fine enough.

    A missing value is unknown, and with it that of its order.
    """
    by = ["month", "perimeter"]
    unsure = lines["order_key"].isin(lines.loc[lines["value"].isna(), "order_key"])
    unpriced, value = lines["order_key"].where(unsure), lines["value"].mask(unsure)
    months = lines.assign(month=_month(lines["day"]), value=value, unpriced=unpriced).groupby(by, observed=True)
    counted = months.agg(
        customers=("customer", "nunique"),
        orders=("order_key", "nunique"),
        value=("value", "sum"),
        value_unknown=("unpriced", "nunique"),
        first_day=("day", "min"),
        last_day=("day", "max"),
    )
    counted["first_seen"] = first.assign(month=_month(first["day"])).groupby(by, observed=True)["customer"].count()
    done = counted.fillna({"first_seen": 0}).astype({"first_seen": "int64"}).reset_index()
    return done.astype({"perimeter": "str"})


def _month(days: Any) -> Any:
    return days.dt.to_period("M").dt.to_timestamp().astype("datetime64[us]")


BUYERS = Facts((buyer_month,), _refresh)
