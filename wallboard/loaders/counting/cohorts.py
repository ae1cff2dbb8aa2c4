"""Closed cohorts of customers, counted in one sweep over the months; no customer is looked at by itself.

Money is counted in ten-thousandths, so that sums are exact.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from wallboard.loaders.counting.ledger import UNIT

WINDOWS = (1, 12)
_LONGEST = max(WINDOWS)
_NO_END = 100_000
"""Months since January 1970 that no end of a span lies behind."""

_NEVER = -1_000_000
_CAME = ("new", "won back")
_SUMS = ("customers", "lost", "returned", "value", "expansion", "contraction", "churn", "value_unknown")
CELL = ("perimeter", "customer_group")
MONEY = ("value", "expansion", "contraction", "churn")

Array = np.ndarray[Any, Any]


@dataclass
class _Steps:
    """The events as arrays in the order of time: of whom, in which month, which cell the customer is in from then on."""

    who: Array
    month: Array
    cell: Array
    units: Array
    known: Array
    came: Array
    left: Array
    revalued: Array


@dataclass
class _Unpriced:
    """From which month on of whom one span more (1) or less (-1) runs in which part of the value is unknown."""

    who: Array
    month: Array
    step: Array


@dataclass
class _Start:
    """How every customer stood at the end of a month, and the sums of those who were there, by cell."""

    there: Array
    known: Array
    units: Array
    cell: Array
    sums: dict[str, Array]


class _CustomerStates:
    """How every customer stands as the sweep goes on."""

    def __init__(self, customers: int, cells: int) -> None:
        self.cells = cells
        self.there, self.known = np.zeros(customers, dtype=bool), np.zeros(customers, dtype=bool)
        self.units, self.cell = np.zeros(customers, dtype="int64"), np.zeros(customers, dtype="int32")
        self.touched_in, self.left_in = np.full(customers, _NEVER), np.full(customers, _NEVER)
        self.revalued_in = np.full(customers, _NEVER)
        self.unpriced = np.zeros(customers, dtype="int64")

    def price(self, spans: _Unpriced, part: slice) -> None:
        """Let the spans of a month begin or end in which part of a customer's value is unknown."""
        np.add.at(self.unpriced, spans.who[part], spans.step[part])
        self.touched_in[spans.who[part]] = np.maximum(self.touched_in[spans.who[part]], spans.month[part])

    def go_on(self, steps: _Steps, part: slice, month: int) -> None:
        """Live through the events of a month; of several of one customer, the last word stands."""
        who, came, left = steps.who[part], steps.came[part], steps.left[part]
        turns = came | left
        self.there[who[turns]] = came[turns]
        np.add.at(self.units, who, steps.units[part])
        valued = came | (steps.known[part] & ~left)
        self.known[who[valued]] = steps.known[part][valued]
        self.cell[who] = steps.cell[part]
        self.touched_in[who], self.left_in[who[left]] = month, month
        self.revalued_in[who[steps.revalued[part]]] = month

    def start(self) -> _Start:
        """A picture of this moment, from which cohorts start."""
        here = np.flatnonzero(self.there)
        cell, all_known = self.cell[here], self.known & (self.unpriced == 0)
        known = all_known[here]
        units = np.where(known, self.units[here], 0)
        sums = {
            "customers": self._count(cell),
            "value": self._count(cell, units),
            "value_unknown": self._count(cell[~known]),
        }
        return _Start(self.there.copy(), all_known, self.units.copy(), self.cell.copy(), sums)

    def since(self, start: _Start, after: int) -> dict[str, Array]:
        """What became of a cohort: only who was touched in the months after `after` can stand otherwise.

        Lost is who is not there now; who left and is back has `returned`. Money is that of a closed cohort: what left once is
        gone, of everybody else the smaller value of both ends is what was kept. Whose value became known or unknown meanwhile
        counts among the unknown.
        """
        touched = np.flatnonzero((self.touched_in > after) & start.there)
        cell, left, here = start.cell[touched], self.left_in[touched] > after, self.there[touched]
        unpriced = here & ~left & (self.unpriced[touched] > 0)
        unsure = start.known[touched] & ((self.revalued_in[touched] > after) | unpriced)
        known = start.known[touched] & ~unsure
        was, now = np.where(known, start.units[touched], 0), np.where(known, self.units[touched], 0)
        grown = np.where(left, 0, now - was)
        return start.sums | {
            "value": start.sums["value"] - self._count(cell[unsure], start.units[touched][unsure]),
            "value_unknown": start.sums["value_unknown"] + self._count(cell[unsure]),
            "lost": self._count(cell[~here]),
            "returned": self._count(cell[left & here]),
            "expansion": self._count(cell, np.maximum(grown, 0)),
            "contraction": self._count(cell, np.maximum(-grown, 0)),
            "churn": self._count(cell[left], was[left]),
        }

    def _count(self, cell: Array, units: Array | None = None) -> Array:
        counts: Array = np.bincount(cell, units, self.cells).astype("int64")
        return counts


def cohorts(events: pd.DataFrame, unpriced: pd.DataFrame | None = None, touched: Iterable[int] = ()) -> pd.DataFrame:
    """The rows of retention_month from events (customer, perimeter, day, kind, customer_group, value).

    `unpriced` says in which months part of a customer's value is unknown (see unpriced_by_month): it counts as unknown whole.
    `touched` are months (since January 1970) in which something happened to other customers, whose rows are added to these.

    There is a row for each cell in each month in which, or in the year before which, something happened, and in the month after:
    from then on nothing changes until the next one.
    """
    if events.empty:
        return pd.DataFrame()
    steps, cells, customers = _steps(events)
    spans = _spans(unpriced, customers)
    states = _CustomerStates(int(steps.who.max()) + 1, len(cells))
    months = _months(np.concatenate([steps.month, spans.month, np.array([*touched], dtype="int64")]))
    ends, turns = (np.searchsorted(each.month, months, side="right").tolist() for each in (steps, spans))
    starts: dict[int, _Start] = {}
    rows: list[tuple[int, int, dict[str, Array]]] = []
    done = turned = 0
    for month, end, turn in zip(months.tolist(), ends, turns, strict=True):
        states.go_on(steps, slice(done, end), month)
        states.price(spans, slice(turned, turn))
        done, turned = end, turn
        for window in WINDOWS:
            before = max((known for known in starts if known <= month - window), default=None)
            if before is not None:
                rows.append((month, window, states.since(starts[before], month - window)))
        starts[month] = states.start()
        oldest = max((known for known in starts if known <= month + 1 - _LONGEST), default=_NEVER)
        starts = {known: start for known, start in starts.items() if known >= oldest}
    return _table(rows, cells)


def _spans(unpriced: pd.DataFrame | None, customers: pd.MultiIndex) -> _Unpriced:
    if unpriced is None or unpriced.empty:
        return _Unpriced(*(np.zeros(0, dtype="int64") for _ in range(3)))
    who = customers.get_indexer(pd.MultiIndex.from_frame(unpriced[["customer", "perimeter"]].astype("str")))
    ends = unpriced["left"].to_numpy() < _NO_END
    month = np.concatenate([unpriced["came"], unpriced["left"][ends]])
    step = np.repeat([1, -1], [len(who), int(ends.sum())])
    order = np.argsort(month, kind="stable")
    return _Unpriced(np.concatenate([who, who[ends]])[order], month[order], step[order])


def _steps(events: pd.DataFrame) -> tuple[_Steps, pd.DataFrame, pd.MultiIndex]:
    ordered = events.sort_values("day", kind="stable", ignore_index=True)
    perimeter, perimeters = pd.factorize(ordered["perimeter"])
    customer, names = pd.factorize(ordered["customer"])
    who, each = pd.factorize(customer * len(perimeters) + perimeter)
    customers = pd.MultiIndex.from_arrays([names[each // len(perimeters)], perimeters[each % len(perimeters)]])
    group, groups = pd.factorize(ordered["customer_group"])
    cell, pairs = pd.factorize(perimeter * len(groups) + group)
    cells = pd.DataFrame({"perimeter": perimeters[pairs // len(groups)], "customer_group": groups[pairs % len(groups)]})
    kind, value = ordered["kind"], ordered["value"]
    came, left = kind.isin(_CAME).to_numpy(), (kind == "lost").to_numpy()
    units = (value.fillna(0) * UNIT).round().to_numpy(dtype="int64") * np.where(left, -1, np.where(kind == "moved", 0, 1))
    known = value.notna().to_numpy() & (kind != "moved").to_numpy()
    month = ordered["day"].to_numpy(dtype="datetime64[M]").astype("int64")
    steps = _Steps(who, month, cell.astype("int32"), units, known, came, left, (kind == "revalued").to_numpy())
    return steps, cells, customers


def _months(touched: Array) -> Array:
    """Every month in which a window holds an event, and the one after."""
    months: Array = np.unique(np.unique(touched)[:, None] + np.arange(_LONGEST + 1))
    return months


def _table(rows: list[tuple[int, int, dict[str, Array]]], cells: pd.DataFrame) -> pd.DataFrame:
    if not rows:
        return pd.DataFrame()
    each = len(cells)
    month = np.repeat(np.array([row[0] for row in rows]), each).astype("datetime64[M]").astype("datetime64[us]")
    table = {"month": month, "months": np.repeat([row[1] for row in rows], each)}
    table |= {name: np.tile(cells[name].to_numpy(dtype=object), len(rows)) for name in CELL}
    for name in _SUMS:
        sums = np.concatenate([row[2][name] for row in rows])
        table[name] = sums / UNIT if name in MONEY else sums
    return pd.DataFrame(table).astype(dict.fromkeys(CELL, "str"))
