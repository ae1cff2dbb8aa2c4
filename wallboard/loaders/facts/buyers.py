"""Who bought, by month: distinct customers, orders, value, and how many were never seen before."""

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, delete, func, or_, select

from wallboard.loaders.facts.aliases import aliases, everybody_of, merged
from wallboard.loaders.facts.money import in_room_money
from wallboard.loaders.facts.purchases import MANY, WHO, brought, real, slices
from wallboard.loaders.feed import Facts
from wallboard.settings import Room
from wallboard.store.schema import buyer_month, customer, customer_alias, purchase
from wallboard.store.write import Written, insert_rows, read_frame

_P = purchase.c


def _refresh(connection: Connection, written: Written, room: Room) -> None:
    touched = sorted(written.touched("customer")) if _matters(written) else []
    if not touched:
        return
    if written.table.name == customer_alias.name:
        touched = everybody_of(connection, touched)
    lines = brought(connection, written, room)
    if lines is not None:
        insert_rows(connection, buyer_month, _counted(lines, lines.groupby(WHO, observed=True, as_index=False)[["day"]].min()))
        return
    months = None if len(touched) > MANY else _touched_months(connection, written, touched)
    if months == []:
        return
    counted = _counted(_lines(connection, months, room), _firsts(connection))
    removed = delete(buyer_month)
    if months is not None:
        removed = removed.where(buyer_month.c.month.in_(months))
        counted = counted[counted["month"].isin(pd.to_datetime(pd.Series(months)))]
    connection.execute(removed)
    insert_rows(connection, buyer_month, counted)


def _matters(written: Written) -> bool:
    """Of a customer only whether it is a test account matters here."""
    if written.table.name == customer.name:
        return bool(written.touched("test_account").any())
    return True


def _touched_months(connection: Connection, written: Written, touched: list[str]) -> list[date]:
    """The months of touched rows, and all months of customers whose first purchase may be another one now."""
    months: set[date] = set()
    if written.table.name == purchase.name:
        days = written.touched_rows([*WHO, "day"])
        months = {one.date().replace(day=1) for one in days["day"].drop_duplicates()}
        earliest = days.groupby("customer")["day"].min()
        touched = [who for who, now in _first_days(connection, touched) if pd.isna(now) or earliest[who] <= now]
    for some in slices(touched):
        theirs = connection.scalars(select(_P.day).distinct().where(_P.customer.in_(some)))
        months |= {day.replace(day=1) for day in theirs}
    return sorted(months)


def _first_days(connection: Connection, touched: list[str]) -> list[tuple[str, Any]]:
    known: dict[str, date] = {}
    for some in slices(touched):
        first = select(_P.customer, func.min(_P.day)).where(_P.customer.in_(some)).group_by(_P.customer)
        known |= {row[0]: row[1] for row in connection.execute(first)}
    return [(who, pd.Timestamp(known[who]) if who in known else pd.NaT) for who in touched]


def _lines(connection: Connection, months: list[date] | None, room: Room) -> pd.DataFrame:
    """Orders by customer and day, of some months or of all."""
    amount = in_room_money(connection, room, _P.amount, _P.currency)
    by = (_P.customer, _P.perimeter, _P.day, _P.order_key)
    chosen = select(*by, func.sum(amount).label("value")).where(real(_P.customer)).group_by(*by)
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
    """The fact's rows from purchases and from everyone's first day; both may be of any grain that is fine enough."""
    by = ["month", "perimeter"]
    months = lines.assign(month=_month(lines["day"])).groupby(by, observed=True)
    counted = months.agg(
        customers=("customer", "nunique"),
        orders=("order_key", "nunique"),
        value=("value", "sum"),
        first_day=("day", "min"),
        last_day=("day", "max"),
    )
    counted["first_seen"] = first.assign(month=_month(first["day"])).groupby(by, observed=True)["customer"].count()
    done = counted.fillna({"first_seen": 0}).astype({"first_seen": "int64"}).reset_index()
    return done.astype({"perimeter": "str"})


def _month(days: Any) -> Any:
    return days.dt.to_period("M").dt.to_timestamp().astype("datetime64[us]")


BUYERS = Facts((buyer_month,), _refresh)
