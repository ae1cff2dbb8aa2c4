"""The facts of bond: who does more, the same, less, and who is new, add up to the customers who are there."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as examples
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select

from tests.examples import at_most
from tests.loaders.conftest import Workspace
from tests.loaders.test_feeds import source
from tests.metrics import given
from wallboard.calendar import months_on
from wallboard.loaders.facts import facts
from wallboard.loaders.recounting import count_whole
from wallboard.store import schema
from wallboard.store.schema import behaviour_month, customer_month

CONTRACTS = source("contracts", "c.csv", ["contract", "customer", "started_on", "ended_on"]).replace("'row'", "['contract']")
PEOPLE = source("customers", "people.csv", ["customer", "customer_group", "test_account"]).replace("'row'", "['customer']")
RULES = source("behaviours", "b.csv", ["behaviour", "name", "is_key", "grows_at", "compared_with"])
DONE = source("customer_behaviours", "d*.csv", ["customer", "month", "behaviour", "value"]).replace(
    "'row'", "['customer', 'month', 'behaviour']"
)
ALIASES = source("customer_aliases", "a.csv", ["alias", "customer"])
MEMBERS = source("memberships", "m.csv", ["customer", "customer_group", "valid_from", "valid_to"])
ALL = CONTRACTS + PEOPLE + RULES + DONE + ALIASES + MEMBERS
COLUMNS = ("month", "customer_group", "behaviour", "growing", "stable", "declining", "new")
JUNE, MAY = date(2026, 6, 1), date(2026, 5, 1)


def csv(header: str, *rows: str) -> str:
    return "\n".join((header, *rows, ""))


def company(workspace: Workspace, *done: str, behaviours: tuple[str, ...] = ("log,Logs in,yes,0.1,month before",)) -> None:
    """Five customers since 2024, e only since June and f gone in June; `done` are lines of customer, month, behaviour, value."""
    workspace.sources(ALL)
    lives = [f"{n},{who},2024-01-10," for n, who in enumerate("abcd")]
    workspace.put("c.csv", csv("contract,customer,started_on,ended_on", *lives, "8,e,2026-06-04,", "9,f,2024-01-10,2026-06-20"))
    workspace.put("people.csv", "customer,customer_group,test_account\n")
    workspace.put("a.csv", "alias,customer\n")
    workspace.put("m.csv", "customer,customer_group,valid_from,valid_to\n")
    workspace.put("b.csv", csv("behaviour,name,is_key,grows_at,compared_with", *behaviours))
    workspace.put("d.csv", csv("customer,month,behaviour,value", *done))


def bond(workspace: Workspace, month: date = JUNE) -> list[Any]:
    return [row[1:] for row in workspace.rows(behaviour_month, *COLUMNS) if row[0] == month]


def test_more_less_the_same_and_new_by_the_declared_share(workspace: Workspace) -> None:
    before = ["a,2026-05-03,log,10", "b,2026-05-01,log,10", "c,2026-05-01,log,10", "f,2026-05-01,log,9"]
    now = ["a,2026-06-01,log,11", "b,2026-06-01,log,9", "c,2026-06-01,log,10.9", "d,2026-06-01,log,1", "e,2026-06-01,log,4"]
    company(workspace, *before, *now)
    workspace.load()
    assert bond(workspace) == [("", "log", 2, 1, 1, 1)]
    assert bond(workspace, MAY) == []


def test_who_has_no_row_did_nothing_and_a_month_without_rows_is_no_fact(workspace: Workspace) -> None:
    company(workspace, "a,2026-05-01,log,3", "f,2026-06-01,log,3")
    workspace.load()
    assert bond(workspace) == [("", "log", 0, 3, 1, 1)]
    assert {row[0] for row in workspace.rows(behaviour_month, "month")} == {JUNE}


def test_seasonal_behaviour_is_compared_with_the_same_month_last_year(workspace: Workspace) -> None:
    done = ["a,2025-06-01,log,2", "b,2025-06-01,log,2", "a,2026-05-01,log,9", "a,2026-06-01,log,4", "b,2026-06-01,log,2"]
    company(workspace, *done, behaviours=("log,Logs in,yes,0.1,same month last year",))
    workspace.load()
    assert bond(workspace) == [("", "log", 1, 3, 0, 1)]


def test_another_rule_and_other_customers_are_counted_at_once(workspace: Workspace) -> None:
    company(workspace, "a,2026-05-01,log,10", "a,2026-06-01,log,11", "b,2026-06-01,log,1")
    workspace.load()
    assert bond(workspace) == [("", "log", 2, 2, 0, 1)]
    workspace.put("b.csv", csv("behaviour,name,is_key,grows_at,compared_with", "log,Logs in,yes,0.2,month before"))
    workspace.load()
    assert bond(workspace) == [("", "log", 1, 3, 0, 1)]
    workspace.put("people.csv", csv("customer,customer_group,test_account", "b,,yes", "c,Offices,no"))
    workspace.load()
    assert bond(workspace) == [("", "log", 0, 2, 0, 1), ("Offices", "log", 0, 1, 0, 0)]
    workspace.put("a.csv", csv("alias,customer", "d,a"))
    workspace.put("m.csv", csv("customer,customer_group,valid_from,valid_to", "a,Homes,2026-06-30,"))
    workspace.load()
    assert bond(workspace) == [("", "log", 0, 0, 0, 1), ("Homes", "log", 0, 1, 0, 0), ("Offices", "log", 0, 1, 0, 0)]


def test_what_merged_customers_did_is_added_up(workspace: Workspace) -> None:
    company(workspace, "a,2026-05-01,log,4", "d,2026-05-01,log,4", "a,2026-06-01,log,7", "d,2026-06-01,log,7")
    workspace.put("a.csv", csv("alias,customer", "d,a"))
    workspace.load()
    assert bond(workspace) == [("", "log", 1, 2, 0, 1)]


def test_the_end_of_one_contract_counts_only_its_months_again(workspace: Workspace) -> None:
    done = [f"a,2026-0{month}-01,log,{month}" for month in range(1, 7)]
    company(workspace, *done)
    workspace.load()
    assert bond(workspace, MAY) == [("", "log", 1, 4, 0, 0)]
    with workspace.engine.begin() as connection:
        connection.execute(behaviour_month.update().where(behaviour_month.c.month < MAY).values(stable=77))
    lives = ["0,a,2024-01-10,", "1,b,2024-01-10,2026-05-20"]
    workspace.put("c.csv", csv("contract,customer,started_on,ended_on", *lives))
    workspace.load()
    assert bond(workspace, MAY) == [("", "log", 1, 3, 0, 0)]
    assert {row[0] for row in workspace.rows(behaviour_month, "stable", "month") if row[1] < MAY} == {77}


FIRST = date(2025, 1, 1)
BACK = {"log": 1, "gift": 12}
SPELLS = st.lists(
    st.tuples(st.sampled_from("abcde"), st.integers(0, 500), st.one_of(st.none(), st.integers(1, 400))), min_size=1, max_size=9
)
ROWS = st.dictionaries(
    st.tuples(st.sampled_from("abcdez"), st.integers(0, 16), st.sampled_from(["log", "gift"])), st.integers(0, 3), max_size=25
)
GROUPS = st.dictionaries(st.tuples(st.sampled_from("abcde"), st.integers(0, 500)), st.sampled_from("GH"), max_size=4)


def day(number: int | None) -> date | None:
    return None if number is None else FIRST + timedelta(days=number)


def random_company(connection: Connection, spells: Any, done: Any, groups: Any) -> None:
    """Customers in groups, of whom e was merged into a, and what they did; z was never one."""
    people = [{"customer": who, "perimeter": "all", "customer_group": who.upper(), "test_account": False} for who in "ae"]
    given.loaded(connection, schema.customer, *people)
    given.loaded(connection, schema.customer_alias, {"alias": "e", "customer": "a"})
    lives = [{"customer": who, "started_on": day(a), "ended_on": long and day(a + long)} for who, a, long in spells]
    given.loaded(connection, schema.contract, *({"perimeter": "all", "currency": "GBP", **life} for life in lives))
    members = [{"customer": who, "customer_group": group, "valid_from": day(since)} for (who, since), group in groups.items()]
    given.loaded(connection, schema.membership, *members)
    for name, rule in (("log", (0.1, "month before")), ("gift", (1.0, "same month last year"))):
        fields = dict(zip(("grows_at", "compared_with"), rule, strict=True))
        given.loaded(connection, schema.behaviour, {"behaviour": name, "name": name, "is_key": True, **fields})
    rows = [
        {"customer": who, "perimeter": "all", "month": months_on(FIRST, month), "behaviour": name, "value": value}
        | {"month_key": f"{who} {month} {name}"}
        for (who, month, name), value in done.items()
    ]
    given.loaded(connection, schema.customer_behaviour, *rows)


@pytest.mark.req("R77")
@settings(max_examples=at_most(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
@examples(SPELLS, ROWS, GROUPS)
@pytest.mark.slow
def test_growing_stable_declining_and_new_are_the_active_base(quick: Workspace, spells: Any, done: Any, groups: Any) -> None:
    with quick.engine.connect() as connection:
        random_company(connection, spells, done, groups)
        for name in ("customers", "customer_months", "behaviours"):
            count_whole(connection, quick.room, facts()[name])
        base = {(m.month, m.customer_group): m.active for m in connection.execute(select(customer_month)) if m.active}
        newest = connection.scalar(select(func.max(customer_month.c.month)))
        counts: dict[Any, dict[str, int]] = {}
        for row in connection.execute(select(behaviour_month)):
            by_group = counts.setdefault((row.behaviour, row.month), {})
            by_group[row.customer_group] = row.growing + row.stable + row.declining + row.new
        connection.rollback()
    delivered = {(name, months_on(FIRST, month)) for _, month, name in done}
    wanted = {(name, month) for name, month in delivered if (name, months_on(month, -BACK[name])) in delivered}
    here = {spell: {group: n for (month, group), n in base.items() if month == min(spell[1], newest)} for spell in wanted}
    assert counts == {customer: groups for customer, groups in here.items() if groups}
