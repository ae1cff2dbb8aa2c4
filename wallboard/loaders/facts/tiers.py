"""Tiers by month, moves between them and the whale curve, counted again from the earliest month that a load has touched.

Active customers stand in their tier, '' without any money, and '?' while no rule is valid. Money of people who were no
customers at the month's end stands under 'out' and cost of nobody under '-', so that all rows of a month together are all the
money of its twelve months.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from sqlalchemy import Connection, delete, func, select

from wallboard.calendar import first_of, last_of, months_on, number_of
from wallboard.loaders.counting.aliases import aliases, everybody_of, merged, numbers_in
from wallboard.loaders.counting.calendar import firsts_of
from wallboard.loaders.counting.declared import EVERYTHING, Change, Everything, Fact, Grain
from wallboard.loaders.counting.grains import Months, portions_of_months
from wallboard.loaders.counting.groups import group_steps
from wallboard.loaders.counting.leavers import are_undated
from wallboard.loaders.counting.ledger import UNIT
from wallboard.loaders.counting.movements import presence
from wallboard.loaders.counting.profit import MONEY, YEAR, Books, ProfitPosition, books
from wallboard.loaders.counting.purchases import MANY, real
from wallboard.loaders.counting.tier_rules import CAME, LEFT, OF_NOBODY, Rule, Rules, rules_of
from wallboard.scales import ENOUGH, PEAK, WHALE_STEPS, WINDOWS
from wallboard.settings import Room, Settings
from wallboard.store.portions import in_portions
from wallboard.store.rates import newest_rates
from wallboard.store.schema import (
    contract,
    customer,
    customer_alias,
    customer_event,
    customer_money,
    exchange_rate,
    membership,
    purchase,
    tier,
    tier_month,
    tier_move,
    whale_month,
)
from wallboard.store.write import Written, insert_rows, read_frame

EPOCH = date(1970, 1, 1)
"""No money is older."""

_TABLES = (tier_month, tier_move, whale_month)
_C = customer_money.c
_TIER, _SUMS = ("perimeter", "customer_group", "tier"), (*MONEY, "customers", "partly_costed", "month")
_MOVE, _COUNTS = ("perimeter", "from_tier", "to_tier"), ("customers", "by_rule", "month", "months")
_WHALE = ("step", "customers", "profit", "perimeters")
_READ = ["customer", "perimeter", "month", *MONEY, "currency"]


class Since(NamedTuple):
    """The months from that of `day` on, and before `until`; `rows` are those of all money where a load has brought them."""

    day: date
    rows: pd.DataFrame | None = None
    until: date | None = None


def _touched(change: Change) -> Since | Everything | None:
    day = _since(change)
    if day is None:
        return None
    if day == date.min:
        return EVERYTHING
    written, newest = change.written, change.connection.scalar(select(func.max(_C.month)))
    if change.table is customer_money:
        return Since(day, written.new if written.first else None)
    return Since(day) if newest is not None and day.replace(day=1) <= newest else None


def _batches(connection: Connection, _room: Room) -> Iterator[Since]:
    return (Since(part.since, None, part.until) for part in portions_of_months(connection, _C.month))


def _since(change: Change) -> date | None:
    """The earliest day from which on a tier may be another one; None where none may."""
    written, named = change.written, {customer_money.name: "month", tier.name: "valid_from", purchase.name: "day"}
    if change.table.name in named:
        earliest: date = written.touched(named[change.table.name]).min().date()
        return earliest
    if change.table is contract:
        return _contracts_since(written)
    if change.table is exchange_rate or (change.table is customer and written.touched("test_account").any()):
        return date.min
    touched = numbers_in(written)
    return date.min if len(touched) > MANY else _first_heard(change.connection, everybody_of(change.connection, touched))


def _count(connection: Connection, room: Room, part: Since) -> None:
    since = part.day.replace(day=1)
    for table in _TABLES:
        connection.execute(delete(table).where(Months(since, part.until).hold(table.c.month)))
    money = _money(connection, part.rows, room, Months(months_on(max(since, EPOCH), 1 - 2 * YEAR), part.until))
    if money.empty:
        return
    spells = presence(read_frame(connection, select(*(customer_event.c[n] for n in ("customer", "perimeter", "day", "kind")))))
    accounting = books(money, spells, group_steps(connection, None))
    versions = read_frame(connection, select(tier.c.tier, tier.c.at_least, tier.c.valid_from))
    for table, frame in zip(_TABLES, counted(accounting, rules_of(versions), leaf_sets(room.settings), since), strict=True):
        insert_rows(connection, table, frame)


def _contracts_since(written: Written) -> date | None:
    """The first day of contracts that are new or gone; of changed ones that of their end, where that alone has changed."""
    who = ["source_key", "customer", "perimeter", "started_on"]
    if not len(written.changed):
        started = pd.concat([pd.to_datetime(part["started_on"]) for part in (written.new, written.gone)]).min()
        return None if pd.isna(started) else started.date()
    who = [*who, "undated"]
    now, was = (frame.assign(undated=are_undated(frame))[[*who, "ended_on"]] for frame in (written.changed, written.before))
    pairs = now.merge(was, on=who, how="outer", indicator=True)
    alone = pairs["_merge"] != "both"
    moved = pairs[
        ~alone & pairs["ended_on_x"].ne(pairs["ended_on_y"]) & ~(pairs["ended_on_x"].isna() & pairs["ended_on_y"].isna())
    ]
    days = [part["started_on"] for part in (written.new, written.gone, pairs[alone])]
    earliest = pd.concat([pd.to_datetime(column) for column in (*days, moved["ended_on_x"], moved["ended_on_y"])]).min()
    return None if pd.isna(earliest) else earliest.date()


def _first_heard(connection: Connection, customers: Iterable[str]) -> date | None:
    days: list[date | None] = []
    for some in in_portions(customers):
        for table in (customer_money, customer_event):
            days.append(connection.scalar(select(func.min(table.c.month)).where(table.c.customer.in_(some))))
    return min((day for day in days if day), default=None)


def _money(connection: Connection, rows: pd.DataFrame | None, room: Room, months: Months) -> pd.DataFrame:
    """Money of some months in the room's money, without test accounts; from memory where a load has brought all."""
    if rows is not None:
        tests = connection.scalars(select(customer.c.customer).where(customer.c.test_account)).all()
        money = rows.loc[~rows["customer"].isin(tests), _READ]
    else:
        mine = _C.customer.is_(None) | real(_C.customer)
        money = read_frame(connection, select(*(_C[name] for name in _READ)).where(months.hold(_C.month), mine))
    rate = money["currency"].map(newest_rates(connection, room.settings.currency)).astype("float64")
    missing = (money["revenue"].notna() & (money["direct_cost"].isna() | money["cost_to_serve"].isna())) | rate.isna()
    worth = {name: money[name] * rate for name in MONEY}
    return money.assign(customer=merged(money["customer"], aliases(connection)), partly=missing, **worth)


def leaf_sets(settings: Settings) -> list[tuple[str, ...]]:
    """The perimeters that are counted together on some wall."""
    return list(dict.fromkeys(settings.leaves(key) for key in (None, *settings.perimeter)))


def counted(
    accounting: Books, rules: Rules, sets: list[tuple[str, ...]], since: date
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The rows of tier_month, tier_move and whale_month of the delivered months from `since` on."""
    months = sorted({month for month, _ in accounting.delivered})
    tiers, moves, whales = [_none(_TIER, _SUMS)], [_none(_MOVE, _COUNTS)], [_none(_WHALE, ("month",))]
    past: deque[ProfitPosition] = deque(maxlen=YEAR + 1)
    start = number_of(max(since, EPOCH))
    for now in accounting.positions(months[0], months[-1]) if months else ():
        past.append(now)
        here = _delivered(accounting, now.month)
        if now.month < start or not here.any():
            continue
        rule = rules.on(last_of(first_of(now.month)))
        tiers.append(_tiers(accounting, now, rule, here).assign(month=now.month))
        for window in (length for length in WINDOWS if length < len(past)):
            then = past[-1 - window]
            both = here & _delivered(accounting, then.month), rules.on(last_of(first_of(then.month))), rule
            moves.append(_moves(accounting, then, now, *both).assign(month=now.month, months=window))
        whales += [_whale(accounting, now, leaves, here).assign(month=now.month) for leaves in sets]
    frames = (pd.concat(part, ignore_index=True) for part in (tiers, moves, whales))
    named = [_named(frame, accounting, rules) for frame in frames]
    return named[0], named[1], named[2]


def _none(*columns: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype="int64") for name in dict.fromkeys(sum(columns, ()))})


def _named(frame: pd.DataFrame, accounting: Books, rules: Rules) -> pd.DataFrame:
    """Numbers as the names, days and amounts that they stand for."""
    groups = pd.Index(accounting.places.groups, dtype="str")
    names = {"perimeter": pd.Index(accounting.places.perimeters, dtype="str"), "customer_group": groups}
    names |= dict.fromkeys(("tier", "from_tier", "to_tier"), pd.Index(rules.names, dtype="str"))
    labels = {name: known[frame[name].to_numpy(dtype="int64")] for name, known in names.items() if name in frame}
    worth = {name: frame[name] / UNIT for name in (*MONEY, "profit") if name in frame}
    return frame.assign(**labels, **worth, month=firsts_of(frame["month"]))


def _delivered(accounting: Books, month: int) -> Any:
    places = accounting.places
    delivered = [(month, n) in accounting.delivered for n in range(len(places.perimeters))]
    return np.array(delivered, dtype=bool)[places.perimeter]


def _tiers(accounting: Books, now: ProfitPosition, rule: Rule, here: Any) -> pd.DataFrame:
    """Everybody who is there or has money, and a row for cost of nobody even where there is none."""
    places = accounting.places
    tier_of = np.where(places.nobody, OF_NOBODY, np.where(now.there, rule.tier(now), LEFT))
    group = np.where(places.nobody, 0, now.group)
    shown = here & (now.there | now.known)
    someone = ~places.nobody
    sums = dict(zip(MONEY, now.money, strict=True)) | {"customers": someone, "partly_costed": now.partly & someone}
    every = np.unique(places.perimeter[here])
    none = np.zeros(len(every), dtype="int64")
    keys = [np.concatenate(pair) for pair in zip(
        (places.perimeter[shown], group[shown], tier_of[shown]), (every, none, none + OF_NOBODY), strict=True
    )]  # fmt: skip
    return _summed(_TIER, keys, {name: np.concatenate([values[shown], none]) for name, values in sums.items()})


def _moves(accounting: Books, then: ProfitPosition, now: ProfitPosition, both: Any, old: Rule, new: Rule) -> pd.DataFrame:
    was, restated, became = old.tier(then), new.tier(then), new.tier(now)
    someone = both & ~accounting.places.nobody
    moved = someone & (then.there | now.there)
    broken = someone & then.there & (was != restated)
    at = accounting.places.perimeter
    begins, ends = np.where(then.there, restated, CAME), np.where(now.there, became, LEFT)
    keys = [np.concatenate([a[moved], b[broken]]) for a, b in ((at, at), (begins, was), (ends, restated))]
    by_rule = np.arange(len(keys[0])) >= moved.sum()
    return _summed(_MOVE, keys, {"customers": ~by_rule, "by_rule": by_rule})


def _summed(by: tuple[str, ...], keys: list[Any], values: dict[str, Any]) -> pd.DataFrame:
    """Sums for each combination of keys, which are small whole numbers."""
    sizes = [int(key.max(initial=0)) + 1 for key in keys]
    cells, place = np.unique(np.ravel_multi_index(keys, sizes), return_inverse=True)
    sums = {name: np.bincount(place, weights=some, minlength=len(cells)).round().astype("int64") for name, some in values.items()}
    return pd.DataFrame(dict(zip(by, np.unravel_index(cells, sizes), strict=True)) | sums)


def _whale(accounting: Books, now: ProfitPosition, leaves: tuple[str, ...], here: Any) -> pd.DataFrame:
    """Customers of all `leaves` together, each once, from the most profitable on."""
    inside = np.isin(np.array(accounting.places.perimeters, dtype=object), leaves)[accounting.places.perimeter]
    shown = here & inside & now.there & now.known & ~accounting.places.nobody
    if not shown.any():
        return _none(_WHALE)
    who = np.unique(accounting.places.customer[shown], return_inverse=True)[1]
    earned = np.sort(np.bincount(who, weights=now.profit[shown]).round().astype("int64"))[::-1]
    total = np.concatenate([[0], earned.cumsum()])
    steps = {step: -(-len(earned) * step // WHALE_STEPS) for step in range(1, WHALE_STEPS + 1)}
    steps |= {PEAK: int((earned > 0).sum()), ENOUGH: int(np.argmax(total >= total[-1]))}
    steps_frame = pd.DataFrame({"step": list(steps), "customers": list(steps.values())})
    return steps_frame.assign(profit=total[steps_frame["customers"]], perimeters=",".join(leaves))


FACT = Fact(
    reads=(customer_money, tier, customer_event, customer, customer_alias, membership, exchange_rate),
    writes=_TABLES,
    version=2,
    grain=Grain("months from one on", _touched, _batches),
    count=_count,
    rules=lambda settings: (settings.currency, leaf_sets(settings)),
)
