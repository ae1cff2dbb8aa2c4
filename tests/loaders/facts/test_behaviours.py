"""The facts of bond: who does more, the same, less, and who is new, add up to the customers who are there."""

from collections.abc import Callable
from datetime import date
from itertools import product
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, select

from tests.loaders.conftest import NOW, Desk, room_at
from tests.loaders.test_feeds import source
from wallboard.clock import stopped
from wallboard.loaders.facts.behaviours import months_on
from wallboard.loaders.load import load
from wallboard.store import schema
from wallboard.store.schema import behaviour_month, customer_month

CONTRACTS = source("contracts", "c.csv", ["contract", "customer", "started_on", "ended_on"]).replace("'row'", "['contract']")
CUSTOMERS = source("customers", "people.csv", ["customer", "customer_group", "test_account"]).replace("'row'", "['customer']")
KINDS = source("behaviours", "b.csv", ["behaviour", "name", "is_key", "grows_at", "compared_with"])
DONE = source("customer_behaviours", "d*.csv", ["customer", "month", "behaviour", "value"]).replace(
    "'row'", "['customer', 'month', 'behaviour']"
)
ALIASES = source("customer_aliases", "a.csv", ["alias", "customer"])
MEMBERS = source("memberships", "m.csv", ["customer", "customer_group", "valid_from", "valid_to"])
ALL = CONTRACTS + CUSTOMERS + KINDS + DONE + ALIASES + MEMBERS
COLUMNS = ("month", "customer_group", "behaviour", "growing", "stable", "declining", "new")
JUNE, MAY = date(2026, 6, 1), date(2026, 5, 1)


def csv(header: str, *rows: str) -> str:
    return "\n".join((header, *rows, ""))


def company(desk: Desk, *done: str, behaviours: tuple[str, ...] = ("log,Logs in,yes,0.1,month before",)) -> None:
    """Five customers since 2024, e only since June and f gone in June; `done` are lines of customer, month, behaviour, value."""
    desk.sources(ALL)
    lives = [f"{n},{who},2024-01-10," for n, who in enumerate("abcd")]
    desk.put("c.csv", csv("contract,customer,started_on,ended_on", *lives, "8,e,2026-06-04,", "9,f,2024-01-10,2026-06-20"))
    desk.put("people.csv", "customer,customer_group,test_account\n")
    desk.put("a.csv", "alias,customer\n")
    desk.put("m.csv", "customer,customer_group,valid_from,valid_to\n")
    desk.put("b.csv", csv("behaviour,name,is_key,grows_at,compared_with", *behaviours))
    desk.put("d.csv", csv("customer,month,behaviour,value", *done))


def bond(desk: Desk, month: date = JUNE) -> list[Any]:
    return [row[1:] for row in desk.rows(behaviour_month, *COLUMNS) if row[0] == month]


def test_more_less_the_same_and_new_by_the_declared_share(desk: Desk) -> None:
    before = ["a,2026-05-03,log,10", "b,2026-05-01,log,10", "c,2026-05-01,log,10", "f,2026-05-01,log,9"]
    now = ["a,2026-06-01,log,11", "b,2026-06-01,log,9", "c,2026-06-01,log,10.9", "d,2026-06-01,log,1", "e,2026-06-01,log,4"]
    company(desk, *before, *now)
    desk.load()
    assert bond(desk) == [("", "log", 2, 1, 1, 1)]
    assert bond(desk, MAY) == []


def test_who_has_no_row_did_nothing_and_a_month_without_rows_is_no_fact(desk: Desk) -> None:
    company(desk, "a,2026-05-01,log,3", "f,2026-06-01,log,3")
    desk.load()
    assert bond(desk) == [("", "log", 0, 3, 1, 1)]
    assert {row[0] for row in desk.rows(behaviour_month, "month")} == {JUNE}


def test_seasonal_behaviour_is_compared_with_the_same_month_last_year(desk: Desk) -> None:
    done = ["a,2025-06-01,log,2", "b,2025-06-01,log,2", "a,2026-05-01,log,9", "a,2026-06-01,log,4", "b,2026-06-01,log,2"]
    company(desk, *done, behaviours=("log,Logs in,yes,0.1,same month last year",))
    desk.load()
    assert bond(desk) == [("", "log", 1, 3, 0, 1)]


def test_another_rule_and_other_customers_are_counted_at_once(desk: Desk) -> None:
    company(desk, "a,2026-05-01,log,10", "a,2026-06-01,log,11", "b,2026-06-01,log,1")
    desk.load()
    assert bond(desk) == [("", "log", 2, 2, 0, 1)]
    desk.put("b.csv", csv("behaviour,name,is_key,grows_at,compared_with", "log,Logs in,yes,0.2,month before"))
    desk.load()
    assert bond(desk) == [("", "log", 1, 3, 0, 1)]
    desk.put("people.csv", csv("customer,customer_group,test_account", "b,,yes", "c,Offices,no"))
    desk.load()
    assert bond(desk) == [("", "log", 0, 2, 0, 1), ("Offices", "log", 0, 1, 0, 0)]
    desk.put("a.csv", csv("alias,customer", "d,a"))
    desk.put("m.csv", csv("customer,customer_group,valid_from,valid_to", "a,Homes,2026-06-30,"))
    desk.load()
    assert bond(desk) == [("", "log", 0, 0, 0, 1), ("Homes", "log", 0, 1, 0, 0), ("Offices", "log", 0, 1, 0, 0)]


def test_what_merged_customers_did_is_added_up(desk: Desk) -> None:
    company(desk, "a,2026-05-01,log,4", "d,2026-05-01,log,4", "a,2026-06-01,log,7", "d,2026-06-01,log,7")
    desk.put("a.csv", csv("alias,customer", "d,a"))
    desk.load()
    assert bond(desk) == [("", "log", 1, 2, 0, 1)]


def test_the_end_of_one_contract_counts_only_its_months_again(desk: Desk) -> None:
    done = [f"a,2026-0{month}-01,log,{month}" for month in range(1, 7)]
    company(desk, *done)
    desk.load()
    assert bond(desk, MAY) == [("", "log", 1, 4, 0, 0)]
    with desk.engine.begin() as connection:
        connection.execute(behaviour_month.update().where(behaviour_month.c.month < MAY).values(stable=77))
    lives = ["0,a,2024-01-10,", "1,b,2024-01-10,2026-05-20"]
    desk.put("c.csv", csv("contract,customer,started_on,ended_on", *lives))
    desk.load()
    assert bond(desk, MAY) == [("", "log", 1, 3, 0, 0)]
    assert {row[0] for row in desk.rows(behaviour_month, "stable", "month") if row[1] < MAY} == {77}


def test_portions_in_any_order_give_the_same_facts(make: Callable[..., Desk]) -> None:
    random = Random(5)
    rows = [f"{who},2026-0{m}-01,{b},{random.randint(0, 4)}" for who, m, b in product("abcdef", range(1, 7), ("log", "gift"))]
    rules = ("log,Logs in,yes,0.1,month before", "gift,Gifts,no,0.5,month before")
    random.shuffle(rows)
    desk = make()
    company(desk, behaviours=rules)
    for part in range(3):
        desk.put(f"d_{part}.csv", csv("customer,month,behaviour,value", *rows[part::3]))
        desk.load()
    portions = desk.rows(behaviour_month)
    assert len(portions) == 10
    with desk.engine.begin() as connection:
        for table in (behaviour_month, schema.customer_behaviour):
            connection.execute(delete(table))
    for part in range(3):
        (desk.room.data / f"d_{part}.csv").unlink()
    desk.put("d_all.csv", csv("customer,month,behaviour,value", *rows))
    desk.load()
    assert desk.rows(behaviour_month) == portions


SPELLS = st.lists(
    st.tuples(st.sampled_from("abcde"), st.integers(0, 500), st.one_of(st.none(), st.integers(1, 400))), min_size=1, max_size=9
)
ROWS = st.lists(
    st.tuples(st.sampled_from("abcdez"), st.integers(0, 16), st.sampled_from(["log", "gift"]), st.integers(0, 3)), max_size=25
)
GROUPS = st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from(["G", "H"]), st.integers(0, 500)), max_size=4)


@pytest.mark.req("R77")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SPELLS, ROWS, GROUPS)
def test_growing_stable_declining_and_new_are_the_active_base(
    store: Engine, tmp_path_factory: pytest.TempPathFactory, spells: Any, rows: Any, groups: Any
) -> None:
    with store.begin() as connection:
        for table in reversed(schema.metadata.sorted_tables):
            connection.execute(delete(table))
    desk = Desk(room_at(tmp_path_factory.mktemp("base")), store)
    desk.sources(ALL)
    start = date(2025, 1, 1).toordinal()
    day = [date.fromordinal(start + n).isoformat() for n in range(1000)]
    lives = [f"{n},{who},{day[a]},{day[a + long] if long else ''}" for n, (who, a, long) in enumerate(spells)]
    desk.put("c.csv", csv("contract,customer,started_on,ended_on", *lives))
    desk.put("people.csv", csv("customer,customer_group,test_account", "a,A,no", "e,E,no"))
    desk.put("a.csv", csv("alias,customer", "e,a"))
    desk.put(
        "m.csv",
        csv("customer,customer_group,valid_from,valid_to", *{(w, d): f"{w},{g},{day[d]}," for w, g, d in groups}.values()),
    )
    desk.put(
        "b.csv",
        csv("behaviour,name,is_key,grows_at,compared_with", "log,L,yes,0.1,month before", "gift,G,yes,1,same month last year"),
    )
    done = {(w, m, b): f"{w},{months_on(date(2025, 1, 1), m)},{b},{v}" for w, m, b, v in rows}
    desk.put("d.csv", csv("customer,month,behaviour,value", *done.values()))
    assert not [one for one in load(desk.room, store, stopped(NOW)) if one.status != "ok"]
    with store.connect() as connection:
        base = {(m.month, m.customer_group): m.active for m in connection.execute(select(customer_month)) if m.active}
        last = max(month for month, _ in base) if base else None
        found: dict[Any, dict[str, int]] = {}
        for row in connection.execute(select(behaviour_month)):
            found.setdefault((row.behaviour, row.month), {})[row.customer_group] = (
                row.growing + row.stable + row.declining + row.new
            )
    for (_, month), by_group in found.items():
        at = min(month, last or month)
        assert by_group == {group: active for (when, group), active in base.items() if when == at}
    delivered = {(b, months_on(date(2025, 1, 1), m)) for _, m, b, _ in rows}
    back = {"log": -1, "gift": -12}
    asked = {(b, m) for b, m in delivered if (b, months_on(m, back[b])) in delivered}
    there = {m for b, m in asked if any(when == min(m, last or m) for when, _ in base)}
    assert set(found) == {(b, m) for b, m in asked if m in there}
