"""The profitability pipeline: tiers of customers, who moved between them, the whale curve, and profit by customer group."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, or_, select

from wallboard.metrics.frames import tidy
from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Scope, month_before, month_of
from wallboard.metrics.states import COMPLETE, INCOMPLETE, NO_CASES
from wallboard.store.schema import action, customer_month, person, tier, tier_month, tier_move, whale_month

NO_MONEY, NO_RULE, NOBODY, CAME, LEFT = "", "?", "-", "in", "out"
_PEAK, _STEPS, _ENOUGH = 0, 20, 21
_YEAR = 12
_MONEY = ("revenue", "direct_cost", "cost_to_serve")
_T = tier_month.c
_LAST = 1_000


@dataclass(frozen=True)
class _As:
    """As of which month money can be told, and the months for which every perimeter in scope has delivered."""

    month: date
    whole: frozenset[date]

    def state(self, *ends: date) -> str:
        """complete where the twelve months up to each of `ends` have been delivered everywhere in scope."""
        wanted = {_back(end, n) for end in ends for n in range(_YEAR)}
        return COMPLETE if wanted <= self.whole else INCOMPLETE


def _as_of(connection: Connection, scope: Scope, reach: int) -> _As | None:
    """The newest complete month that every perimeter with money has delivered, and what lies up to `reach` months before it."""
    last, mine = month_before(scope).start, _T.perimeter.in_(scope.perimeters)
    newest = connection.scalars(select(func.max(_T.month)).where(mine, _T.month <= last).group_by(_T.perimeter)).all()
    if not newest:
        return None
    month = min(newest)
    seen = select(_T.month, _T.perimeter).distinct().where(mine, _T.month <= month, _T.month >= _back(month, reach))
    by_month: dict[date, set[str]] = defaultdict(set)
    for when, where in connection.execute(seen):
        by_month[when].add(where)
    return _As(month, frozenset(when for when, where in by_month.items() if where >= set(scope.perimeters)))


def _back(month: date, n: int) -> date:
    months = month.year * 12 + month.month - 1 - n
    return date(months // 12, months % 12 + 1, 1)


def _names(connection: Connection, scope: Scope, month: date) -> dict[str, tuple[str, int, float | None]]:
    """The tiers of the rule that is valid at a month's end: name, place from the top, threshold."""
    end = month_of(scope, month).end
    newest = select(func.max(tier.c.valid_from)).where(tier.c.valid_from <= end).scalar_subquery()
    rows = connection.execute(select(tier).where(tier.c.valid_from == newest).order_by(tier.c.tier)).all()
    rows = sorted(rows, key=lambda row: -float("inf") if row.at_least is None else row.at_least, reverse=True)
    return {row.tier: (row.name, n, row.at_least) for n, row in enumerate(rows, 1)}


def _active(connection: Connection, scope: Scope, month: date) -> int:
    m = customer_month.c
    mine = m.perimeter.in_(scope.perimeters)
    newest = connection.scalar(select(func.max(m.month)).where(mine, m.month <= month))
    return int(connection.scalar(select(func.sum(m.active)).where(mine, m.month == newest)) or 0)


def _profit(row: Mapping[str, Any]) -> float:
    return float(row["revenue"] - row["direct_cost"] - row["cost_to_serve"])


@memoised
def tiers(connection: Connection, scope: Scope) -> pd.DataFrame:
    """Customers, revenue, costs and profit of twelve months by tier, at the end of the last complete month with money.

    kind: tier (best first, also those without anybody), no rule (customers before the first rule), no money (active, and
    neither revenue nor cost is known), left (money of those who are no customers at the month's end), unallocated (cost of no
    customer). `share` is of all active customers (`active`); `holds` is True where tiers, no rule and no money together are
    exactly the active customers, counted without money. `partly_costed` customers have revenue but lack a cost: their profit is
    too high. state: complete, incomplete (of the twelve months some were not delivered). No rows where there is no money.

    Grain: one row per tier, the highest threshold first, and one for each other kind that has anything; 'unallocated' always.
    Columns: kind, tier, name, seq, at_least, customers, share, revenue, direct_cost, cost_to_serve, profit, partly_costed,
    active, holds, month, period_name, state
    """
    known = _as_of(connection, scope, _YEAR)
    if known is None:
        return tidy([], tiers)
    of = [*_MONEY, "customers", "partly_costed"]
    query = select(_T.tier, *(func.sum(_T[name]).label(name) for name in of))
    query = query.where(_T.month == known.month, _T.perimeter.in_(scope.perimeters)).group_by(_T.tier)
    found = {row["tier"]: dict(row) for row in connection.execute(query).mappings()}
    names = _names(connection, scope, known.month)
    active = _active(connection, scope, known.month)
    inside = sum(int(row["customers"]) for key, row in found.items() if key not in (NOBODY, LEFT))
    besides = {NO_RULE: "no rule", NO_MONEY: "no money", LEFT: "left", NOBODY: "unallocated"}
    dated = {"month": known.month, "period_name": month_of(scope, known.month).name, "state": known.state(known.month)}
    rows = []
    for key in [*names, *(key for key in found if key not in {*names, *besides}), *(one for one in besides if one in found)]:
        one = found.get(key, dict.fromkeys(of, 0))
        name, seq, least = names.get(key, (key, _LAST, None))
        kind, counts = besides.get(key, "tier"), key not in (NOBODY, LEFT)
        customers = int(one["customers"])
        share = customers / active if counts and active else None
        said = {"kind": kind, "tier": key, "name": name, "seq": seq, "at_least": least, "customers": customers, "share": share}
        money = {name: float(one[name]) for name in _MONEY} | {"profit": _profit(one)}
        checked = {"partly_costed": int(one["partly_costed"]), "active": active, "holds": inside == active}
        rows.append({**said, **money, **checked, **dated})
    return tidy(rows, tiers)


@memoised
def tier_moves(connection: Connection, scope: Scope, months: int = 12) -> pd.DataFrame:
    """Who moved between tiers in the last 1, 3 or 12 months: both ends by the later rule, so that a new rule moves nobody.

    direction: up, down, same, in (came), out (left), costed (money is known now), uncosted (no longer). `by_rule` are customers
    whom the new rule alone has put from `from_tier` into `to_tier` at the beginning: a break, and no move. `holds` is True
    where for each tier the customers at the start, moved by the rule, plus in less out, are those at the end; start and end are
    counted by themselves. state: complete, incomplete (money of some month is missing), no cases (nobody was there).
    No rows where the beginning has no money, and for other numbers of months.

    Grain: one row per tier before and tier after.
    Columns: from_tier, from_name, from_seq, to_tier, to_name, to_seq, direction, customers, by_rule, holds, start_month,
    month, period_name, state
    """
    known = _as_of(connection, scope, _YEAR + months)
    v = tier_move.c
    if known is None or months not in (1, 3, 12):
        return tidy([], tier_moves)
    query = select(v.from_tier, v.to_tier, func.sum(v.customers), func.sum(v.by_rule)).where(
        v.month == known.month, v.months == months, v.perimeter.in_(scope.perimeters)
    )
    found = {(row[0], row[1]): (int(row[2]), int(row[3])) for row in connection.execute(query.group_by(v.from_tier, v.to_tier))}
    start = _back(known.month, months)
    holds = _moves_hold(connection, scope, start, known.month, found)
    names = _names(connection, scope, start) | _names(connection, scope, known.month)
    place = {CAME: _LAST + 2, LEFT: _LAST + 2, NO_MONEY: _LAST + 1, NO_RULE: _LAST}
    people = sum(customers for customers, _ in found.values())
    state = known.state(start, known.month) if people else NO_CASES
    dated = {"holds": holds, "start_month": start, "month": known.month, "period_name": month_of(scope, known.month).name}
    rows = []
    for (before, after), (customers, by_rule) in found.items():
        ends = [(key, *names.get(key, (key, place.get(key, _LAST)))[:2]) for key in (before, after)]
        both = {f"{side}_{what}": cell for side, end in zip(("from", "to"), ends, strict=True)
                for what, cell in zip(("tier", "name", "seq"), end, strict=True)}  # fmt: skip
        way = _direction(before, after, both["from_seq"], both["to_seq"])
        rows.append({**both, "direction": way, "customers": customers, "by_rule": by_rule, **dated, "state": state})
    return tidy(sorted(rows, key=lambda row: (row["from_seq"], row["to_seq"])), tier_moves)


def _direction(before: str, after: str, was: int, is_now: int) -> str:
    if before == CAME or after == LEFT:
        return "in" if before == CAME else "out"
    if NO_MONEY in (before, after) and before != after:
        return "costed" if before == NO_MONEY else "uncosted"
    return "same" if was == is_now else "up" if is_now < was else "down"


def _moves_hold(
    connection: Connection, scope: Scope, start: date, end: date, moves: Mapping[tuple[str, str], tuple[int, int]]
) -> bool:
    """Customers at the start, by the later rule, plus in less out are the customers at the end, tier by tier."""
    query = select(_T.month, _T.tier, func.sum(_T.customers)).where(
        _T.month.in_((start, end)), _T.perimeter.in_(scope.perimeters), _T.tier.not_in((NOBODY, LEFT))
    )
    stock: dict[tuple[date, str], int] = defaultdict(int)
    for month, key, customers in connection.execute(query.group_by(_T.month, _T.tier)):
        stock[month, key] = int(customers)
    opening, closing = defaultdict[str, int](int), defaultdict[str, int](int)
    restated = defaultdict[str, int](int)
    for (before, after), (customers, by_rule) in moves.items():
        opening[before] += customers
        closing[after] += customers
        restated[before] -= by_rule
        restated[after] += by_rule
    keys = {key for _, key in stock} | opening.keys() | closing.keys() | restated.keys()
    return all(
        (key == CAME or stock[start, key] + restated[key] == opening[key]) and (key == LEFT or stock[end, key] == closing[key])
        for key in keys
    )


def whale(connection: Connection, scope: Scope) -> pd.DataFrame:
    """The whale curve: profit of twelve months of the most profitable customers, more and more of them, up to all.

    Customers with known money, each once in all perimeters together. `share` is of the profit of all, and None where all
    together earn nothing (unit money instead of share). `peak_customers` earn something, together `peak_profit`; the first
    `enough_customers` earn as much as all. `partly_costed` of them lack a cost: their profit is too high. state: complete,
    incomplete; no rows where there is no money.

    Grain: one row per step of a twentieth of the customers.
    Columns: step, customers, profit, share, unit, all_customers, all_profit, peak_customers, peak_profit, enough_customers,
    partly_costed, month, period_name, state
    """
    known = _as_of(connection, scope, _YEAR)
    if known is None:
        return tidy([], whale)
    w = whale_month.c
    query = select(w.step, w.customers, w.profit).where(w.month == known.month, w.perimeters == ",".join(scope.perimeters))
    found = {row.step: (int(row.customers), float(row.profit)) for row in connection.execute(query)}
    if _STEPS not in found:
        return tidy([], whale)
    everybody, total = found[_STEPS]
    ends: dict[str, Any] = {"all_customers": everybody, "all_profit": total, "unit": "share" if total > 0 else "money"}
    ends |= {"peak_customers": found[_PEAK][0], "peak_profit": found[_PEAK][1], "enough_customers": found[_ENOUGH][0]}
    ends |= {"month": known.month, "period_name": month_of(scope, known.month).name, "state": known.state(known.month)}
    here = _T.month == known.month, _T.perimeter.in_(scope.perimeters), _T.tier.not_in((NOBODY, LEFT))
    ends["partly_costed"] = int(connection.scalar(select(func.sum(_T.partly_costed)).where(*here)) or 0)
    rows = [
        {
            **ends,
            "step": step,
            "customers": found[step][0],
            "profit": found[step][1],
            "share": found[step][1] / total if total > 0 else None,
        }
        for step in range(1, _STEPS + 1)
    ]
    return tidy(rows, whale)


@memoised
def group_profit(connection: Connection, scope: Scope, months: int = 1) -> pd.DataFrame:
    """Revenue, cost and profit of twelve months by customer group, at each of the last month ends with money.

    Customers are in the group of that month's last day. kind: group ('' is no known group), left (money of those who are no
    customers at the month's end, whatever their group was), unallocated (cost of no customer). All rows of a month together are
    all the money of its twelve months. state: complete, incomplete (of the twelve months some were not delivered).

    Grain: one row per month, oldest first, and group, most profit first; left and unallocated last.
    Columns: month, period_name, kind, customer_group, customers, revenue, direct_cost, cost_to_serve, profit, partly_costed,
    state
    """
    known = _as_of(connection, scope, _YEAR + months)
    if known is None:
        return tidy([], group_profit)
    of = ("customers", *_MONEY, "partly_costed")
    query = select(_T.month, _T.tier, _T.customer_group, *(func.sum(_T[name]).label(name) for name in of)).where(
        _T.month > _back(known.month, months), _T.month <= known.month, _T.perimeter.in_(scope.perimeters)
    )
    kinds = {LEFT: "left", NOBODY: "unallocated"}
    sums: dict[tuple[date, str, str], dict[str, float]] = defaultdict(lambda: dict.fromkeys(of, 0.0))
    for row in connection.execute(query.group_by(_T.month, _T.tier, _T.customer_group)).mappings():
        kind = kinds.get(row["tier"], "group")
        cell = sums[row["month"], kind, row["customer_group"] if kind == "group" else ""]
        for name in of:
            cell[name] += float(row[name])
    rows: list[dict[str, Any]] = [
        {"month": month, "period_name": month_of(scope, month).name, "kind": kind, "customer_group": group}
        | {**cell, "customers": int(cell["customers"]), "partly_costed": int(cell["partly_costed"])}
        | {"profit": _profit(cell), "state": known.state(month)}
        for (month, kind, group), cell in sums.items()
    ]
    order = {"group": 0, "left": 1, "unallocated": 2}
    ranked = sorted(rows, key=lambda row: (row["month"], order[row["kind"]], -row["profit"], row["customer_group"]))
    return tidy(ranked, group_profit)


def tier_actions(connection: Connection, scope: Scope, limit: int = 1) -> pd.DataFrame:
    """What is being done for each tier: its newest actions, here or everywhere, those that are not done first.

    state: open, overdue (due before today), done.

    Grain: one row per action, at most `limit` a tier, newest first.
    Columns: tier, what, why, owner, since, due_on, done_on, state
    """
    a = action.c
    here = or_(a.perimeter.is_(None), a.perimeter.in_(scope.perimeters))
    query = select(a.subject, a.what, a.why, person.c.name, a.owner, a.since, a.due_on, a.done_on)
    query = query.select_from(action.outerjoin(person, person.c.person == a.owner))
    query = query.where(a.about == "tier", a.since <= scope.last_day, here).order_by(a.since.desc(), a.id.desc())
    mine: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in connection.execute(query):
        done = row.done_on if row.done_on and row.done_on <= scope.last_day else None
        overdue = done is None and row.due_on is not None and row.due_on + timedelta(days=1) <= scope.today
        said = {"tier": row.subject, "what": row.what, "why": row.why, "owner": row.name or row.owner, "since": row.since}
        state = "done" if done else "overdue" if overdue else "open"
        mine[row.subject].append({**said, "due_on": row.due_on, "done_on": done, "state": state})
    ordered = (sorted(some, key=lambda one: one["state"] == "done")[:limit] for some in mine.values())
    return tidy((one for some in ordered for one in some), tier_actions)
