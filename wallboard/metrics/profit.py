"""Who earns and who costs: the whale curve, and profit by customer group."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from wallboard.metrics.memo import memoised
from wallboard.metrics.money_months import LEFT, NOBODY, SUMS, YEAR, Money, delivered, months_back
from wallboard.metrics.rows import common_fields
from wallboard.metrics.scope import Scope, month_of
from wallboard.scales import ENOUGH, PEAK, WHALE_STEPS
from wallboard.store.schema import tier_month, whale_month

_KINDS = {LEFT: "left", NOBODY: "unallocated"}
_ORDER = {"group": 0, "left": 1, "unallocated": 2}
_T, _W = tier_month.c, whale_month.c


@dataclass(frozen=True, slots=True, kw_only=True)
class WhaleStep:
    """What the `customers` most profitable customers earn together in twelve months, in the room's currency.

    `share` is of the profit of all, and None where all together earn nothing (unit money instead of share). `peak_customers` earn
    something, together `peak_profit`; the first `enough_customers` earn as much as all. `partly_costed` of them lack a cost:
    their profit is too high. state: complete, incomplete (of the twelve months some were not delivered).
    """

    step: int
    customers: int
    profit: float
    share: float | None
    unit: str
    all_customers: int
    all_profit: float
    peak_customers: int
    peak_profit: float
    enough_customers: int
    partly_costed: int
    month: date
    period_name: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupProfit:
    """Money of twelve months, in the room's currency, of one customer group at the end of `month`.

    Customers are in the group of that month's last day. kind: group ('': none is known), left (money of those who are no
    customers at the month's end, whatever their group was), unallocated (cost of no customer). `partly_costed` of them lack a
    cost. state: complete, incomplete (of the twelve months some were not delivered).
    """

    month: date
    period_name: str
    kind: str
    customer_group: str
    customers: int
    revenue: float
    direct_cost: float
    cost_to_serve: float
    profit: float
    partly_costed: int
    state: str


def whale(connection: Connection, scope: Scope) -> tuple[WhaleStep, ...]:
    """The whale curve: profit of twelve months of the most profitable customers, more and more of them, up to all.

    Customers with known money, each once in all perimeters together; no rows where there is no money.

    Grain: one row per step of a twentieth of the customers.
    """
    known = delivered(connection, scope, YEAR)
    if known is None:
        return ()
    query = select(_W.step, _W.customers, _W.profit).where(_W.month == known.month, _W.perimeters == ",".join(scope.perimeters))
    steps = {row.step: (int(row.customers), float(row.profit)) for row in connection.execute(query)}
    if WHALE_STEPS not in steps:
        return ()
    everybody, total = steps[WHALE_STEPS]
    here = _T.month == known.month, _T.perimeter.in_(scope.perimeters), _T.tier.not_in((NOBODY, LEFT))
    partly_costed = int(connection.scalar(select(func.sum(_T.partly_costed)).where(*here)) or 0)
    return tuple(
        WhaleStep(
            step=step,
            customers=steps[step][0],
            profit=steps[step][1],
            share=steps[step][1] / total if total > 0 else None,
            unit="share" if total > 0 else "money",
            all_customers=everybody,
            all_profit=total,
            peak_customers=steps[PEAK][0],
            peak_profit=steps[PEAK][1],
            enough_customers=steps[ENOUGH][0],
            partly_costed=partly_costed,
            month=known.month,
            period_name=month_of(scope, known.month).name,
            state=known.state(known.month),
        )
        for step in range(1, WHALE_STEPS + 1)
    )


@memoised
def group_profit(connection: Connection, scope: Scope, months: int = 1) -> tuple[GroupProfit, ...]:
    """Revenue, cost and profit of twelve months by customer group, at each of the last month ends with money.

    All rows of a month together are all the money of its twelve months.

    Grain: one row per month, oldest first, and group, most profit first; left and unallocated last.
    """
    known = delivered(connection, scope, YEAR + months)
    if known is None:
        return ()
    query = select(_T.month, _T.tier, _T.customer_group, *SUMS).where(
        _T.month > months_back(known.month, months), _T.month <= known.month, _T.perimeter.in_(scope.perimeters)
    )
    sums: dict[tuple[date, str, str], Money] = defaultdict(Money)
    for row in connection.execute(query.group_by(_T.month, _T.tier, _T.customer_group)):
        kind = _KINDS.get(row.tier, "group")
        sums[row.month, kind, row.customer_group if kind == "group" else ""] += Money.of(row)
    rows = (
        GroupProfit(
            month=month,
            period_name=month_of(scope, month).name,
            kind=kind,
            customer_group=group,
            profit=money.profit,
            **common_fields(money, GroupProfit),
            state=known.state(month),
        )
        for (month, kind, group), money in sums.items()
    )
    return tuple(sorted(rows, key=lambda row: (row.month, _ORDER[row.kind], -row.profit, row.customer_group)))
