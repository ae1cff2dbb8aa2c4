"""Tiers, moves and the whale curve are what counting customer by customer gives, and nothing appears or vanishes."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from tests.examples import at_most
from tests.loaders.conftest import Workspace
from tests.loaders.facts.test_facts import csv
from tests.loaders.test_feeds import source
from wallboard.loaders.counting.profit import books
from wallboard.loaders.counting.tier_rules import rules_of
from wallboard.loaders.facts.tiers import counted
from wallboard.scales import ENOUGH, PEAK
from wallboard.store.schema import customer_money, customer_month, tier_month, tier_move

START = date(2024, 1, 1)
SETS = [("x", "y"), ("x",), ("y",)]
NO_STEPS = pd.DataFrame({"customer": [], "day": pd.to_datetime([]), "customer_group": []}).astype({"customer": "str"})
GOLD, IRON, LEAD = ("gold", 100.0), ("iron", 0.0), ("lead", None)
MONEY = ["revenue", "direct_cost", "cost_to_serve"]


def month(n: int) -> date:
    return date(START.year + n // 12, n % 12 + 1, 1)


_AMOUNT = st.one_of(st.none(), st.integers(-60, 90).map(float))
_MONEY = st.lists(
    st.tuples(st.sampled_from([*"abcd", None]), st.sampled_from("xy"), st.integers(0, 17), _AMOUNT, _AMOUNT, _AMOUNT), max_size=30
)
_SPELLS = st.dictionaries(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("xy")),
    st.tuples(st.integers(0, 400), st.one_of(st.none(), st.integers(1, 300))),
    max_size=6,
)
_RULES = st.lists(st.tuples(st.integers(0, 15), st.integers(5, 120).map(float)), max_size=2, unique_by=lambda pair: pair[0])


@settings(max_examples=at_most(40))
@given(money=_MONEY, spells=_SPELLS, thresholds=_RULES)
@pytest.mark.slow
def test_every_row_is_what_counting_by_hand_gives(money: Any, spells: Any, thresholds: Any) -> None:
    money = list(
        {(who, where, when): (who, where, when, *rest) for who, where, when, *rest in money if rest != [None] * 3}.values()
    )
    rules = [[(name, least, month(at)) for name, least in (("gold", gold), IRON, LEAD)] for at, gold in sorted(thresholds)]
    lives = {who: (START + timedelta(days=a), n and START + timedelta(days=a + n)) for who, (a, n) in spells.items()}
    tiers, moves, whales = count(money, lives, [row for rule in rules for row in rule])
    delivered = {(where, when) for _, where, when, *_ in money}
    got_tiers = {tuple(row) for row in cells(tiers, "perimeter", "tier", "customers") if row[-2] != "-"}
    got_moves = {tuple(row) for row in cells(moves, "months", "perimeter", "from_tier", "to_tier", "customers", "by_rule")}
    want_tiers: set[Any] = set()
    want_moves: set[Any] = set()
    for where, when in delivered:
        rule = valid(rules, when)
        here = {who: tier(money, lives, rule, who, where, when) for who in "abcd"}
        inside = Counter(name for name in here.values() if name is not None)
        want_tiers |= {(month(when), where, name, n) for name, n in inside.items()}
        total = sum(sum(row) for row in cells(tiers, *MONEY, of=(month(when), where)))
        year = [row[3:] for row in money if row[1] == where and when - 12 < row[2] <= when]
        assert total == sum(sum(amount or 0 for amount in row) for row in year), "all money is somewhere, and once"
        for window in (1, 3, 12):
            if (where, when - window) in delivered:
                want_moves |= by_hand(money, lives, rules, where, (when - window, when))
    assert got_tiers == want_tiers
    assert got_moves == want_moves
    for when in {when for _, when in delivered}:
        for leaves in SETS:
            curve = whales[(whales["month"] == pd.Timestamp(month(when))) & (whales["perimeters"] == ",".join(leaves))]
            whale_by_hand(curve, money, lives, [leaf for leaf in leaves if (leaf, when) in delivered], when)


def count(money: Any, lives: Any, rules: Any, since: date = date.min) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    frame = pd.DataFrame(
        [(who, where, month(when), *rest) for who, where, when, *rest in money],
        columns=["customer", "perimeter", "month", *MONEY],
    )
    frame = frame.astype({"customer": "str", "perimeter": "str", **dict.fromkeys(MONEY, "float64")})
    frame = frame.assign(month=pd.to_datetime(frame["month"]), partly=False)
    spells = pd.DataFrame([(*who, *days) for who, days in lives.items()], columns=["customer", "perimeter", "begins", "ends"])
    spells = spells.astype({"customer": "str", "perimeter": "str"})
    spells = spells.assign(begins=pd.to_datetime(spells["begins"]), ends=pd.to_datetime(spells["ends"]))
    versions = pd.DataFrame(rules, columns=["tier", "at_least", "valid_from"]).astype({"at_least": "float64"})
    return counted(books(frame, spells, NO_STEPS), rules_of(versions), SETS, since)


def cells(frame: pd.DataFrame, *names: str, of: tuple[date, str] | None = None) -> list[list[Any]]:
    if of is not None:
        chosen = frame[(frame["month"] == pd.Timestamp(of[0])) & (frame["perimeter"] == of[1])]
        return chosen[list(names)].to_numpy(dtype=object).tolist()
    return [[pd.Timestamp(when).date(), *row] for when, *row in frame[["month", *names]].to_numpy(dtype=object).tolist()]


def valid(rules: Any, when: int) -> Any:
    return next((rule for rule in reversed(rules) if rule[0][2] <= month(when)), None)


def profit(money: Any, who: str, where: str, when: int) -> float | None:
    rows = [row[3:] for row in money if row[:2] == (who, where) and when - 12 < row[2] <= when]
    return sum((a or 0) - (b or 0) - (c or 0) for a, b, c in rows) if rows else None


def named(rule: Any, earned: float | None) -> str:
    if earned is None:
        return ""
    if rule is None:
        return "?"
    return next((name for name, least, _ in rule if least is not None and earned >= max(least, 0)), "lead")


def there(lives: Any, who: str, where: str, when: int) -> bool:
    begins, ends = lives.get((who, where), (date.max, None))
    return bool(begins < month(when + 1) and (ends is None or ends >= month(when + 1)))


def tier(money: Any, lives: Any, rule: Any, who: str, where: str, when: int) -> str | None:
    earned = profit(money, who, where, when)
    if there(lives, who, where, when):
        return named(rule, earned)
    return None if earned is None else "out"


def by_hand(money: Any, lives: Any, rules: Any, where: str, when: tuple[int, int]) -> set[Any]:
    (then, now), counts = when, Counter[Any]()
    broken: Counter[Any] = Counter()
    for who in "abcd":
        was = named(valid(rules, now), profit(money, who, where, then)) if there(lives, who, where, then) else "in"
        is_now = named(valid(rules, now), profit(money, who, where, now)) if there(lives, who, where, now) else "out"
        counts[was, is_now] += (was, is_now) != ("in", "out")
        old = named(valid(rules, then), profit(money, who, where, then)) if was != "in" else "in"
        broken[old, was] += old != was
    return {(month(now), now - then, where, *pair, counts[pair], broken[pair]) for pair in +counts | +broken}


def whale_by_hand(curve: pd.DataFrame, money: Any, lives: Any, leaves: Any, when: int) -> None:
    sums: dict[str, float] = {}
    for who in "abcd":
        for where in leaves:
            earned = profit(money, who, where, when)
            if earned is not None and there(lives, who, where, when):
                sums[who] = sums.get(who, 0.0) + earned
    ranked = sorted(sums.values(), reverse=True)
    rows = {int(step): (int(n), float(worth)) for step, n, worth in curve[["step", "customers", "profit"]].to_numpy(dtype=object)}
    assert bool(rows) == bool(ranked)
    for n, worth in rows.values():
        assert worth == sum(ranked[:n])
    if rows:
        assert rows[20] == (len(ranked), sum(ranked))
        assert rows[PEAK] == (sum(worth > 0 for worth in ranked), sum(worth for worth in ranked if worth > 0))
        assert rows[ENOUGH][0] == min(n for n in range(len(ranked) + 1) if sum(ranked[:n]) >= sum(ranked))


CUSTOMERS = source("customers", "customers.csv", ["customer", "customer_group", "test_account", "parent", "kind"])
CONTRACTS = source("contracts", "contracts.csv", ["customer", "started_on", "ended_on"]).replace("'row'", "['customer']")
TIERS = source("tiers", "tiers.csv", ["tier", "name", "seq", "at_least", "valid_from"])
LEDGER = source("customer_money", "money*.csv", ["customer", "month", *MONEY, "currency"])
ALIASES = source("customer_aliases", "aliases.csv", ["alias", "customer"])
RATES = source("exchange_rates", "rates.csv", ["currency", "valid_from", "rate"])
HEADS = {
    "customers.csv": "customer,customer_group,test_account,parent,kind", "contracts.csv": "customer,started_on,ended_on",
    "tiers.csv": "tier,name,seq,at_least,valid_from", "money.csv": "customer,month,revenue,direct_cost,cost_to_serve,currency",
    "aliases.csv": "alias,customer", "rates.csv": "currency,valid_from,rate",
}  # fmt: skip
FIRST_RULE = ("gold,Gold,1,100,2020-01-01", "iron,Iron,2,0,2020-01-01", "lead,Lead,3,,2020-01-01")


def room(workspace: Workspace, **files: tuple[str, ...]) -> Workspace:
    """A workspace with all sources; files by their name without ending."""
    workspace.sources(RATES + CUSTOMERS + ALIASES + CONTRACTS + TIERS + LEDGER)
    for name, head in HEADS.items():
        workspace.put(name, csv(head, *files.get(name.removesuffix(".csv"), ())))
    loaded = workspace.load()
    assert all(result.status == "ok" and not result.refused for result in loaded), (
        [result for result in loaded if result.status != "ok" or result.refused],
        workspace.refusals(),
    )
    return workspace


def people(*names: str) -> tuple[str, ...]:
    return tuple(f"{name},2026-01-05," for name in names)


def stands(workspace: Workspace, when: str = "2026-02-01") -> list[Any]:
    rows = workspace.rows(tier_month, "month", "tier", "customers", "revenue", "direct_cost", "cost_to_serve", "partly_costed")
    return [row[1:] for row in rows if f"{row[0]}" == when]


@pytest.mark.req("R32")
def test_a_threshold_belongs_to_the_higher_tier_a_loss_to_the_lowest_and_no_money_to_none(workspace: Workspace) -> None:
    money = (
        "a,2026-02-01,150,30,20,",
        "b,2026-02-10,100,0.01,0,",
        "c,2026-02-01,5,10,,",
        "d,2026-02-01,7,,1,",
        ",2026-02-01,,40,2,",
    )
    room(workspace, contracts=people("a", "b", "c", "d", "e"), tiers=FIRST_RULE, money=money)
    assert stands(workspace) == [
        ("", 1, 0.0, 0.0, 0.0, 0),
        ("-", 0, 0.0, 40.0, 2.0, 0),
        ("gold", 1, 150.0, 30.0, 20.0, 0),
        ("iron", 2, 107.0, 0.01, 1.0, 1),
        ("lead", 1, 5.0, 10.0, 0.0, 1),
    ]


def test_leavers_test_accounts_merged_customers_and_other_money(workspace: Workspace) -> None:
    customers = ("t,,yes,,", "a,Homes,no,,", "g,Homes,no,,")
    contracts = ("t,2026-01-01,", "a,2026-01-01,", "g,2026-01-01,2026-02-20", "z,2026-01-01,")
    money = (
        "t,2026-01-01,999,,,",
        "a,2026-01-01,10,1,1,EUR",
        "old,2026-02-01,90,1,1,",
        "g,2026-01-01,50,1,1,",
        "z,2026-01-01,3,0,0,USD",
    )
    files = {"customers": customers, "contracts": contracts, "tiers": FIRST_RULE, "money": money, "rates": ("EUR,2026-01-01,2",)}
    room(workspace, **files, aliases=("old,a",))
    assert stands(workspace) == [
        ("", 1, 0.0, 0.0, 0.0, 1),
        ("-", 0, 0.0, 0.0, 0.0, 0),
        ("gold", 1, 110.0, 3.0, 3.0, 0),
        ("out", 1, 50.0, 1.0, 1.0, 0),
    ], "a test account is nowhere, and money without a rate is unknown and not nothing"
    workspace.put("customers.csv", csv(HEADS["customers.csv"], "t,,no,,", *customers[1:]))
    workspace.load()
    gold = [row[1:3] for row in stands(workspace) if row[0] == "gold"]
    assert gold == [(1, 110.0), (1, 999.0)], "no test account any more, and in no group"


@pytest.mark.req("R32")
def test_a_new_rule_is_a_break_and_not_a_move(workspace: Workspace) -> None:
    rows = tuple(f"{who},2026-{month:02}-01,{worth},0,0," for who, worth in (("a", 120), ("b", 60)) for month in (1, 2))
    new = ("gold,Gold,1,150,2026-02-01", "iron,Iron,2,0,2026-02-01", "lead,Lead,3,,2026-02-01")
    room(workspace, contracts=people("a", "b"), tiers=(*FIRST_RULE, *new), money=rows)
    moves = workspace.rows(tier_move, "months", "from_tier", "to_tier", "customers", "by_rule")
    assert moves == [(1, "gold", "iron", 0, 1), (1, "iron", "gold", 1, 0), (1, "iron", "iron", 1, 0)]


def test_only_months_from_the_touched_one_on_are_counted_again(make: Callable[..., Workspace]) -> None:
    workspace = room(make(), contracts=people("a"), tiers=FIRST_RULE, money=("a,2026-01-01,5,1,1,", "a,2026-02-01,5,1,1,"))
    with workspace.engine.begin() as connection:
        connection.execute(update(tier_month).values(customers=7))
    workspace.put("money2.csv", csv(HEADS["money.csv"], ",2026-02-01,,9,,"))
    workspace.load()
    assert workspace.rows(tier_month, "month", "tier", "customers")[-2:] == [
        (date(2026, 2, 1), "-", 0),
        (date(2026, 2, 1), "iron", 1),
    ]
    assert {row[1] for row in workspace.rows(tier_month, "month", "customers") if row[0] < date(2026, 2, 1)} == {7}


@pytest.mark.req("R32")
def test_tiers_are_all_customers(make: Callable[..., Workspace]) -> None:
    rows = [f"{who},2026-{month:02}-01,{n * 20},{month},3," for n, who in enumerate("abcdef") for month in (1, 2, 3) if n != 3]
    spells = [f"{who},2026-0{n % 3 + 1}-05,{'2026-03-20' if n == 4 else ''}" for n, who in enumerate("abcdef")]
    workspace = room(make(), contracts=tuple(spells), tiers=FIRST_RULE, money=tuple(rows))
    active = dict(workspace.rows(customer_month, "month", "active"))
    assert len(active) == 3
    for when, expected in active.items():
        inside = [
            row[2]
            for row in workspace.rows(tier_month, "month", "tier", "customers")
            if row[0] == when and row[1] not in ("-", "out")
        ]
        assert sum(inside) == expected
    assert workspace.count(customer_money) == 15


@pytest.mark.parametrize("name", ["in", "out", "-", "?"])
def test_a_tier_cannot_be_called_what_means_something_else(make: Callable[..., Workspace], name: str) -> None:
    workspace = make()
    workspace.sources(TIERS)
    workspace.put("tiers.csv", csv(HEADS["tiers.csv"], f"{name},Name,1,,2026-01-01"))
    assert workspace.load_one().refused == 1 and "means something else" in workspace.refusals()[0][2]
