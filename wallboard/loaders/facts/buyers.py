"""Who bought, by month: distinct customers, orders, value, and how many were never seen before."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import pandas as pd
from sqlalchemy import Connection, case, delete, func, or_, select

from wallboard.calendar import last_of
from wallboard.loaders.counting.aliases import aliases, everybody_of, merged, numbers_in
from wallboard.loaders.counting.calendar import month_of
from wallboard.loaders.counting.declared import EVERYTHING, Change, Everything, Fact, Grain
from wallboard.loaders.counting.grains import distinct
from wallboard.loaders.counting.money import in_room_money
from wallboard.loaders.counting.purchases import MANY, WHO, brought, real
from wallboard.settings import Room
from wallboard.store.portions import in_portions
from wallboard.store.schema import buyer_month, customer, customer_alias, exchange_rate, purchase
from wallboard.store.write import insert_rows, read_frame

_P = purchase.c


MONTHS_AT_ONCE = 12


class Months(NamedTuple):
    """Months by their first days; or `lines`, all purchases where a load has brought them."""

    months: list[date]
    lines: pd.DataFrame | None = None


def _touched(change: Change) -> Months | Everything | None:
    """The months that may be counted otherwise now, those of a customer whose first purchase may be another one among them.

    Another rate moves every amount.
    """
    lines = brought(change)
    if lines is not None:
        return Months([], lines)
    connection, written = change.connection, change.written
    if change.table is exchange_rate:
        return EVERYTHING
    if change.table is customer and not written.touched("test_account").any():
        return None
    touched = numbers_in(written)
    if len(touched) > MANY:
        return EVERYTHING
    months: set[date] = set()
    if change.table is purchase:
        days = written.touched_rows([*WHO, "day"])
        months = {day.date().replace(day=1) for day in days["day"].drop_duplicates()}
        touched = _moved_firsts(connection, days)
    for some in in_portions(everybody_of(connection, touched)):
        theirs = connection.scalars(select(_P.day).distinct().where(_P.customer.in_(some)))
        months |= {day.replace(day=1) for day in theirs}
    return Months(sorted(months)) if months else None


def _batches(connection: Connection, _room: Room) -> Iterator[Months]:
    months = dict.fromkeys(day.replace(day=1) for day in distinct(connection, _P.day))
    return (Months(list(some)) for some in in_portions(months, MONTHS_AT_ONCE))


def _count(connection: Connection, room: Room, part: Months) -> None:
    if part.lines is not None:
        first = part.lines.groupby(WHO, observed=True, as_index=False)[["day"]].min()
        insert_rows(connection, buyer_month, _counted(part.lines, first))
        return
    counted = _counted(_lines(connection, part.months, room), _firsts(connection, part.months))
    connection.execute(delete(buyer_month).where(buyer_month.c.month.in_(part.months)))
    insert_rows(connection, buyer_month, counted[counted["month"].isin(pd.to_datetime(pd.Series(part.months)))])


def _moved_firsts(connection: Connection, days: pd.DataFrame) -> set[str]:
    """Customers (today's numbers) among whose touched purchase days the first one of all is, or was."""
    known = aliases(connection)
    earliest = days.assign(customer=merged(days["customer"], known)).groupby("customer")["day"].min()
    firsts: dict[str, date] = {}
    for some in in_portions(everybody_of(connection, earliest.index)):
        first = select(_P.customer, func.min(_P.day)).where(_P.customer.in_(some)).group_by(_P.customer)
        for number, day in connection.execute(first):
            who = known.get(number, number)
            firsts[who] = min(day, firsts.get(who, day))
    return {str(who) for who, day in earliest.items() if who not in firsts or day <= pd.Timestamp(firsts[str(who)])}


def _lines(connection: Connection, months: list[date], room: Room) -> pd.DataFrame:
    """Orders by customer and day, of some months."""
    amount = in_room_money(connection, room, _P.amount, _P.currency)
    by = (_P.customer, _P.perimeter, _P.day, _P.order_key)
    whole = case((func.count(amount) == func.count(), func.sum(amount)))
    chosen = select(*by, whole.label("value")).where(real(_P.customer)).group_by(*by)
    chosen = chosen.where(or_(*(_P.day.between(month, last_of(month)) for month in months)))
    lines = read_frame(connection, chosen)
    return lines.assign(customer=merged(lines["customer"], aliases(connection)))


def _firsts(connection: Connection, months: list[date]) -> pd.DataFrame:
    """The first days of customers who came between the first and the last of these months, and of all who were merged."""
    by, first, a = (_P.customer, _P.perimeter), func.min(_P.day), customer_alias.c
    there = first.between(months[0], last_of(months[-1]))
    of_several = or_(*(_P.customer.in_(select(number)) for number in (a.alias, a.customer)))
    chosen = select(*by, first.label("day")).where(real(_P.customer)).group_by(*by).having(or_(there, of_several))
    purchases = read_frame(connection, chosen)
    purchases = purchases.assign(customer=merged(purchases["customer"], aliases(connection)))
    return purchases.groupby(WHO, observed=True, as_index=False)[["day"]].min()


def _counted(lines: pd.DataFrame, first: pd.DataFrame) -> pd.DataFrame:
    """The fact's rows from purchases and from everyone's first day; both may be of any grain that is fine enough.

    A missing value is unknown, and with it that of its order in that month.
    """
    by = ["month", "perimeter"]
    lines = lines.assign(month=month_of(lines["day"]), unknown=lines["value"].isna())
    unsure = lines.groupby(["month", "order_key"], observed=True)["unknown"].transform("any")
    unpriced, value = lines["order_key"].where(unsure), lines["value"].mask(unsure)
    months = lines.assign(value=value, unpriced=unpriced).groupby(by, observed=True)
    counted = months.agg(
        customers=("customer", "nunique"),
        orders=("order_key", "nunique"),
        value=("value", "sum"),
        value_unknown=("unpriced", "nunique"),
        first_day=("day", "min"),
        last_day=("day", "max"),
    )
    counted["first_seen"] = first.assign(month=month_of(first["day"])).groupby(by, observed=True)["customer"].count()
    done = counted.fillna({"first_seen": 0}).astype({"first_seen": "int64"}).reset_index()
    return done.astype({"perimeter": "str"})


FACT = Fact(
    reads=(purchase, customer, customer_alias, exchange_rate),
    writes=(buyer_month,),
    version=1,
    grain=Grain("months", _touched, _batches),
    count=_count,
    rules=lambda settings: settings.currency,
)
