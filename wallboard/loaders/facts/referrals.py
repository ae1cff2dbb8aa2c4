"""Customers who sent us somebody, and who came of it, in the 1, 3 and 12 months that end with each month.

A customer counts once in a window, in the group of the newest referral; who is sent counts in the group of its own day.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, delete, or_, select

from wallboard.calendar import first_of
from wallboard.loaders.counting.aliases import aliases, everybody_of, merged, numbers_in
from wallboard.loaders.counting.calendar import Numbers, firsts_of, months_of
from wallboard.loaders.counting.declared import EVERYTHING, Change, Everything, Fact, Grain
from wallboard.loaders.counting.groups import group_on, group_steps
from wallboard.loaders.counting.money import in_room_money
from wallboard.loaders.counting.purchases import MANY, real
from wallboard.scales import NOBODY_KNOWN, WINDOWS
from wallboard.settings import Room
from wallboard.store.portions import in_portions
from wallboard.store.schema import (
    customer,
    customer_alias,
    customer_event,
    exchange_rate,
    membership,
    referral,
    referral_month,
)
from wallboard.store.write import insert_rows, read_frame

MONTHS_AT_ONCE = 60
_R, _M = referral.c, referral_month.c
_CELL = ["perimeter", "customer_group"]


def _touched(change: Change) -> list[int] | Everything | None:
    """The months of referrals that may be counted otherwise now."""
    if change.table is exchange_rate:
        return EVERYTHING
    if change.table is referral:
        return _within_windows(change.written.touched("referred_on")) or None
    who = numbers_in(change.written)
    if len(who) > MANY:
        return EVERYTHING
    days = select(_R.referred_on).distinct()
    parts = in_portions(everybody_of(change.connection, who))
    frames = [
        read_frame(change.connection, days.where(or_(_R.referrer.in_(some), _R.referred_customer.in_(some)))) for some in parts
    ]
    return (_within_windows(pd.concat(frames)["referred_on"]) if frames else []) or None


def _within_windows(days: "pd.Series[Any]") -> list[int]:
    """The months in whose windows these days lie."""
    return sorted({int(month) + later for month in months_of(days) for later in range(max(WINDOWS))})


def _batches(connection: Connection, _room: Room) -> Iterator[list[int]]:
    days = read_frame(connection, select(_R.referred_on).distinct())["referred_on"]
    return map(list, in_portions(_within_windows(days), MONTHS_AT_ONCE))


def _count(connection: Connection, room: Room, months: list[int]) -> None:
    for some in in_portions(months, MONTHS_AT_ONCE):
        connection.execute(delete(referral_month).where(_M.month.in_([first_of(month) for month in some])))
    rows = _rows(connection, room, first_of(months[0] - max(WINDOWS) + 1), first_of(months[-1] + 1))
    number = months_of(rows["referred_on"])
    parts = [_counted(rows, number, months, window) for window in WINDOWS]
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
    for some in in_portions(who):
        for column in (customer.c.customer, customer_event.c.customer):
            known |= set(connection.scalars(select(column).distinct().where(column.in_(some))))
    return known


def _counted(rows: pd.DataFrame, number: Numbers, months: list[int], window: int) -> pd.DataFrame:
    """All windows of one length at once: each referral stands in those that end in its month and in the months after it."""
    which, month = np.repeat(np.arange(len(rows)), window), np.repeat(number, window) + np.tile(np.arange(window), len(rows))
    inside = np.isin(month, months)
    sent = rows.iloc[which[inside]].assign(month=month[inside])
    came = sent["converted_on"] < firsts_of(sent["month"] + 1)
    sent = sent.assign(referred=1, converted=came.astype("int64"), value=sent["value"].where(came).fillna(0.0))
    cell = ["month", *_CELL]
    sums = sent.groupby(cell)[["referred", "converted", "value"]].sum()
    once = sent.dropna(subset=["referrer"]).drop_duplicates(["month", "perimeter", "referrer"], keep="last")
    referrers = once.groupby(cell).size().reindex(sums.index, fill_value=0)
    done = sums.assign(referrers=referrers, months=window).reset_index()
    return done.assign(month=firsts_of(done["month"])).astype(dict.fromkeys(_CELL, "str"))


FACT = Fact(
    reads=(referral, customer, customer_alias, membership, customer_event, exchange_rate),
    writes=(referral_month,),
    version=2,
    grain=Grain("months", _touched, _batches),
    count=_count,
    rules=lambda settings: settings.currency,
)
