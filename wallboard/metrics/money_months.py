"""For which months the money of customers has been delivered, and what twelve months of it come to."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from wallboard.metrics.rows import Summed
from wallboard.metrics.scope import Scope, month_before
from wallboard.metrics.states import COMPLETE, INCOMPLETE
from wallboard.store.schema import tier_month

NO_MONEY, NO_RULE, NOBODY, LEFT = "", "?", "-", "out"
"""What stands in the place of a tier: customers without money or before any rule, cost of no customer, money of who has left."""

YEAR = 12
_T = tier_month.c
SUMS = [func.sum(_T[name]).label(name) for name in ("revenue", "direct_cost", "cost_to_serve", "customers", "partly_costed")]


@dataclass(frozen=True)
class Money(Summed):
    """Revenue and costs of some customers in twelve months, in the room's currency; `partly_costed` of them lack a cost."""

    revenue: float = 0.0
    direct_cost: float = 0.0
    cost_to_serve: float = 0.0
    customers: int = 0
    partly_costed: int = 0

    @classmethod
    def of(cls, row: Any) -> "Money":
        """A row of SUMS."""
        costs = float(row.direct_cost), float(row.cost_to_serve)
        return cls(float(row.revenue), *costs, int(row.customers), int(row.partly_costed))

    @property
    def profit(self) -> float:
        """Revenue less both costs."""
        return self.revenue - self.direct_cost - self.cost_to_serve


@dataclass(frozen=True)
class Delivered:
    """As of which month money can be told, and the months for which every perimeter in scope has delivered."""

    month: date
    whole: frozenset[date]

    def state(self, *ends: date) -> str:
        """complete where the twelve months up to each of `ends` have been delivered everywhere in scope."""
        wanted = {months_back(end, n) for end in ends for n in range(YEAR)}
        return COMPLETE if wanted <= self.whole else INCOMPLETE


def delivered(connection: Connection, scope: Scope, reach: int) -> Delivered | None:
    """The newest complete month that every perimeter with money has delivered, and what lies up to `reach` months before it."""
    last, mine = month_before(scope).start, _T.perimeter.in_(scope.perimeters)
    newest = connection.scalars(select(func.max(_T.month)).where(mine, _T.month <= last).group_by(_T.perimeter)).all()
    if not newest:
        return None
    month = min(newest)
    rows = select(_T.month, _T.perimeter).distinct().where(mine, _T.month <= month, _T.month >= months_back(month, reach))
    by_month: dict[date, set[str]] = defaultdict(set)
    for when, where in connection.execute(rows):
        by_month[when].add(where)
    return Delivered(month, frozenset(when for when, where in by_month.items() if where >= set(scope.perimeters)))


def months_back(month: date, n: int) -> date:
    """The first day of the month `n` months earlier."""
    months = month.year * 12 + month.month - 1 - n
    return date(months // 12, months % 12 + 1, 1)
