"""Customers who sent us somebody, and who came of it, in the 1, 3 and 12 months that end with each month.

A customer counts once in a window, in the group of the newest referral; who is sent counts in the group of its own day.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, delete, or_, select

from wallboard.loaders.facts.aliases import aliases, everybody_of, merged, numbers_in
from wallboard.loaders.facts.groups import group_on, group_steps
from wallboard.loaders.facts.money import in_room_money
from wallboard.loaders.facts.purchases import MANY, real, slices
from wallboard.loaders.feed import Facts
from wallboard.settings import Room
from wallboard.store.schema import customer, customer_event, exchange_rate, referral, referral_month
from wallboard.store.write import Written, insert_rows, read_frame

WINDOWS = (1, 3, 12)
NOBODY_KNOWN = "-"
"""The group of those whom nobody known has sent."""
_R, _M = referral.c, referral_month.c
_CELL = ["perimeter", "customer_group"]


def _refresh(connection: Connection, written: Written, room: Room) -> None:
    days = _touched(connection, written)
    if days is None:
        connection.execute(delete(referral_month))
        days = read_frame(connection, select(_R.referred_on).distinct())["referred_on"]
    months = sorted({int(month) + later for month in _month(days) for later in range(max(WINDOWS))})
    if months:
        _recount(connection, room, months)


def _touched(connection: Connection, written: Written) -> "pd.Series[Any] | None":
    """The days of referrals that may be counted otherwise now; None for all."""
    if written.table.name == referral.name:
        return written.touched("referred_on")
    if written.table.name == exchange_rate.name:
        return None
    who = numbers_in(written)
    if len(who) > MANY:
        return None
    days = select(_R.referred_on).distinct()
    parts = slices(everybody_of(connection, who))
    found = [read_frame(connection, days.where(or_(_R.referrer.in_(one), _R.referred_customer.in_(one)))) for one in parts]
    return pd.concat(found)["referred_on"] if found else pd.Series(dtype="datetime64[us]")


def _recount(connection: Connection, room: Room, months: list[int]) -> None:
    for some in _hundreds(months):
        connection.execute(delete(referral_month).where(_M.month.in_([_first(month) for month in some])))
    rows = _rows(connection, room, _first(months[0] - max(WINDOWS) + 1), _first(months[-1] + 1))
    number = _month(rows["referred_on"])
    parts = [
        _counted(rows[(number > month - window) & (number <= month)], month, window) for month in months for window in WINDOWS
    ]
    insert_rows(connection, referral_month, pd.concat(parts, ignore_index=True))


def _rows(connection: Connection, room: Room, begin: date, end: date) -> pd.DataFrame:
    """Referrals without test accounts, oldest first; the referrer is missing, and the group '-', where nobody known has sent."""
    value = in_room_money(connection, room, _R.value, _R.currency).label("value")
    chosen = (
        select(_R.referrer, _R.perimeter, _R.referred_on, _R.converted_on, value)
        .where(_R.referred_on >= begin, _R.referred_on < end)
        .where(*(or_(who.is_(None), real(who)) for who in (_R.referrer, _R.referred_customer)))
        .order_by(_R.referred_on, _R.id)
    )
    rows = read_frame(connection, chosen)
    sent = rows["referrer"].notna()
    referrer = merged(rows["referrer"].where(sent, ""), aliases(connection))
    known = sent & referrer.isin(_customers(connection, referrer[sent].unique()))
    whose = everybody_of(connection, referrer[known].unique())
    groups = group_on(referrer, rows["referred_on"], group_steps(connection, whose if len(whose) <= MANY else None))
    return rows.assign(referrer=referrer.where(known), customer_group=groups.where(known, NOBODY_KNOWN))


def _customers(connection: Connection, who: Iterable[str]) -> set[str]:
    """Those of the numbers under which a customer is, or was, kept."""
    known: set[str] = set()
    for some in slices(who):
        for column in (customer.c.customer, customer_event.c.customer):
            known |= set(connection.scalars(select(column).distinct().where(column.in_(some))))
    return known


def _counted(rows: pd.DataFrame, month: int, window: int) -> pd.DataFrame:
    came = rows["converted_on"] < np.datetime64(_first(month + 1), "us")
    sent = rows.assign(referred=1, converted=came.astype("int64"), value=rows["value"].where(came).fillna(0.0))
    sums = sent.groupby(_CELL)[["referred", "converted", "value"]].sum()
    once = rows.dropna(subset=["referrer"]).drop_duplicates(["perimeter", "referrer"], keep="last")
    referrers = once.groupby(_CELL).size().reindex(sums.index, fill_value=0)
    done = sums.assign(referrers=referrers, months=window, month=pd.Timestamp(_first(month)).as_unit("us")).reset_index()
    return done.astype(dict.fromkeys(_CELL, "str"))


def _month(days: "pd.Series[Any]") -> Any:
    """Months since January 1970."""
    return days.to_numpy(dtype="datetime64[M]").astype("int64")


def _first(month: int) -> date:
    return date(1970 + month // 12, month % 12 + 1, 1)


def _hundreds(months: list[int]) -> list[list[int]]:
    return [months[n : n + 100] for n in range(0, len(months), 100)]


REFERRALS = Facts((referral_month,), _refresh)
