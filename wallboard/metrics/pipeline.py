"""The profitability pipeline: tiers of customers, who moved between them, and what is done for each."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, func, or_, select

from wallboard.metrics.memo import memoised
from wallboard.metrics.money_months import LEFT, NO_MONEY, NO_RULE, NOBODY, SUMS, YEAR, Money, delivered, months_back
from wallboard.metrics.rows import common_fields
from wallboard.metrics.scope import Scope, month_of
from wallboard.metrics.states import NO_CASES
from wallboard.store.schema import action, customer_month, employee, tier, tier_month, tier_move

CAME = "in"
_BESIDES = {NO_RULE: "no rule", NO_MONEY: "no money", LEFT: "left", NOBODY: "unallocated"}
_T = tier_month.c
_LAST = 1_000
"""The place of what is no tier, from the top: behind all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """One tier, or what stands beside the tiers, at the end of `month`: customers, and their money of twelve months.

    kind: tier (also without anybody), no rule (customers before the first rule), no money (active, and neither revenue nor cost
    is known), left (money of those who are no customers at the month's end), unallocated (cost of no customer). Money is in the
    room's currency; `at_least` is the tier's threshold, `seq` its place from the top. `share` is of all active customers
    (`active`); `holds` is True where tiers, no rule and no money together are exactly the active customers, counted without
    money. `partly_costed` customers have revenue but lack a cost: their profit is too high. state: complete, incomplete (of the
    twelve months some were not delivered).
    """

    kind: str
    tier: str
    name: str
    seq: int
    at_least: float | None
    customers: int
    share: float | None
    revenue: float
    direct_cost: float
    cost_to_serve: float
    profit: float
    partly_costed: int
    active: int
    holds: bool
    month: date
    period_name: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TierMove:
    """Customers who were in one tier at the end of `start_month` and in another, or the same, at the end of `month`.

    direction: up, down, same, in (came), out (left), costed (money is known now), uncosted (no longer). `by_rule` are customers
    whom the new rule alone has put from `from_tier` into `to_tier` at the beginning: a break, and no move. `holds` is True
    where for each tier the customers at the start, moved by the rule, plus in less out, are those at the end; start and end are
    counted by themselves. state: complete, incomplete (money of some month is missing), no cases (nobody was there).
    """

    from_tier: str
    from_name: str
    from_seq: int
    to_tier: str
    to_name: str
    to_seq: int
    direction: str
    customers: int
    by_rule: int
    holds: bool
    start_month: date
    month: date
    period_name: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TierAction:
    """One action for a tier, here or everywhere. state: open, overdue (due before today), done."""

    tier: str
    what: str
    why: str | None
    owner: str | None
    since: date
    due_on: date | None
    done_on: date | None
    state: str


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


@memoised
def tiers(connection: Connection, scope: Scope) -> tuple[Tier, ...]:
    """Customers, revenue, costs and profit of twelve months by tier, at the end of the last complete month with money.

    No rows where there is no money.

    Grain: one row per tier, the highest threshold first, and one for each other kind that has anything; 'unallocated' always.
    """
    known = delivered(connection, scope, YEAR)
    if known is None:
        return ()
    query = select(_T.tier, *SUMS).where(_T.month == known.month, _T.perimeter.in_(scope.perimeters)).group_by(_T.tier)
    money = {row.tier: Money.of(row) for row in connection.execute(query)}
    names, active = _names(connection, scope, known.month), _active(connection, scope, known.month)
    inside = sum(some.customers for key, some in money.items() if key not in (NOBODY, LEFT))

    def row(key: str) -> Tier:
        of, (name, seq, least) = money.get(key, Money()), names.get(key, (key, _LAST, None))
        return Tier(
            kind=_BESIDES.get(key, "tier"),
            tier=key,
            name=name,
            seq=seq,
            at_least=least,
            share=of.customers / active if active and key not in (NOBODY, LEFT) else None,
            profit=of.profit,
            **common_fields(of, Tier),
            active=active,
            holds=inside == active,
            month=known.month,
            period_name=month_of(scope, known.month).name,
            state=known.state(known.month),
        )

    unnamed = [key for key in money if key not in names and key not in _BESIDES]
    return tuple(row(key) for key in (*names, *unnamed, *(key for key in _BESIDES if key in money)))


@memoised
def tier_moves(connection: Connection, scope: Scope, months: int = 12) -> tuple[TierMove, ...]:
    """Who moved between tiers in the last 1, 3 or 12 months: both ends by the later rule, so that a new rule moves nobody.

    No rows where the beginning has no money, and for other numbers of months.

    Grain: one row per tier before and tier after.
    """
    known = delivered(connection, scope, YEAR + months)
    v = tier_move.c
    if known is None or months not in (1, 3, 12):
        return ()
    query = select(v.from_tier, v.to_tier, func.sum(v.customers), func.sum(v.by_rule)).where(
        v.month == known.month, v.months == months, v.perimeter.in_(scope.perimeters)
    )
    moves = {(row[0], row[1]): (int(row[2]), int(row[3])) for row in connection.execute(query.group_by(v.from_tier, v.to_tier))}
    start = months_back(known.month, months)
    holds = _moves_hold(connection, scope, start, known.month, moves)
    names = _names(connection, scope, start) | _names(connection, scope, known.month)
    places = {CAME: _LAST + 2, LEFT: _LAST + 2, NO_MONEY: _LAST + 1}
    people = sum(customers for customers, _ in moves.values())

    def row(before: str, after: str, customers: int, by_rule: int) -> TierMove:
        (from_name, from_seq), (to_name, to_seq) = (
            names[key][:2] if key in names else (key, places.get(key, _LAST)) for key in (before, after)
        )
        return TierMove(
            from_tier=before,
            from_name=from_name,
            from_seq=from_seq,
            to_tier=after,
            to_name=to_name,
            to_seq=to_seq,
            direction=_direction(before, after, from_seq, to_seq),
            customers=customers,
            by_rule=by_rule,
            holds=holds,
            start_month=start,
            month=known.month,
            period_name=month_of(scope, known.month).name,
            state=known.state(start, known.month) if people else NO_CASES,
        )

    rows = (row(*ends, *counts) for ends, counts in moves.items())
    return tuple(sorted(rows, key=lambda move: (move.from_seq, move.to_seq)))


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
    opening, closing, restated = Counter[str](), Counter[str](), Counter[str]()
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


def tier_actions(connection: Connection, scope: Scope, limit: int = 1) -> tuple[TierAction, ...]:
    """What is being done for each tier: its newest actions, here or everywhere, those that are not done first.

    Grain: one row per action, at most `limit` a tier, newest first.
    """
    a = action.c
    here = or_(a.perimeter.is_(None), a.perimeter.in_(scope.perimeters))
    query = select(a.subject, a.what, a.why, employee.c.name, a.owner, a.since, a.due_on, a.done_on)
    query = query.select_from(action.outerjoin(employee, employee.c.employee == a.owner))
    query = query.where(a.about == "tier", a.since <= scope.last_day, here).order_by(a.since.desc(), a.id.desc())
    by_tier: dict[str, list[TierAction]] = defaultdict(list)
    for subject, what, why, name, owner, since, due_on, done_on in connection.execute(query):
        done = done_on if done_on and done_on <= scope.last_day else None
        overdue = done is None and due_on is not None and due_on + timedelta(days=1) <= scope.today
        by_tier[subject].append(
            TierAction(
                tier=subject,
                what=what,
                why=why,
                owner=name or owner,
                since=since,
                due_on=due_on,
                done_on=done,
                state="done" if done else "overdue" if overdue else "open",
            )
        )
    ordered = (sorted(some, key=lambda row: row.state == "done")[:limit] for some in by_tier.values())
    return tuple(row for some in ordered for row in some)
