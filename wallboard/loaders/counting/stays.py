"""Stays of customers, from contracts or purchases and without the ledger: who was there at each month's end, and worth what.

Money is counted in ten-thousandths, so that what is added is taken away to the last digit.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, or_, select

from wallboard.calendar import number_of
from wallboard.loaders.counting.aliases import aliases, merged
from wallboard.loaders.counting.calendar import FAR, firsts_of, months_of
from wallboard.loaders.counting.groups import NOBODY
from wallboard.loaders.counting.leavers import undated
from wallboard.loaders.counting.ledger import UNIT, YEAR, carried_over, in_spells
from wallboard.loaders.counting.money import in_room_money
from wallboard.loaders.counting.portions import Customers
from wallboard.loaders.counting.purchases import WHO, purchase_days, real
from wallboard.settings import Room
from wallboard.store.schema import contract, purchase
from wallboard.store.write import read_frame

_CELL = ["perimeter", "customer_group"]
_ADDED = ["units", "unknown"]
_SUMS = ["active", "units", "unpriced"]
TURN = [*_CELL, "month"]


def unpriced_by_month(connection: Connection, room: Room, of: Customers) -> pd.DataFrame:
    """In which months part of what a customer is worth is unknown: customer, perimeter, came, left (months since January 1970).

    One row a span; at the ends of the months from `came` on and before `left`.
    """
    if room.settings.customers.rule == "contracts":
        spells = contract_stays(connection, room, None, of)
    elif _every_purchase_is_priced(connection, room):
        spells = pd.DataFrame(columns=[*WHO, "begins", "worth_until", "value"])
    else:
        spells = purchase_stays(connection, room, None, None, of)
    unknown = spells[spells["value"].isna()]
    begins, until = (months_of(unknown[name]) for name in ("begins", "worth_until"))
    return _merged(unknown[WHO].assign(came=begins, left=until))


def unpriced_months(connection: Connection, room: Room) -> set[int]:
    """Months, since January 1970, in which a span of unpriced_by_month may begin or end, of whichever customers."""
    c, p = contract.c, purchase.c
    if room.settings.customers.rule == "contracts":
        value = in_room_money(connection, room, c.annual_value, c.currency)
        days = {day for column in (c.started_on, c.ended_on) for day in _days(connection, column, value)}
    else:
        bought = _days(connection, p.day, in_room_money(connection, room, p.amount, p.currency))
        days = {*bought, *(day + timedelta(days=YEAR) for day in bought)}
    return {number_of(day) for day in days}


def _days(connection: Connection, column: Any, value: Any) -> Sequence[date]:
    """The days of what has no value."""
    return connection.scalars(select(column).where(value.is_(None), column.is_not(None)).distinct()).all()


def _every_purchase_is_priced(connection: Connection, room: Room) -> bool:
    amount = in_room_money(connection, room, purchase.c.amount, purchase.c.currency)
    return connection.execute(select(purchase.c.source_key).where(amount.is_(None)).limit(1)).first() is None


def active_by_month(spells: pd.DataFrame, steps: pd.DataFrame, since: date | None = None) -> pd.DataFrame:
    """Different customers active at the end of each month and their value (month, perimeter, customer_group, active, value,
    value_unknown), from the month of `since` on.

    A spell (customer, perimeter, begins, ends, worth_until, value) is active from its first day up to, and without, the day on
    which it ends, and its value counts until `worth_until`; while one of unknown value runs, the customer's value is unknown, and
    `value` is that of the others. `steps` say who is in which group from when on.
    """
    first = FAR if since is None else number_of(since)
    return table_of(turns_by_month(spells, steps, since), first)


def turns_by_month(spells: pd.DataFrame, steps: pd.DataFrame, since: date | None = None) -> pd.DataFrame:
    """What active_by_month adds up: by how much each sum changes in a cell and month (month since January 1970, active, units,
    unpriced), one row a cell and month. What different customers change can be added.
    """
    begins, ends, worth = (months_of(spells[name]) for name in ("begins", "ends", "worth_until"))
    first = -FAR if since is None else number_of(since)
    unknown = spells["value"].isna().to_numpy()
    units = (spells["value"].fillna(0) * UNIT).round().to_numpy(dtype="int64")
    months = spells[WHO].assign(came=np.maximum(begins, first), left=np.maximum(ends, first))
    present = _merged(months)
    unpriced = _merged(spells[WHO].assign(came=np.maximum(begins, first), left=np.maximum(worth, first))[unknown])
    worths = spells[WHO].assign(came=np.maximum(begins, first), left=np.maximum(worth, first), units=units, unknown=unknown)
    counted = dict(zip(_SUMS, (present, _wholly_known(worths), unpriced), strict=True))
    turns = [_turns(_in_groups(part, steps), name) for name, part in counted.items()]
    together = pd.concat(turns, ignore_index=True).fillna(dict.fromkeys(_SUMS, 0)).astype(dict.fromkeys(_SUMS, "int64"))
    return together.groupby(TURN, as_index=False)[_SUMS].sum()


def _turns(spells: pd.DataFrame, name: str) -> pd.DataFrame:
    """Spells (came, left, units) as what they add when they begin and take away when they end."""
    cells = spells[_CELL]
    came = cells.assign(month=spells["came"].to_numpy(dtype="int64"), **{name: spells["units"].to_numpy(dtype="int64")})
    left = cells.assign(month=spells["left"].to_numpy(dtype="int64"), **{name: -spells["units"].to_numpy(dtype="int64")})
    return pd.concat([came, left[left["month"] < FAR]], ignore_index=True)


def table_of(turns: pd.DataFrame, first: int = FAR) -> pd.DataFrame:
    """The rows of active_by_month from its turns, for the months from `first`, or the first turn, to the last turn."""
    first = min(first, int(turns["month"].min())) if len(turns) else first
    length = int(turns["month"].max()) - first + 1 if len(turns) else 0
    cells = turns[_CELL].drop_duplicates().sort_values(_CELL, ignore_index=True)
    place = pd.MultiIndex.from_frame(cells).get_indexer(pd.MultiIndex.from_frame(turns[_CELL]))
    sums = {name: np.zeros((len(cells), length), dtype="int64") for name in _SUMS}
    for name, cells_by_month in sums.items():
        np.add.at(cells_by_month, (place, turns["month"].to_numpy() - first), turns[name].to_numpy())
    active, units, unpriced = (some.cumsum(axis=1).ravel() for some in sums.values())
    table = pd.DataFrame({
        "perimeter": np.repeat(cells["perimeter"].to_numpy(dtype=object), length),
        "month": np.tile(firsts_of(np.arange(length) + first), len(cells)),
        "customer_group": np.repeat(cells["customer_group"].to_numpy(dtype=object), length),
        "active": active,
        "value": units / UNIT,
        "value_unknown": unpriced,
    })  # fmt: skip
    return table.astype({"perimeter": "str", "customer_group": "str"})


def _merged(months: pd.DataFrame) -> pd.DataFrame:
    """Spells of one customer that touch or overlap, as one (customer, perimeter, came, left, units = 1)."""
    who = months.groupby(WHO, sort=False, observed=True).ngroup().to_numpy(dtype="int64")
    came, left = months["came"].to_numpy(), months["left"].to_numpy()
    order = np.lexsort((came, who))
    who, came, left = who[order], came[order], left[order]
    until = np.maximum.accumulate(who * 2 * FAR + left) if len(who) else who
    alone = np.append(True, who[1:] * 2 * FAR + came[1:] > until[:-1])[: len(who)]
    last = np.append(alone[1:], True)[: len(who)]
    whose: pd.DataFrame = months[WHO].iloc[order[alone]].reset_index(drop=True)
    return whose.assign(came=came[alone], left=(until - who * 2 * FAR)[last], units=1)


def _wholly_known(worths: pd.DataFrame) -> pd.DataFrame:
    """What customers are worth (customer, perimeter, came, left, units), without the months in which a part of it is unknown."""
    unsure = worths.groupby(WHO, sort=False, observed=True)["unknown"].transform("any")
    some = worths[unsure].astype({"unknown": "int64"})
    turns = [
        some[WHO].assign(month=some[day], **{n: sign * some[n] for n in _ADDED}) for day, sign in (("came", 1), ("left", -1))
    ]
    steps = pd.concat(turns).groupby([*WHO, "month"], as_index=False, observed=True)[_ADDED].sum()
    whose = steps.groupby(WHO, sort=False, observed=True)
    after = whose[_ADDED].cumsum()
    known = steps[WHO].assign(came=steps["month"], left=whose["month"].shift(-1), units=after["units"])
    known = known[(after["unknown"] == 0) & (after["units"] != 0)].astype({"left": "int64"})
    return pd.concat([worths.loc[~unsure, [*WHO, "came", "left", "units"]], known], ignore_index=True)


def _in_groups(spells: pd.DataFrame, steps: pd.DataFrame) -> pd.DataFrame:
    """Spells cut where their customer changes group; a customer is in the group of the month's last day."""
    segments = steps.assign(since=months_of(steps["day"])).drop_duplicates(["customer", "since"], keep="last")
    segments["until"] = segments.groupby("customer")["since"].shift(-1).fillna(FAR + 1).astype("int64")
    never = pd.DataFrame({"customer": spells["customer"].drop_duplicates(), "since": -FAR, "customer_group": NOBODY})
    started = segments.drop_duplicates("customer").set_index("customer")["since"]
    never["until"] = never["customer"].map(started).fillna(FAR + 1).astype("int64")
    every = pd.concat([never[never["until"] > -FAR], segments[["customer", "since", "until", "customer_group"]]])
    cut = spells.astype({"customer": "str", "perimeter": "str"}).merge(every, on="customer")
    cut["came"], cut["left"] = cut[["came", "since"]].max(axis=1), cut[["left", "until"]].min(axis=1)
    spans: pd.DataFrame = cut[cut["came"] <= cut["left"]]
    return spans


def contract_stays(connection: Connection, room: Room, since: date | None, of: Customers | None = None) -> pd.DataFrame:
    """What contracts say of who was there since a day (customer, perimeter, begins, ends, worth_until, value), all or some."""
    c = contract.c
    value = in_room_money(connection, room, c.annual_value, c.currency).label("value")
    days = c.started_on.label("begins"), c.ended_on.label("ends")
    chosen = select(c.customer, c.perimeter, *days, value).where(real(c.customer))
    chosen = chosen.where(or_(c.ended_on.is_(None), c.ended_on > c.started_on), ~undated())
    if of is not None:
        chosen = chosen.where(of.are(c.customer))
    if since is not None:
        chosen = chosen.where(or_(c.ended_on.is_(None), c.ended_on >= since))
    contracts = read_frame(connection, chosen)
    return contracts.assign(customer=merged(contracts["customer"], aliases(connection)), worth_until=contracts["ends"])


def purchase_stays(
    connection: Connection, room: Room, since: date | None, bought: pd.DataFrame | None, of: Customers | None = None
) -> pd.DataFrame:
    """Every purchase makes a customer active until the lapse, and is worth something for a year in every stay it reaches."""
    lapse = pd.Timedelta(days=room.settings.customers.lapse_days)
    if bought is None:
        far = pd.Timedelta(days=max(YEAR, room.settings.customers.lapse_days))
        bought = purchase_days(connection, None, of, room, None if since is None else (pd.Timestamp(since) - far).date())
    worth = carried_over(in_spells(bought, room.settings.customers.lapse_days))
    until = worth["off_on"].where(worth["off_on"] < worth["lost_on"], worth["lost_on"])
    ends = (worth["day"] + lapse).where(worth["counts_from"] == worth["day"], worth["lost_on"])
    return worth[WHO].assign(
        begins=worth["counts_from"], ends=ends, worth_until=until, value=worth["value"].where(worth["unpriced"] == 0)
    )
