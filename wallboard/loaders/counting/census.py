"""Everybody who was ever a customer, who of them was there at a month's end, and how much each did in a month."""

from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from sqlalchemy import Connection, select

from wallboard.calendar import months_on
from wallboard.loaders.counting.aliases import aliases, merged
from wallboard.loaders.counting.groups import group_on, group_steps
from wallboard.loaders.counting.movements import presence
from wallboard.store.schema import customer_behaviour, customer_event
from wallboard.store.write import read_frame

_C, _E = customer_behaviour.c, customer_event.c


class Done(NamedTuple):
    """What was delivered of one behaviour in one month: how much, by number of the customer, and where at all."""

    values: Any
    perimeters: frozenset[str]


class Present(NamedTuple):
    """Who is there at a month's end, by number, and in which of some cells (perimeter, customer_group) each of them is."""

    numbers: Any
    places: Any
    cells: pd.DataFrame


class Census:
    """Everybody who was ever a customer, by number, and who of them was there at a month's end."""

    def __init__(self, connection: Connection) -> None:
        turns = _E.kind.in_(("new", "won back", "lost"))
        spells = presence(read_frame(connection, select(_E.customer, _E.perimeter, _E.day, _E.kind).where(turns)))
        self._connection = connection
        self._numbers, who = pd.factorize(_key(spells))
        self._who = pd.Index(who)
        self._begins, self._ends = (spells[name].to_numpy(dtype="datetime64[D]") for name in ("begins", "ends"))
        first = spells.iloc[np.unique(self._numbers, return_index=True)[1]] if len(spells) else spells
        self._customers, self._perimeters = (first[name].reset_index(drop=True) for name in ("customer", "perimeter"))
        self._steps = group_steps(connection, None)
        self._aliases = aliases(connection)

    def there(self, month: date) -> Any:
        """Who is a customer at the end of the month's last day, as True and False by number."""
        last = np.datetime64(months_on(month, 1), "D") - 1
        inside = np.zeros(len(self._who), dtype=bool)
        inside[self._numbers[(self._begins <= last) & (np.isnat(self._ends) | (self._ends > last))]] = True
        return inside

    def done(self, name: str, month: date) -> Done:
        """How much each customer did in a month."""
        chosen = select(_C.customer, _C.perimeter, _C.value).where(_C.behaviour == name, _C.month == month)
        rows = read_frame(self._connection, chosen)
        places = self._who.get_indexer(pd.Index(_key(rows.assign(customer=merged(rows["customer"], self._aliases)))))
        known = places >= 0
        values = np.bincount(places[known], rows["value"].to_numpy()[known], minlength=len(self._who))
        return Done(values, frozenset(rows["perimeter"].unique()))

    def present(self, month: date) -> Present:
        """Everybody who is there at the month's end, in the group of its last day."""
        numbers = np.flatnonzero(self.there(month))
        customers = self._customers.iloc[numbers]
        last = pd.Series(np.datetime64(months_on(month, 1), "D") - 1, index=customers.index)
        groups = group_on(customers, last, self._steps)
        cells = pd.DataFrame({"perimeter": self._perimeters.iloc[numbers], "customer_group": groups}, dtype="str")
        by = cells.groupby(["perimeter", "customer_group"])
        return Present(numbers, by.ngroup().to_numpy(dtype="int64"), by.size().index.to_frame(index=False))


def _key(rows: pd.DataFrame) -> "pd.Series[str]":
    return rows["perimeter"].astype("str") + "\n" + rows["customer"].astype("str")
