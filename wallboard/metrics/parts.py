"""The customer asset by its parts: who came and left in each perimeter and in each group, adding up in each of them."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from wallboard.metrics.customers import customer_flow
from wallboard.metrics.frames import tidy
from wallboard.metrics.rows import documented
from wallboard.metrics.scope import Scope, last_periods
from wallboard.metrics.states import COMPLETE, LEFT_CENSORED
from wallboard.store.schema import customer_month, customer_movement

_OWN = ("part", "by")


def customer_parts(connection: Connection, scope: Scope, by: str = "group", unit: str = "month") -> pd.DataFrame:
    """The last complete month (quarter, year) of each perimeter or each group, as in customer_flow; largest first.

    `by` is group or perimeter. In a group, who came from another one or went to it is moved_in or moved_out, neither new nor
    lost, and `net` (closing − opening) counts them too. A group without a name holds the customers of whom no group is known. A
    part that nobody was in has no row.

    Grain: one row per perimeter, or per customer group.
    Columns: part, by, period_start, period_name, opening, new, won_back, lost, moved_in, moved_out, closing, net,
    closing_day, opening_value, closing_value, net_value, value_state, value_unknown, closing_unknown, undated, holds, state,
    basis
    """
    kept = [name for name in documented(customer_parts).columns if name not in _OWN]
    rows = []
    for part in _parts(connection, scope, by, unit):
        if by == "perimeter":
            flow = customer_flow(connection, scope.only(part), months=2, unit=unit)
        else:
            flow = customer_flow(connection, scope, months=2, unit=unit, group=part)
        done = flow[flow["state"].isin((COMPLETE, LEFT_CENSORED))]
        if done.empty:
            continue
        last: dict[Any, Any] = done.iloc[-1].to_dict()
        if last["opening"] or last["new"] or last["won_back"] or last["moved_in"]:
            rows.append({"part": part, "by": by, **{name: last[name] for name in kept}})
    rows.sort(key=lambda row: (-row["closing"], row["part"]))
    return tidy(rows, customer_parts)


def _parts(connection: Connection, scope: Scope, by: str, unit: str) -> list[str]:
    if by == "perimeter":
        return list(scope.perimeters)
    since = last_periods(scope, unit, 2)[0].start
    groups: set[str] = set()
    for table in (customer_movement, customer_month):
        mine = table.c.perimeter.in_(scope.perimeters), table.c.month >= since
        groups |= set(connection.scalars(select(table.c.customer_group).distinct().where(*mine)))
    newest = select(func.max(customer_month.c.month)).where(customer_month.c.perimeter.in_(scope.perimeters)).scalar_subquery()
    mine = customer_month.c.perimeter.in_(scope.perimeters), customer_month.c.month == newest
    return sorted(groups | set(connection.scalars(select(customer_month.c.customer_group).distinct().where(*mine))))
