"""Customers active at each month's end, counted from contracts or purchases themselves: what the ledger is checked against."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, case, delete, func, or_, select

from wallboard.loaders.facts.purchases import real
from wallboard.settings import Room
from wallboard.store.schema import contract, customer_month, purchase
from wallboard.store.write import insert_rows, read_frame

_M = customer_month.c
_OPEN = 1_000_000
"""The month, counted from 1970, in which a spell without an end ends."""


def count_months(connection: Connection, room: Room, since: date | None, bought: pd.DataFrame | None) -> None:
    """Count the months from that of `since` on again (all for None); `bought` are all purchase days where they are at hand."""
    if since is not None:
        newest = connection.scalar(select(func.max(_M.month)))
        since = None if newest is None else min(since, _month_end(newest) + timedelta(days=1)).replace(day=1)
    spells = (
        _contracts(connection, since) if room.settings.customers.rule == "contracts" else _bought(connection, room, since, bought)
    )
    connection.execute(delete(customer_month) if since is None else delete(customer_month).where(_M.month >= since))
    insert_rows(connection, customer_month, active_by_month(spells, since))


def active_by_month(spells: pd.DataFrame, since: date | None = None) -> pd.DataFrame:
    """Different customers active at the end of each month (month, perimeter, active), from the month of `since` on.

    A spell (customer, perimeter, begins, ends) is active from its first day up to, and without, the day on which it ends.
    """
    begins, ends = _month_number(spells["begins"]), _month_number(spells["ends"])
    first = int(begins.min()) if since is None and len(spells) else _month_number(pd.Series([pd.Timestamp(since or 0)]))[0]
    begins, ends = np.maximum(begins, first), np.maximum(ends, first)
    who = spells.groupby(["customer", "perimeter"], sort=False, observed=True).ngroup().to_numpy(dtype="int64")
    where, perimeters = pd.factorize(spells["perimeter"])
    order = np.lexsort((begins, who))
    who, where, begins, ends = who[order], where[order], begins[order], ends[order]
    until = np.maximum.accumulate(who * 2 * _OPEN + ends) if len(who) else who
    alone = np.append(True, who[1:] * 2 * _OPEN + begins[1:] > until[:-1])[: len(who)]
    last = np.append(alone[1:], True)[: len(who)]
    came, left = begins[alone], (until - who * 2 * _OPEN)[last]
    known = np.append(begins, ends[ends < _OPEN])
    length = int(known.max()) - first + 1 if len(known) else 1
    steps = np.zeros((len(perimeters), length + 1), dtype="int64")
    np.add.at(steps, (where[alone], came - first), 1)
    np.add.at(steps, (where[last], np.minimum(left - first, length)), -1)
    active = steps.cumsum(axis=1)[:, :length]
    months = (np.arange(length) + first).astype("datetime64[M]").astype("datetime64[us]")
    return pd.DataFrame(
        {
            "perimeter": pd.Series(np.repeat(np.asarray(perimeters, dtype=object), length), dtype="str"),
            "month": np.tile(months, len(perimeters)),
            "active": active.ravel(),
        }
    )


def _month_number(days: "pd.Series[Any]") -> "np.ndarray[Any, np.dtype[np.int64]]":
    """Months since January 1970; a missing day is far away."""
    months = days.to_numpy(dtype="datetime64[M]")
    return np.where(np.isnat(months), _OPEN, months.astype("int64"))


def _month_end(day: date) -> date:
    return (pd.Timestamp(day) + pd.offsets.MonthEnd(0)).date()


def _contracts(connection: Connection, since: date | None) -> pd.DataFrame:
    c = contract.c
    chosen = select(c.customer, c.perimeter, c.started_on.label("begins"), c.ended_on.label("ends")).where(real(c.customer))
    chosen = chosen.where(or_(c.ended_on.is_(None), c.ended_on > c.started_on))
    if since is not None:
        chosen = chosen.where(or_(c.ended_on.is_(None), c.ended_on >= since))
    return read_frame(connection, chosen)


def _bought(connection: Connection, room: Room, since: date | None, bought: pd.DataFrame | None) -> pd.DataFrame:
    """Every purchase makes a customer active until the lapse; of those in one month only the last one matters."""
    p, lapse = purchase.c, pd.Timedelta(days=room.settings.customers.lapse_days)
    if bought is None:
        oldest, newest = connection.execute(select(func.min(p.day), func.max(p.day))).one()
        oldest = max(oldest, since - lapse) if since and oldest else oldest
        ends = [*pd.date_range(oldest, newest, freq="ME").date, newest] if oldest else [date.max]
        month = case(*((p.day <= end, n) for n, end in enumerate(ends)))
        by = (p.customer, p.perimeter, month.label("month"))
        chosen = select(*by, func.max(p.day).label("day")).where(real(p.customer)).group_by(*by)
        bought = read_frame(connection, chosen if oldest is None else chosen.where(p.day >= oldest))
    return bought[["customer", "perimeter"]].assign(begins=bought["day"], ends=bought["day"] + lapse)
