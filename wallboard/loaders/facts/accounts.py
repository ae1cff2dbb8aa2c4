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
from wallboard.loaders.counting.declared import Everything, Fact
from wallboard.loaders.counting.grains import whole
from wallboard.loaders.counting.ledger import UNIT
from wallboard.loaders.counting.movements import presence, unknown_spells
from wallboard.settings import Room
from wallboard.store.schema import account_month, customer, customer_alias, customer_event, membership
from wallboard.store.write import insert_rows, read_frame

ALL = ""
BUSINESS = "B2B"
_E = customer_event.c
_CELL = ["perimeter", "account"]
_SUMS = ["customers", "value", "value_unknown"]
_FAR = 100_000


def _count(connection: Connection, _room: Room, _part: Everything) -> None:
    of = accounts_of(_listed(connection, aliases(connection)))
    if len(of):
        kinds = ("new", "won back", "lost", "changed", "revalued")
        events = read_frame(connection, select(_E.customer, _E.perimeter, _E.day, _E.kind, _E.value).where(_E.kind.in_(kinds)))
        insert_rows(connection, account_month, by_month(events[events["customer"].isin(of.index)], of))


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


def by_month(events: pd.DataFrame, of: "pd.Series[str]") -> pd.DataFrame:
    """The fact's rows from the first to the last month in which anything changes; accounts without a customer have none."""
    events = events.assign(account=events["customer"].map(of))
    people, unknown = (_in_and_out(spells, of) for spells in (presence(events), unknown_spells(events)))
    worth = _steps(events, "day", np.where(events["kind"] == "lost", -1, 1) * (events["value"].fillna(0) * UNIT).round())
    if people.empty:
        return pd.DataFrame(columns=[column.name for column in account_month.columns])
    first, last = int(people["month"].min()), int(max(people["month"].max(), worth["month"].max()))
    cells = people[_CELL].drop_duplicates().sort_values(_CELL, ignore_index=True)
    counts, units, without = (_running(part, cells, first, last) for part in (people, worth, unknown))
    cell, month = np.nonzero(counts)
    sums = dict(zip(_SUMS, (counts[cell, month], units[cell, month] / UNIT, without[cell, month]), strict=True))
    rows = cells.iloc[cell].assign(month=month + first, **sums)
    every = pd.MultiIndex.from_product([range(first, last + 1), sorted(set(cells["perimeter"]))], names=["month", "perimeter"])
    together = rows.groupby(["month", "perimeter"])[_SUMS].sum().reindex(every, fill_value=0).reset_index()
    combined = pd.concat([rows, together.assign(account=ALL)], ignore_index=True)
    return combined.assign(month=firsts_of(combined["month"])).astype(dict.fromkeys(("customers", "value_unknown"), "int64"))


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
    version=1,
    grain=whole(lambda change: change.table is not membership),
    count=_count,
)
