"""What every customer has earned us in the twelve months up to each month's end: one place a customer and perimeter in arrays.

Money is counted in ten-thousandths, so that what is added is taken away to the last digit.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wallboard.loaders.counting.calendar import FAR, Numbers, months_of
from wallboard.loaders.counting.groups import NOBODY
from wallboard.loaders.counting.ledger import UNIT

MONEY = ("revenue", "direct_cost", "cost_to_serve")
YEAR = 12
Whole = Numbers
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Places:
    """Whom each place of an array is about: a customer in one perimeter; where `nobody`, cost that belongs to no customer."""

    customer: Whole
    perimeter: Whole
    nobody: Flags
    perimeters: list[str]
    groups: list[str]


@dataclass(frozen=True)
class ProfitPosition:
    """Everybody at the end of a month (counted from January 1970): who is there, in which group, with what of twelve months."""

    month: int
    money: Whole
    known: Flags
    partly: Flags
    there: Flags
    group: Whole

    @property
    def profit(self) -> Whole:
        """Revenue less both costs."""
        remaining: Whole = self.money[0] - self.money[1] - self.money[2]
        return remaining


@dataclass(frozen=True)
class Books:
    """Money by place and month, spells of being there, and changes of group, all in whole numbers."""

    places: Places
    rows: pd.DataFrame
    came: pd.DataFrame
    steps: pd.DataFrame
    delivered: frozenset[tuple[int, int]]
    """(month, perimeter) for which any row came."""

    def positions(self, first: int, last: int) -> Iterator[ProfitPosition]:
        """Month after month; the sums of the first eleven lack what came before `first`."""
        size = len(self.places.customer)
        sums = np.zeros((len(MONEY) + 2, size), dtype="int64")
        year: deque[Whole] = deque()
        there = np.zeros(size, dtype="int64")
        whose = np.zeros(int(self.places.customer.max(initial=-1)) + 1, dtype="int64")
        for month in range(first, last + 1):
            year.append(self._month(month, size))
            sums += year[-1]
            if len(year) > YEAR:
                sums -= year.popleft()
            begun = self.came["month"] <= month if month == first else self.came["month"] == month
            np.add.at(there, self.came.loc[begun, "place"], self.came.loc[begun, "by"])
            moved = self.steps["month"] <= month if month == first else self.steps["month"] == month
            whose[self.steps.loc[moved, "customer"]] = self.steps.loc[moved, "group"]
            known, partly = sums[-2] > 0, sums[-1] > 0
            yield ProfitPosition(month, sums[: len(MONEY)].copy(), known, partly, there > 0, whose[self.places.customer])

    def _month(self, month: int, size: int) -> Whole:
        here = slice(*np.searchsorted(self.rows["month"].to_numpy(), [month, month + 1]))
        rows = self.rows.iloc[here]
        sums = np.zeros((len(MONEY) + 2, size), dtype="int64")
        for n, name in enumerate((*MONEY, "known", "partly")):
            sums[n] = np.bincount(rows["place"], weights=rows[name], minlength=size).round()
        return sums


def books(money: pd.DataFrame, spells: pd.DataFrame, steps: pd.DataFrame) -> Books:
    """Bring money (customer, perimeter, month, the three amounts, partly), presence and group steps to places.

    A missing customer is cost of nobody. An amount that is missing counts nothing; `partly` says that it should have been there.
    """
    who = pd.concat([money["customer"].fillna(""), spells["customer"]], ignore_index=True)
    customer, customers = pd.factorize(who)
    where, perimeters = pd.factorize(pd.concat([money["perimeter"], spells["perimeter"]], ignore_index=True))
    place, pairs = pd.factorize(customer * max(len(perimeters), 1) + where)
    pairs = np.asarray(pairs, dtype="int64")
    names = pd.Index(customers)
    group, groups = pd.factorize(pd.concat([pd.Series([NOBODY], dtype="str"), steps["customer_group"]], ignore_index=True))
    about = pairs // max(len(perimeters), 1)
    unallocated = names.get_indexer(pd.Index([""]))[0]
    places = Places(about, pairs % max(len(perimeters), 1), about == unallocated, list(perimeters), list(groups))
    changes = pd.DataFrame(
        {"customer": names.get_indexer(steps["customer"]), "month": months_of(steps["day"]), "group": group[1:]}
    )
    rows = _rows(money, place[: len(money)])
    delivered = zip(rows["month"], places.perimeter[rows["place"]], strict=True)
    return Books(
        places,
        rows,
        _turns(spells, place[len(money) :]),
        changes[changes["customer"] >= 0].sort_values("month", kind="stable", ignore_index=True),
        frozenset((int(month), int(perimeter)) for month, perimeter in set(delivered)),
    )


def _rows(money: pd.DataFrame, place: Any) -> pd.DataFrame:
    units = {name: (money[name].fillna(0) * UNIT).round().to_numpy(dtype="int64") for name in MONEY}
    known = money[list(MONEY)].notna().any(axis=1).to_numpy(dtype="int64")
    rows = pd.DataFrame({"place": place, "month": months_of(money["month"]), **units, "known": known})
    return rows.assign(partly=money["partly"].to_numpy(dtype="int64")).sort_values("month", kind="stable", ignore_index=True)


def _turns(spells: pd.DataFrame, place: object) -> pd.DataFrame:
    came = pd.DataFrame({"place": place, "month": months_of(spells["begins"]), "by": 1})
    left = pd.DataFrame({"place": place, "month": months_of(spells["ends"]), "by": -1})
    return pd.concat([came, left[left["month"] < FAR]], ignore_index=True)
