"""Business accounts by month: customers under their topmost parent, each counted once, and what they are worth.

The account '' is all accounts of a perimeter together; it stands for every month, also for one without any account.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, or_, select

from wallboard.loaders.counting.aliases import aliases, merged
from wallboard.loaders.counting.calendar import firsts_of, months_of
from wallboard.loaders.counting.declared import Fact
from wallboard.loaders.counting.ledger import UNIT
from wallboard.loaders.counting.movements import presence, unknown_spells
from wallboard.loaders.counting.portions import Portion, by_customers
from wallboard.settings import Room
from wallboard.store.schema import account_month, customer, customer_alias, customer_event, membership
from wallboard.store.write import insert_rows, read_frame

ALL = ""
BUSINESS = "B2B"
_E = customer_event.c
_CELL = ["perimeter", "account"]
_SUMS = ["customers", "value", "value_unknown"]
_KINDS = ("new", "won back", "lost", "changed", "revalued")
_FAR = 100_000


def _count(connection: Connection, _room: Room, portion: Portion["pd.Series[str]"]) -> None:
    of = portion.common
    if not len(of):
        return
    chosen = select(_E.customer, _E.perimeter, _E.day, _E.kind, _E.value).where(_E.kind.in_(_KINDS))
    events = read_frame(connection, chosen.where(portion.customers.are(_E.customer)))
    turns = portion.total(turns_of(events[events["customer"].isin(of.index)], of), [*_CELL, "month"])
    if turns is not None:
        insert_rows(connection, account_month, by_month(turns))


def _accounts(connection: Connection, _room: Room) -> "pd.Series[str]":
    return accounts_of(_listed(connection, aliases(connection)))


def _listed(connection: Connection, known: dict[str, str]) -> pd.DataFrame:
    """Businesses, whoever has a parent, and the parents (customer, kind, parent), under today's numbers."""
    c = customer.c
    parents = select(c.parent).where(c.parent.is_not(None))
    chosen = or_(c.kind == BUSINESS, c.parent.is_not(None), c.customer.in_(parents))
    customers = read_frame(connection, select(c.customer, c.kind, c.parent).where(chosen))
    return customers.assign(customer=merged(customers["customer"], known), parent=merged(customers["parent"], known))


def accounts_of(listed: pd.DataFrame) -> "pd.Series[str]":
    """The account of each customer who belongs to one: the topmost parent, through parents of parents; circles end."""
    related = listed[listed["parent"].notna() & (listed["parent"] != listed["customer"])]
    parents = dict(zip(related["customer"], related["parent"], strict=True))
    alone = listed.loc[listed["kind"] == BUSINESS, "customer"]
    everybody = dict.fromkeys([*alone, *parents, *parents.values()])
    return pd.Series({each: topmost(each, parents) for each in everybody}, dtype="str")


def topmost(account: str, parents: Mapping[str, str]) -> str:
    """Who has no parent above `one`; of a circle, the first in the order of names, so that all in it agree."""
    path = [account]
    while path[-1] in parents:
        above = parents[path[-1]]
        if above in path:
            return min(path[path.index(above) :])
        path.append(above)
    return path[-1]


def turns_of(events: pd.DataFrame, of: "pd.Series[str]") -> pd.DataFrame:
    """By how much each sum of an account changes in a month (months since January 1970, money in ten-thousandths)."""
    events = events.assign(account=events["customer"].map(of))
    worth = np.where(events["kind"] == "lost", -1, 1) * (events["value"].fillna(0) * UNIT).round()
    parts = (_in_and_out(presence(events), of), _steps(events, "day", worth), _in_and_out(unknown_spells(events), of))
    turns = [part.rename(columns={"by": name}) for name, part in zip(_SUMS, parts, strict=True)]
    every = pd.concat(turns, ignore_index=True).fillna(dict.fromkeys(_SUMS, 0)).astype(dict.fromkeys(_SUMS, "int64"))
    return every.groupby([*_CELL, "month"], as_index=False)[_SUMS].sum()


def by_month(turns: pd.DataFrame) -> pd.DataFrame:
    """The fact's rows from the first to the last month in which anything changes; accounts without a customer have none."""
    if turns.empty:
        return pd.DataFrame(columns=[column.name for column in account_month.columns])
    first, last = int(turns["month"].min()), int(turns["month"].max())
    cells = turns[_CELL].drop_duplicates().sort_values(_CELL, ignore_index=True)
    counts, units, without = (_running(turns.assign(by=turns[name]), cells, first, last) for name in _SUMS)
    cell, month = np.nonzero(counts)
    sums = dict(zip(_SUMS, (counts[cell, month], units[cell, month] / UNIT, without[cell, month]), strict=True))
    rows = cells.iloc[cell].assign(month=month + first, **sums)
    every = pd.MultiIndex.from_product([range(first, last + 1), sorted(set(cells["perimeter"]))], names=["month", "perimeter"])
    together = rows.groupby(["month", "perimeter"])[_SUMS].sum().reindex(every, fill_value=0).reset_index()
    table = pd.concat([rows, together.assign(account=ALL)], ignore_index=True)
    return table.assign(month=firsts_of(table["month"])).astype(dict.fromkeys(("customers", "value_unknown"), "int64"))


def _in_and_out(spells: pd.DataFrame, of: "pd.Series[str]") -> pd.DataFrame:
    spells = spells.assign(account=spells["customer"].map(of))
    return pd.concat([_steps(spells, "begins", 1), _steps(spells, "ends", -1)], ignore_index=True)


def _steps(rows: pd.DataFrame, day: str, by: Any) -> pd.DataFrame:
    steps = rows[_CELL].assign(month=months_of(rows[day]), by=by)
    return steps[steps["month"] < _FAR]


def _running(steps: pd.DataFrame, cells: pd.DataFrame, first: int, last: int) -> Any:
    """What has added up at the end of each month, one row a cell."""
    place = pd.MultiIndex.from_frame(cells).get_indexer(pd.MultiIndex.from_frame(steps[_CELL]))
    table = np.zeros((len(cells), last - first + 1), dtype="int64")
    np.add.at(table, (place, steps["month"].to_numpy() - first), steps["by"].to_numpy(dtype="int64"))
    return table.cumsum(axis=1)


FACT = Fact(
    reads=(customer_event, customer, customer_alias),
    writes=(account_month,),
    version=2,
    grain=by_customers(_E.customer, lambda change: change.table is not membership, _accounts),
    count=_count,
)
